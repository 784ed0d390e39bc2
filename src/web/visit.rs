//! A request of the REST API by which somebody may come into a call.

use axum::{extract::FromRequestParts, http::request::Parts, response::Response};

use super::{
    caller::Caller,
    device::Browser,
    extract::Params,
    origin::{livekit_url, origin},
    remote::Remote,
};
use crate::state::AppState;

/// Who asks, and everything that decides how a room is shown to them.
#[derive(Debug)]
pub struct Visit {
    /// Who asks.
    pub caller: Caller,
    /// From which browser.
    pub browser: Browser,
    /// What follows the question mark.
    pub params: Params,
    /// Where this browser finds LiveKit.
    pub livekit_url: String,
    /// Scheme, host and port that were asked.
    pub origin: String,
    /// From which address.
    pub from: Remote,
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let Ok(params) = Params::from_request_parts(parts, state).await;
        let Ok(from) = Remote::from_request_parts(parts, state).await;
        Ok(Self {
            browser: Browser::of(state, &parts.headers),
            livekit_url: livekit_url(state, &parts.headers),
            origin: origin(state, &parts.headers),
            caller,
            params,
            from,
        })
    }
}
