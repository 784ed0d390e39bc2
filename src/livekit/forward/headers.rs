//! What of a request and of its answer is passed on, and what ends with us.

use std::net::IpAddr;

use axum::extract::Request;
use hyper::{
    HeaderMap,
    header::{self, HeaderName, HeaderValue},
};
use url::form_urlencoded;

/// Of one connection only, so never passed on (RFC 9110, 7.6.1). `Host` is LiveKit's.
const HOP_BY_HOP: [HeaderName; 9] = [
    header::CONNECTION,
    header::HOST,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("keep-alive"),
];

/// Ours, or claims about the client that LiveKit would believe.
const NOT_FOR_LIVEKIT: [HeaderName; 6] = [
    header::COOKIE,
    header::CONTENT_LENGTH,
    header::FORWARDED,
    header::REFERER,
    HeaderName::from_static("cf-connecting-ip"),
    HeaderName::from_static("x-real-ip"),
];

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The headers for LiveKit. `upgrade`: ask it for a WebSocket.
pub(super) fn onward(from: &HeaderMap, peer: Option<IpAddr>, upgrade: bool) -> HeaderMap {
    let mut headers = from.clone();
    strip(&mut headers);
    for name in NOT_FOR_LIVEKIT {
        headers.remove(name);
    }
    // What proxies before us said stays; our own witness comes last, as is the custom.
    if let Some(peer) = peer {
        let before: Vec<_> = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
        let all = before.into_iter().map(str::to_owned).chain([peer.to_string()]).collect::<Vec<_>>().join(", ");
        if let Ok(value) = HeaderValue::from_str(&all) {
            headers.insert(FORWARDED_FOR, value);
        }
    }
    if upgrade {
        switch(&mut headers);
    }
    headers
}

/// Makes LiveKit's headers ours. It allows every origin; ours is the only one that may ask here.
pub(super) fn clean_answer(headers: &mut HeaderMap, switched: bool) {
    strip(headers);
    let foreign: Vec<_> = headers.keys().filter(|name| name.as_str().starts_with("access-control-")).cloned().collect();
    for name in foreign.into_iter().chain([header::SET_COOKIE]) {
        headers.remove(name);
    }
    if switched {
        switch(headers);
    } else {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

fn switch(headers: &mut HeaderMap) {
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
}

fn strip(headers: &mut HeaderMap) {
    let connection = headers.get_all(header::CONNECTION);
    let named: Vec<HeaderName> = connection
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.into_iter().chain(HOP_BY_HOP) {
        headers.remove(name);
    }
}

/// The participant token, from where LiveKit looks for it.
pub(super) fn token(request: &Request) -> Option<String> {
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        return value.to_str().ok()?.strip_prefix("Bearer ").map(str::to_owned);
    }
    let query = request.uri().query()?;
    let mut fields = form_urlencoded::parse(query.as_bytes());
    fields.find(|(name, _)| name == "access_token").map(|(_, value)| value.into_owned())
}
