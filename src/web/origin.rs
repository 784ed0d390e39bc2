//! Our own address as the reader's browser knows it.

use axum::http::{HeaderMap, header};

use crate::state::AppState;

/// Where this reader's browser finds LiveKit: the configured address, else our own origin under `/livekit`.
pub fn livekit_url(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(url) = &state.livekit.settings().public_url {
        return url.clone();
    }
    let scheme = if state.is_secure() { "wss" } else { "ws" };
    format!("{scheme}://{}/livekit", host(state, headers))
}

/// Scheme, host and port for this reader's links.
pub fn origin(state: &AppState, headers: &HeaderMap) -> String {
    let scheme = if state.is_secure() { "https" } else { "http" };
    format!("{scheme}://{}", host(state, headers))
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
