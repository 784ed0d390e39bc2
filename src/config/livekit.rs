//! The media server: supervised by us, or one that runs elsewhere.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use url::Url;

use super::{
    Source,
    secrets::{given_or_made, refuse_weak},
};

/// How we get to a LiveKit server.
#[derive(Clone)]
pub struct LiveKit {
    /// LiveKit's API key: the name of the secret.
    pub api_key: String,
    /// LiveKit's API secret.
    pub api_secret: String,
    /// One that runs elsewhere; `None`: we start and supervise our own.
    pub external: Option<External>,
    /// How our own is started.
    pub supervised: Supervised,
}

/// A LiveKit server that somebody else runs.
#[derive(Clone, Debug)]
pub struct External {
    /// Where we reach it.
    pub internal_url: Url,
    /// Where browsers reach it; `None`: through us, under `/livekit`.
    pub public_url: Option<Url>,
}

/// The LiveKit server that we run.
#[derive(Clone, Debug)]
pub struct Supervised {
    /// The executable; `None`: `livekit-server` on the PATH.
    pub bin: Option<PathBuf>,
    /// Wanted port of its API (loopback only).
    pub port: u16,
    /// Wanted port of media over TCP.
    pub tcp_port: u16,
    /// Wanted port of media over UDP.
    pub udp_port: u16,
    /// Wanted port of its own TURN and STUN (UDP).
    pub turn_port: u16,
    /// The address that browsers send media to; `None`: every address of this machine.
    pub node_ip: Option<IpAddr>,
}

impl std::fmt::Debug for LiveKit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveKit")
            .field("external", &self.external)
            .field("supervised", &self.supervised)
            .finish_non_exhaustive()
    }
}

impl LiveKit {
    pub(super) fn read(source: &mut Source, data_dir: &Path) -> Self {
        let public: Option<Url> = source.parsed("livekit.url", "a URL such as wss://livekit.example.org");
        let internal: Option<Url> = source.parsed("livekit.internal_url", "a URL such as http://127.0.0.1:7880");
        for (key, url) in [("livekit.url", &public), ("livekit.internal_url", &internal)] {
            if let Some(url) = url
                && (!matches!(url.scheme(), "http" | "https" | "ws" | "wss") || url.host().is_none())
            {
                source.problem(key, "expected http(s):// or ws(s):// and a host");
            }
        }
        let external = match (internal, public) {
            (Some(internal), public) => Some(External { internal_url: http(internal), public_url: public }),
            (None, Some(public)) => Some(External { internal_url: http(public.clone()), public_url: Some(public) }),
            (None, None) => None,
        };
        let (api_key, api_secret) = keys(source, data_dir, external.is_some());
        let mut port = |key: &str, default| source.parsed(key, "a port number").unwrap_or(default);
        let supervised = Supervised {
            port: port("livekit.port", 7880),
            tcp_port: port("livekit.tcp_port", 7881),
            udp_port: port("livekit.udp_port", 7882),
            turn_port: port("livekit.turn_port", 7883),
            bin: source.path("livekit.bin"),
            node_ip: source.parsed("livekit.node_ip", "an IP address"),
        };
        Self { api_key, api_secret, external, supervised }
    }
}

fn keys(source: &mut Source, data_dir: &Path, external: bool) -> (String, String) {
    match (source.secret("livekit.api_key"), source.secret("livekit.api_secret")) {
        (Some(key), Some(secret)) => {
            refuse_weak(source, "livekit.api_secret", &secret);
            (key, secret)
        }
        (None, None) if !external => {
            ("visavis".to_owned(), given_or_made(source, "livekit.api_secret", data_dir, "livekit_api_secret"))
        }
        _ => {
            source.problem(
                "livekit.api_key",
                "a LiveKit of your own needs VISAVIS_LIVEKIT_API_KEY and VISAVIS_LIVEKIT_API_SECRET",
            );
            (String::new(), String::new())
        }
    }
}

/// The same address for HTTP requests.
fn http(mut url: Url) -> Url {
    let scheme = match url.scheme() {
        "wss" => "https",
        "ws" => "http",
        _ => return url,
    };
    // Between these schemes the change is always allowed.
    let _ = url.set_scheme(scheme);
    url
}
