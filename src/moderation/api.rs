//! Running a meeting, in the REST API. What the contract says of hosts holds for all of it (§1.5): a session alone gives a host's power,
//! no participant token does, whatever it claims.

use axum::{Router, extract::State, response::Response, routing::put};
use serde_json::Value;

use super::{request, rights};
use crate::{
    rooms,
    state::AppState,
    web::{
        Account,
        extract::{Json, Key},
        reply::{refused, wrong_method_of},
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let rights = || put(change_rights).fallback(wrong_method_of);
    Router::new().route("/api/v1.0/rooms/{room}/rights", rights()).route("/api/v1.0/rooms/{room}/rights/", rights())
}

async fn change_rights(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<axum::Json<Value>, Response> {
    let refuse = refused(account.lang);
    let room = rooms::service::find(&state, &text).await.map_err(refuse)?;
    rights::may(&state, &account.user, &room).await.map_err(refuse)?;
    let wanted = request::rights(&value?.0).map_err(refuse)?;
    let room = rights::change(&state, &account.user, room.id, wanted).await.map_err(refuse)?;
    Ok(axum::Json(rights::shown(&room)))
}
