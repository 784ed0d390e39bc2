//! Our own address as the reader's browser knows it.

use axum::http::{HeaderMap, header};

use crate::state::AppState;

/// Where this reader's browser finds LiveKit: the configured address, else our own origin under `/livekit`, by the name of us
/// that the browser used (on a LAN we have several, and the page's policy allows its own alone).
pub fn livekit_url(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(url) = &state.livekit.settings().public_url {
        return url.clone();
    }
    let scheme = if state.is_secure() { "wss" } else { "ws" };
    format!("{scheme}://{}/livekit", host(state, headers))
}

/// Scheme, host and port that the reader used.
pub fn origin(state: &AppState, headers: &HeaderMap) -> String {
    let scheme = if state.is_secure() { "https" } else { "http" };
    format!("{scheme}://{}", host(state, headers))
}

fn host<'h>(state: &'h AppState, headers: &'h HeaderMap) -> &'h str {
    let fine =
        |host: &&str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_:[]".contains(&b));
    let asked = headers.get(header::HOST).and_then(|value| value.to_str().ok()).filter(fine);
    asked.unwrap_or_else(|| state.origin.split_once("://").map_or(state.origin.as_str(), |(_, host)| host))
}
