//! `/api/v1.0/users/` (contract §1.2).

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, put},
};
use serde_json::Value;

use super::{
    listing,
    preferences::{self, Changes},
    types::UserBody,
};
use crate::{
    state::AppState,
    web::{
        Account,
        extract::{Json, Key, Params},
        origin::origin,
        reply::{answer, refused, wrong_method_of},
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let (list, me, one) = (
        || get(list).fallback(wrong_method_of),
        || get(me).fallback(wrong_method_of),
        || put(change).patch(change).fallback(wrong_method_of),
    );
    Router::new()
        .route("/api/v1.0/users", list())
        .route("/api/v1.0/users/", list())
        .route("/api/v1.0/users/me", me())
        .route("/api/v1.0/users/me/", me())
        .route("/api/v1.0/users/{user}", one())
        .route("/api/v1.0/users/{user}/", one())
}

async fn me(account: Account) -> axum::Json<UserBody> {
    axum::Json(UserBody::from(account.user))
}

async fn list(State(state): State<AppState>, account: Account, headers: HeaderMap, params: Params) -> Response {
    let address = format!("{}/api/v1.0/users/", origin(&state, &headers));
    answer(listing::page(&state, &params, &address).await.map(axum::Json), account.lang)
}

async fn change(
    State(state): State<AppState>,
    account: Account,
    Key(id): Key,
    method: Method,
    body: Result<Json<Value>, Response>,
) -> Result<axum::Json<UserBody>, Response> {
    let refuse = refused(account.lang);
    preferences::may_change(&state, &account.user, &id).await.map_err(refuse)?;
    let changes = Changes::parse(&body?.0, method == Method::PUT).map_err(refuse)?;
    let user = preferences::change(&state, &account.user, changes).await.map_err(refuse)?;
    Ok(axum::Json(UserBody::from(user)))
}
