//! Raising a hand and taking another name, in the REST API (contract §1.5).

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{request, service};
use crate::{
    error::{Error, Result as Outcome},
    rooms::{
        self,
        model::Room,
        permissions::{self, Permit, TakePart},
    },
    state::AppState,
    web::{
        Participant,
        extract::{Json, Key},
        remote::Remote,
        reply::{log, refused, reply},
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
    let (room, permit) = place(&state, &asker, from, &text).await.map_err(refuse)?;
    let raised = request::raised(&value?.0).map_err(refuse)?;
    let done = service::raise(&state, &permit, &room, &asker.claims.identity, raised).await;
    Ok(told(done, &asker, "Failed to update participant hand state"))
}

async fn rename(
    State(state): State<AppState>,
    asker: Participant,
    from: Remote,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(asker.lang);
    let (room, permit) = place(&state, &asker, from, &text).await.map_err(refuse)?;
    let name = request::name(&value?.0).map_err(refuse)?;
    let done = service::rename(&state, &permit, &room, &asker.claims.identity, name).await;
    Ok(told(done, &asker, "Failed to rename participant"))
}

/// The room, and that the token is one of it.
async fn place(state: &AppState, asker: &Participant, from: Remote, text: &str) -> Outcome<(Room, Permit<TakePart>)> {
    let room = rooms::service::look_up(state, asker.user.as_ref(), from, text).await?;
    let permit = permissions::take_part(room.id, &asker.claims.room)?;
    Ok((room, permit))
}

/// The contract's words: programs compare them.
fn told(done: Outcome<()>, asker: &Participant, failure: &str) -> Response {
    let error = |status: StatusCode, text: &str| (status, axum::Json(json!({ "error": text }))).into_response();
    match done {
        Ok(()) => axum::Json(json!({ "status": "success" })).into_response(),
        Err(Error::NotFound) => error(StatusCode::NOT_FOUND, "Participant not found"),
        Err(cause @ Error::Upstream(_)) => {
            log(&cause);
            error(StatusCode::INTERNAL_SERVER_ERROR, failure)
        }
        Err(other) => reply(&other, asker.lang),
    }
}
