//! Every route that is not a page.

use std::sync::Arc;

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{config, health, metrics, openapi};
use crate::{
    chat, invitations, livekit, lobby, moderation, participants, rooms, spotlight,
    state::AppState,
    users,
    web::reply::{self, wrong_method},
    webhooks,
};

/// The API, the webhooks, LiveKit's signalling, health. `stop` ends the streams that would never end by themselves.
pub fn router(state: &AppState, stop: CancellationToken) -> Router<AppState> {
    Router::new()
        .merge(config::router())
        .merge(openapi::router())
        .merge(users::api::router())
        .merge(rooms::api::router())
        .merge(rooms::accesses::api::router())
        .merge(invitations::api::router())
        .merge(lobby::api::router())
        .merge(participants::api::router())
        .merge(moderation::api::router())
        .merge(spotlight::api::router())
        .merge(chat::api::router())
        .merge(webhooks::livekit::router())
        .merge(health::router())
        .merge(metrics::router())
        .merge(livekit::forward::router(state.livekit.clone(), stop, guard(state)))
        .route("/api/{*rest}", any(unknown))
        .method_not_allowed_fallback(wrong_method)
}

/// Who was removed does not come back with an old token. While the database is away nobody is kept out by this: LiveKit's word of who
/// came is looked at as well.
fn guard(state: &AppState) -> livekit::forward::Guard {
    let state = state.clone();
    Arc::new(move |claims| {
        let state = state.clone();
        Box::pin(async move {
            moderation::removed::may_connect(&state, &claims).await.unwrap_or_else(|error| {
                reply::log(&error);
                true
            })
        })
    })
}

/// An unknown address of the API answers in the API's language.
async fn unknown() -> Response {
    (StatusCode::NOT_FOUND, axum::Json(json!({ "detail": "Not found." }))).into_response()
}
