//! Where and how we listen.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use url::Url;

use super::Source;

/// Listening, public address, logs.
#[derive(Clone, Debug)]
pub struct Server {
    /// Address and port; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The address people type, without a trailing slash; `None`: worked out from `listen`.
    pub public_url: Option<Url>,
    /// Certificate and key, for HTTPS without a proxy before us.
    pub tls: Option<Tls>,
    /// What is logged, in `tracing` directives.
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
    /// One sentence at the foot of every page: who runs this instance.
    pub instance: Option<String>,
    /// Development: example secrets are accepted.
    pub dev: bool,
}

/// PEM files.
#[derive(Clone, Debug)]
pub struct Tls {
    /// Certificate chain.
    pub cert: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Server {
    pub(super) fn read(source: &mut Source) -> Self {
        let listen = source.parsed("listen", "an address and port such as 127.0.0.1:8080");
        let public_url: Option<Url> = source.parsed("public_url", "a URL such as https://meet.example.org");
        if let Some(url) = &public_url
            && (!matches!(url.scheme(), "http" | "https") || url.path() != "/")
        {
            source.problem("public_url", "expected http(s)://host without a path");
        }
        let (cert, key) = (source.path("tls_cert"), source.path("tls_key"));
        if cert.is_some() != key.is_some() {
            source.problem("tls_cert", "a certificate and its key (VISAVIS_TLS_KEY) are needed together");
        }
        for (name, path) in [("tls_cert", &cert), ("tls_key", &key)] {
            if let Some(path) = path
                && let Err(error) = std::fs::File::open(path)
            {
                source.problem(name, format!("{} cannot be read: {error}", path.display()));
            }
        }
        let log_format = match source.text("log_format").as_deref() {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(other) => {
                source.problem("log_format", format!("expected text or json, found “{other}”"));
                LogFormat::Text
            }
        };
        Self {
            listen: listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            public_url,
            tls: cert.zip(key).map(|(cert, key)| Tls { cert, key }),
            log: source.text("log").unwrap_or_else(|| "info".to_owned()),
            log_format,
            instance: source.text("instance"),
            dev: source.parsed("dev", "true or false").unwrap_or(false),
        }
    }

    /// The address people type, with the port we really got.
    pub fn origin(&self, bound: SocketAddr) -> Url {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let host = match bound.ip() {
            ip if ip.is_unspecified() || ip.is_loopback() => "localhost".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        };
        Url::parse(&format!("{scheme}://{host}:{}", bound.port()))
            .unwrap_or_else(|_| unreachable!("built from parts of a URL"))
    }
}
