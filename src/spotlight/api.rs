//! The spotlight in the REST API. The contract has no such thing; what it says of hosts holds here too (§1.5): a session alone gives a
//! host's power, no participant token does, whatever it claims.

use axum::{Router, extract::State, response::Response, routing::post};
use serde_json::Value;

use super::{request, service};
use crate::{
    rooms::{self, permissions},
    state::AppState,
    web::{
        Account,
        extract::{Json, Key},
        reply::{in_call, refused, wrong_method_of},
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let spotlight = || post(spotlight).fallback(wrong_method_of);
    Router::new()
        .route("/api/v1.0/rooms/{room}/spotlight", spotlight())
        .route("/api/v1.0/rooms/{room}/spotlight/", spotlight())
}

async fn spotlight(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(account.lang);
    let room = rooms::service::find(&state, &text).await.map_err(refuse)?;
    let who = rooms::service::who(&state, &room, Some(&account.user)).await.map_err(refuse)?;
    let permit = permissions::direct(who).map_err(refuse)?;
    let (identity, on) = request::choice(&value?.0).map_err(refuse)?;
    let done = service::set(&state, &permit, &room, &account.user, &identity, on).await;
    Ok(in_call(done, account.lang, "Failed to change the spotlight"))
}
