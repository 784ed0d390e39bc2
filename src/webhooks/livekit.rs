//! `POST /api/v1.0/rooms/webhooks-livekit/` (contract §3.4): verified, then handed on. Rooms that are not ours, unknown events
//! and repetitions are accepted and change nothing.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::json;

use crate::{
    livekit::webhook::{Event, Refusal},
    state::AppState,
};

/// The path that LiveKit is told.
pub const PATH: &str = "/api/v1.0/rooms/webhooks-livekit/";

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new().route(PATH, post(receive)).route(PATH.trim_end_matches('/'), post(receive))
}

async fn receive(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match state.livekit.webhook(authorization, &body) {
        Ok(delivery) => {
            if let Event::RoomFinished { room, .. } = delivery.event {
                state.livekit.forget(&room);
            }
            (StatusCode::OK, axum::Json(json!({ "status": "success" }))).into_response()
        }
        Err(refusal) => {
            tracing::warn!(?refusal, "Refused a webhook");
            let status =
                if matches!(refusal, Refusal::Missing) { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
            (status, axum::Json(json!({ "status": "error" }))).into_response()
        }
    }
}
