//! `/api/v1.0/resource-accesses/`.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use super::{request, service};
use crate::{
    rooms::model::Access,
    state::AppState,
    web::{
        Account,
        extract::{Json, Key, Params},
        origin::origin,
        paging::Paging,
        reply::{answer, refused, wrong_method_of},
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let all = || get(list).post(create).fallback(wrong_method_of);
    let one = || get(retrieve).put(update).patch(update).delete(destroy).fallback(wrong_method_of);
    Router::new()
        .route("/api/v1.0/resource-accesses", all())
        .route("/api/v1.0/resource-accesses/", all())
        .route("/api/v1.0/resource-accesses/{access}", one())
        .route("/api/v1.0/resource-accesses/{access}/", one())
}

fn body(access: &Access) -> Value {
    json!({ "id": access.id, "user": access.user_id, "resource": access.room_id, "role": access.role })
}

async fn list(State(state): State<AppState>, account: Account, headers: HeaderMap, params: Params) -> Response {
    let paging = Paging::of(&params, false);
    let address = format!("{}/api/v1.0/resource-accesses/", origin(&state, &headers));
    let found = service::page(&state, &account.user, &paging).await;
    let shown = found.map(|(page, all)| axum::Json(paging.answer(page, &address, all.iter().map(body).collect())));
    answer(shown, account.lang)
}

async fn create(
    State(state): State<AppState>,
    account: Account,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(account.lang);
    let new = request::new(&value?.0).map_err(refuse)?;
    let access = service::add(&state, &account.user, new).await.map_err(refuse)?;
    Ok((StatusCode::CREATED, axum::Json(body(&access))).into_response())
}

async fn retrieve(State(state): State<AppState>, account: Account, Key(id): Key) -> Response {
    let found = service::find(&state, &account.user, &id).await;
    answer(found.map(|access| axum::Json(body(&access))), account.lang)
}

async fn update(
    State(state): State<AppState>,
    account: Account,
    Key(id): Key,
    method: Method,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(account.lang);
    let access = service::find(&state, &account.user, &id).await.map_err(refuse)?;
    let role = request::change(&value?.0, method == Method::PUT).map_err(refuse)?;
    let role = role.unwrap_or(access.role);
    let access = service::change(&state, &account.user, access.id, role).await.map_err(refuse)?;
    Ok(axum::Json(body(&access)).into_response())
}

async fn destroy(State(state): State<AppState>, account: Account, Key(id): Key) -> Response {
    let done = service::remove(&state, &account.user, &id).await;
    answer(done.map(|()| StatusCode::NO_CONTENT), account.lang)
}
