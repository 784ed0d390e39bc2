//! The media server: supervised by us, or one that runs elsewhere.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use regex::Regex;
use url::Url;

use super::{
    Source,
    secrets::{Kept, given_or_made, refuse_weak},
    setting::{ON_OFF, settings},
};

/// What a port is.
const PORT: &str = "a port number";

settings! {
    /// A LiveKit server of your own, as browsers reach it; browsers then go there instead of through us.
    URL: "livekit.url", "a URL such as wss://livekit.example.org", help;
    /// The same server as this machine reaches it; when it is given alone, browsers go through us.
    INTERNAL_URL: "livekit.internal_url", "a URL such as http://127.0.0.1:7880", help;
    /// The name of the API key of that server.
    API_KEY: "livekit.api_key", "the key's name", told "`visavis` for the LiveKit that we start", help;
    /// The secret of that API key.
    API_SECRET: "livekit.api_secret", "at least 32 random characters", told "made at the first start, kept in the data folder", secret;
    /// Which rooms are ours, when several installations share one LiveKit: a pattern looked for in the room's name on LiveKit. What it
    /// says of other rooms is passed over.
    WEBHOOK_FILTER: "livekit.webhook_filter", "a regular expression";
    /// Whether browsers get the URL of a LiveKit of your own as `wss`, however it is written: some of the older ones take nothing else.
    FORCE_WSS: "livekit.force_wss_protocol", ON_OFF, default "false";
    /// Whether Firefox opens and drops a connection before the one that counts: behind proxies that want a password its first one fails.
    FIREFOX_PROXY: "livekit.enable_firefox_proxy_workaround", ON_OFF, default "false";
    /// The LiveKit program that we start when no URL of another one is given.
    BIN: "livekit.bin", "a file", told "`livekit-server` on the PATH";
    /// The public address of this machine that browsers send sound and picture to.
    NODE_IP: "livekit.node_ip", "an IP address", told "every address of this machine";
    /// Port of the API of the LiveKit that we start, on the loopback interface; one that is taken is replaced by a free one.
    API_PORT: "livekit.port", PORT, default "7880";
    /// Port for sound and picture over TCP, open to browsers.
    TCP_PORT: "livekit.tcp_port", PORT, default "7881";
    /// Port for sound and picture over UDP, open to browsers.
    UDP_PORT: "livekit.udp_port", PORT, default "7882";
    /// Port of STUN and TURN over UDP, open to browsers.
    TURN_PORT: "livekit.turn_port", PORT, default "7883";
}

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
    /// Which rooms are ours.
    pub webhook_filter: Option<Regex>,
    /// [`FORCE_WSS`].
    pub force_wss_protocol: bool,
    /// [`FIREFOX_PROXY`].
    pub firefox_proxy_workaround: bool,
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
    pub(super) fn read(source: &mut Source, data_dir: &Path, dev: bool) -> Self {
        let (public, internal): (Option<Url>, Option<Url>) = (source.optional(&URL), source.optional(&INTERNAL_URL));
        for (setting, url) in [(&URL, &public), (&INTERNAL_URL, &internal)] {
            if let Some(url) = url
                && (!matches!(url.scheme(), "http" | "https" | "ws" | "wss") || url.host().is_none())
            {
                source.problem(setting, "expected http(s):// or ws(s):// and a host");
            }
        }
        let external = match (internal, public) {
            (Some(internal), public) => Some(External { internal_url: http(internal), public_url: public }),
            (None, Some(public)) => Some(External { internal_url: http(public.clone()), public_url: Some(public) }),
            (None, None) => None,
        };
        let (api_key, api_secret) = keys(source, data_dir, external.is_some(), dev);
        let supervised = Supervised {
            port: source.value(&API_PORT),
            tcp_port: source.value(&TCP_PORT),
            udp_port: source.value(&UDP_PORT),
            turn_port: source.value(&TURN_PORT),
            bin: source.path(&BIN),
            node_ip: source.optional(&NODE_IP),
        };
        Self {
            api_key,
            api_secret,
            external,
            supervised,
            webhook_filter: source.optional(&WEBHOOK_FILTER),
            force_wss_protocol: source.value(&FORCE_WSS),
            firefox_proxy_workaround: source.value(&FIREFOX_PROXY),
        }
    }

    /// Where browsers go when they do not go through us.
    pub fn browsers_url(&self) -> Option<String> {
        let public = self.external.as_ref()?.public_url.clone()?;
        let seen = if self.force_wss_protocol { secure(public) } else { public };
        Some(seen.as_str().trim_end_matches('/').to_owned())
    }

    /// Whether what LiveKit says of the room of this name may be meant for us.
    pub fn is_ours(&self, room: &str) -> bool {
        self.webhook_filter.as_ref().is_none_or(|pattern| pattern.is_match(room))
    }
}

fn keys(source: &mut Source, data_dir: &Path, external: bool, dev: bool) -> (String, String) {
    match (source.text(&API_KEY), source.text(&API_SECRET)) {
        (Some(key), Some(secret)) => {
            refuse_weak(source, &API_SECRET, &secret, dev);
            if key == "devkey" && !dev {
                source.problem(
                    &API_KEY,
                    "this is the example of LiveKit's --dev; give the server a key of its own (or start with --dev)",
                );
            }
            (key, secret)
        }
        (None, None) if !external => {
            let kept = Kept { data_dir, file: "livekit_api_secret" };
            ("visavis".to_owned(), given_or_made(source, &API_SECRET, &kept, dev))
        }
        _ => {
            source.problem(
                &API_KEY,
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

/// The same address for encrypted WebSockets; a port that is written stays.
fn secure(mut url: Url) -> Url {
    // Between these schemes the change is always allowed.
    let _ = url.set_scheme("wss");
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_livekit_can_be_one_for_encrypted_web_sockets() {
        for (given, seen) in [
            ("wss://livekit.example.org", "wss://livekit.example.org/"),
            ("https://livekit.example.org/", "wss://livekit.example.org/"),
            ("ws://livekit.example.org", "wss://livekit.example.org/"),
            ("http://livekit.example.org/below", "wss://livekit.example.org/below"),
            ("https://livekit.example.org:7443", "wss://livekit.example.org:7443/"),
            ("ws://[::1]:7880", "wss://[::1]:7880/"),
        ] {
            assert_eq!(secure(given.parse().expect(given)).as_str(), seen);
        }
    }
}
