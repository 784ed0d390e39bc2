//! Where and how we listen.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use url::Url;

use super::{
    Source,
    setting::{ON_OFF, settings},
};

settings! {
    /// Address and port we listen on; port 0 takes any free one.
    LISTEN: "listen", "an address and port such as 127.0.0.1:8080", default "127.0.0.1:8080", help;
    /// The address people type, when it is not the one we listen on.
    PUBLIC_URL: "public_url", "a URL such as https://meet.example.org", told "`localhost` or the address of `listen`", help;
    /// Certificate chain in PEM, to serve HTTPS without a proxy before us.
    TLS_CERT: "tls_cert", "a file", help;
    /// The private key of that certificate, in PEM.
    TLS_KEY: "tls_key", "a file", help;
    /// What is logged, on standard error.
    LOG: "log", "directives such as info,visavis=debug", default "info";
    /// How a line of the log looks.
    LOG_FORMAT: "log_format", "text or json", default "text";
    /// Multiplies how many requests of a kind are answered within a minute, to an account or an address: for halls of thousands behind
    /// one address.
    RATE_FACTOR: "rate_factor", "a whole number from 1 to 1000", default "1";
    /// Accept example secrets: for development alone.
    DEV: "dev", ON_OFF, default "false", help;
}

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
    /// Multiplies the requests answered within a minute.
    pub rate_factor: u64,
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

impl std::str::FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

impl Server {
    pub(super) fn read(source: &mut Source) -> Self {
        let public_url: Option<Url> = source.optional(&PUBLIC_URL);
        if let Some(url) = &public_url
            && (!matches!(url.scheme(), "http" | "https") || url.path() != "/")
        {
            source.problem(&PUBLIC_URL, "expected http(s)://host without a path");
        }
        let (cert, key) = (source.path(&TLS_CERT), source.path(&TLS_KEY));
        if cert.is_some() != key.is_some() {
            source.problem(&TLS_CERT, "a certificate and its key (VISAVIS_TLS_KEY) are needed together");
        }
        for (setting, path) in [(&TLS_CERT, &cert), (&TLS_KEY, &key)] {
            if let Some(path) = path
                && let Err(error) = std::fs::File::open(path)
            {
                source.problem(setting, format!("{} cannot be read: {error}", path.display()));
            }
        }
        let rate_factor = source.value(&RATE_FACTOR);
        if !(1..=1000).contains(&rate_factor) {
            source.problem(&RATE_FACTOR, format!("expected {}", RATE_FACTOR.kind));
        }
        Self {
            listen: source.value(&LISTEN),
            public_url,
            tls: cert.zip(key).map(|(cert, key)| Tls { cert, key }),
            log: source.value(&LOG),
            log_format: source.value(&LOG_FORMAT),
            rate_factor,
            dev: source.value(&DEV),
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
