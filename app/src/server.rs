//! What the server functions do: name the viewer, call the service, say its answer in the island's terms.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use visavis::{
    error::{Error, Result},
    lobby::{self, types::Answer},
    rooms::types::EntryRequest,
    state::AppState,
    web::{Viewer, device::Browser, origin::livekit_url, remote::Remote, reply},
};

use crate::error::UiError;

/// See [`crate::meeting::server::enter`].
pub async fn enter(request: EntryRequest) -> Result<Answer, UiError> {
    answer(entered(request).await)
}

async fn entered(request: EntryRequest) -> Result<Answer> {
    let (state, mut parts) = context()?;
    let viewer = Viewer::from_request_parts(&mut parts, &state).await?;
    let Ok(from) = Remote::from_request_parts(&mut parts, &state).await;
    let browser = Browser::of(&state, &parts.headers);
    let mut answer = lobby::entry::enter(&state, viewer.user.as_ref(), &browser, from, &request).await?;
    if let Answer::Entered(entry) = &mut answer {
        entry.url = livekit_url(&state, &parts.headers);
    }
    if let Some(cookie) = browser.set_cookie(&state) {
        expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}

fn context() -> Result<(AppState, Parts)> {
    let parts = use_context::<Parts>().zip(use_context::<AppState>());
    parts.map(|(parts, state)| (state, parts)).ok_or_else(|| anyhow::anyhow!("called outside a request").into())
}

/// Logs what is ours to log and sets the status: by itself a server function answers 500 to every error.
fn answer<T>(result: Result<T>) -> Result<T, UiError> {
    result.map_err(|error: Error| {
        reply::log(&error);
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Some(options) = use_context::<ResponseOptions>() {
            options.set_status(status);
        }
        error.into()
    })
}
