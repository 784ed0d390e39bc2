//! What proxies before us say of a request, believed only of those that the operator trusts.
//!
//! Behind this layer a request has one `Host`, the one that was asked for; `X-Forwarded-Proto` is there only when it can be
//! believed; and [`Remote`] is the visitor's address: the rightmost one that no trusted proxy has. What is further left the
//! visitor may have written.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::remote::{Remote, UNKNOWN};
use crate::{
    config::{Proxies, ProxyHeader},
    state::AppState,
};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
/// The scheme that was asked for, where a trusted proxy says it.
pub const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
/// Claims that nobody here reads, or only of the trusted.
const CLAIMS: [HeaderName; 7] = [
    FOR,
    HOST,
    PROTO,
    header::FORWARDED,
    HeaderName::from_static("x-real-ip"),
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-forwarded-prefix"),
];

/// Settles who asks for what, before anything else looks.
pub async fn settle(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(UNKNOWN, |info| info.0.ip().to_canonical());
    // HTTP/2 has the host in its address (RFC 9113 §8.3.1).
    if !request.headers().contains_key(header::HOST)
        && let Some(asked) = request.uri().authority().and_then(|asked| HeaderValue::from_str(asked.as_str()).ok())
    {
        request.headers_mut().insert(header::HOST, asked);
    }
    let told = Told::by(&state.settings.proxies, peer, request.headers());
    for name in CLAIMS {
        request.headers_mut().remove(name);
    }
    for (name, value) in [(header::HOST, told.host), (PROTO, told.proto), (FOR, told.trail)] {
        if let Some(value) = value.and_then(|text| HeaderValue::from_str(&text).ok()) {
            request.headers_mut().insert(name, value);
        }
    }
    request.extensions_mut().insert(Remote(told.address));
    next.run(request).await
}

/// What can be believed.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    address: IpAddr,
    host: Option<String>,
    proto: Option<String>,
    /// The visitor's address once more, for the server behind us.
    trail: Option<String>,
}

impl Told {
    fn by(proxies: &Proxies, peer: IpAddr, headers: &HeaderMap) -> Self {
        if !proxies.trust(peer) {
            return Self { address: peer, host: None, proto: None, trail: None };
        }
        let (addresses, hosts, protos) = match proxies.header {
            ProxyHeader::XForwardedFor => (list(headers, FOR), list(headers, HOST), list(headers, PROTO)),
            ProxyHeader::Forwarded => {
                let hops = list(headers, header::FORWARDED);
                let all = |name| hops.iter().map(|hop| pair(hop, name).unwrap_or_default()).collect::<Vec<_>>();
                (all("for"), all("host"), all("proto"))
            }
        };
        let (mut address, mut hops) = (peer, 0);
        for told in addresses.iter().rev() {
            let Some(before) = parse(told).filter(|_| proxies.trust(address)) else { break };
            (address, hops) = (before, hops + 1);
        }
        // What the outermost trusted proxy said; where all share one value, that one.
        let outermost = |values: &[String]| {
            let at = values.len().saturating_sub(hops.max(1));
            values.get(at).filter(|value| !value.is_empty()).cloned()
        };
        let trail = (hops > 0).then(|| address.to_string());
        Self { address, host: outermost(&hosts), proto: outermost(&protos), trail }
    }
}

/// The values of all lines of a header, in order.
fn list(headers: &HeaderMap, name: HeaderName) -> Vec<String> {
    let lines = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|value| value.trim().to_owned()).collect()
}

/// `for=192.0.2.60;proto=https` (RFC 7239 §4). Quoted commas would be cut: no address, host or scheme has one.
fn pair(hop: &str, name: &str) -> Option<String> {
    let mut pairs = hop.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value.trim_matches('"').to_owned())
}

/// An address, with or without a port and brackets.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests;
