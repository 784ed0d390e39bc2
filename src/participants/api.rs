//! Raising a hand and taking another name, in the REST API (contract §1.5).

use axum::{Router, extract::State, response::Response, routing::post};
use serde_json::Value;

use super::{request, service};
use crate::{
    rooms,
    state::AppState,
    web::{
        Participant,
        extract::{Json, Key},
        remote::Remote,
        reply::{in_call, refused},
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/api/v1.0/rooms/{room}/toggle-hand", post(toggle_hand))
        .route("/api/v1.0/rooms/{room}/toggle-hand/", post(toggle_hand))
        .route("/api/v1.0/rooms/{room}/rename", post(rename))
        .route("/api/v1.0/rooms/{room}/rename/", post(rename))
}

async fn toggle_hand(
    State(state): State<AppState>,
    asker: Participant,
    from: Remote,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(asker.lang);
    let (room, _, permit) = rooms::service::taking_part(&state, &asker, from, &text).await.map_err(refuse)?;
    let raised = request::raised(&value?.0).map_err(refuse)?;
    let done = service::raise(&state, &permit, &room, &asker.claims.identity, raised).await;
    Ok(in_call(done, asker.lang, "Failed to update participant hand state"))
}

async fn rename(
    State(state): State<AppState>,
    asker: Participant,
    from: Remote,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(asker.lang);
    let (room, _, permit) = rooms::service::taking_part(&state, &asker, from, &text).await.map_err(refuse)?;
    let name = request::name(&value?.0).map_err(refuse)?;
    let done = service::rename(&state, &permit, &room, &asker.claims.identity, name).await;
    Ok(in_call(done, asker.lang, "Failed to rename participant"))
}
