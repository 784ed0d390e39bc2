//! Our own address as the reader's browser knows it.

use axum::http::{HeaderMap, header};

use super::proxied::PROTO;
use crate::state::AppState;

/// Where this reader's browser finds LiveKit: the configured address, else our own origin under `/livekit`.
pub fn livekit_url(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(url) = &state.livekit.settings().public_url {
        return url.clone();
    }
    let scheme = if secure(state, headers) { "wss" } else { "ws" };
    format!("{scheme}://{}/livekit", host(state, headers))
}

/// Scheme, host and port for this reader's links.
pub fn origin(state: &AppState, headers: &HeaderMap) -> String {
    let scheme = if secure(state, headers) { "https" } else { "http" };
    format!("{scheme}://{}", host(state, headers))
}

/// Whether this reader's browser reaches us by HTTPS. The header stands there only when a trusted proxy says it.
fn secure(state: &AppState, headers: &HeaderMap) -> bool {
    let told = || headers.get(PROTO).is_some_and(|proto| proto.as_bytes().eq_ignore_ascii_case(b"https"));
    state.is_secure() || (state.settings.server.public_url.is_none() && told())
}

fn host<'h>(state: &'h AppState, headers: &'h HeaderMap) -> &'h str {
    let own = state.origin.split_once("://").map_or(state.origin.as_str(), |(_, host)| host);
    if state.settings.server.public_url.is_some() { own } else { asked(headers).unwrap_or(own) }
}

/// The name of us that the browser used: on a LAN we have several, and a page's policy allows its own alone. Where the operator
/// has said what people type it is not asked for: it is the client's word, and many proxies put their own in.
fn asked(headers: &HeaderMap) -> Option<&str> {
    let fine =
        |host: &&str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_:[]".contains(&b));
    headers.get(header::HOST).and_then(|value| value.to_str().ok()).filter(fine)
}
