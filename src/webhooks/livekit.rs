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
use tokio_util::sync::CancellationToken;

use super::trial;
use crate::{
    cache::Heard,
    livekit::webhook::{Event, Refusal},
    state::AppState,
    web::openapi::{Operation, reference},
};

/// The path that LiveKit is told.
pub const PATH: &str = "/api/v1.0/rooms/webhooks-livekit/";

/// Channel of rooms that LiveKit no longer has.
const ENDS: &str = "livekit.ends";

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new().route(PATH, post(receive)).route(PATH.trim_end_matches('/'), post(receive))
}

/// LiveKit tells one process; the others must not believe any longer that the room is there.
pub async fn hear_of_ends(state: AppState, stop: CancellationToken) {
    let mut ends = state.cache.subscribe(ENDS);
    while let Some(Some(heard)) = stop.run_until_cancelled(ends.next()).await {
        match heard {
            Heard::Message(room) => state.livekit.forget(&room),
            Heard::Missed => state.livekit.forget_all(),
        }
    }
}

/// What the document of the API says of it.
pub fn operations() -> Vec<Operation> {
    let status = || reference("Status");
    let told = Operation::open("post", PATH, "LiveKit tells what happened, signed in `Authorization`")
        .unlimited()
        .answers(200, "Heard.", status())
        .answers(400, "Not signed by LiveKit, or not readable.", status())
        .answers(401, "No signature.", status())
        .answers(413, "The body is too large.", reference("Problem"));
    vec![told]
}

async fn receive(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match state.livekit.webhook(authorization, &body) {
        Ok(delivery) => {
            match delivery.event {
                Event::RoomFinished { room, .. } => {
                    state.livekit.forget(&room);
                    state.cache.publish(ENDS, &room).await;
                }
                Event::RoomStarted { room, .. } => trial::hear(&state, &room).await,
                _ => {}
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
