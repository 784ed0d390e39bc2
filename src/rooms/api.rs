//! `/api/v1.0/rooms/` (contract §1.3): list, create, retrieve.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    body::{Reader, body},
    model::{AccessLevel, Configuration},
    service::{self, NewRoom},
};
use crate::{
    error::{Error, FieldError, Result},
    state::AppState,
    web::{Viewer, csrf, device::Browser, extract::Json, reply::reply},
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/api/v1.0/rooms", get(list).post(create))
        .route("/api/v1.0/rooms/", get(list).post(create))
        .route("/api/v1.0/rooms/{room}", get(retrieve))
        .route("/api/v1.0/rooms/{room}/", get(retrieve))
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    username: Option<String>,
    page: Option<String>,
    page_size: Option<String>,
}

/// Most and usual size of a page (contract §0.7).
const PAGE: std::ops::RangeInclusive<i64> = 1..=100;
const USUAL: i64 = 20;

async fn list(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    Query(params): Query<Params>,
) -> Response {
    answer(&viewer, listed(&state, &viewer, &headers, &params).await.map(|value| (StatusCode::OK, value)), None)
}

async fn listed(state: &AppState, viewer: &Viewer, headers: &HeaderMap, params: &Params) -> Result<Value> {
    let Some(user) = &viewer.user else {
        return Ok(json!({ "count": 0, "next": null, "previous": null, "results": [] }));
    };
    let size = params
        .page_size
        .as_deref()
        .and_then(|n| n.parse().ok())
        .filter(|n: &i64| *n > 0)
        .map_or(USUAL, |n| n.min(*PAGE.end()));
    let (_, count) = service::mine(state, user, 0, 0).await?;
    let last = ((count + size - 1) / size).max(1);
    let page = match params.page.as_deref() {
        None => 1,
        Some("last") => last,
        Some(text) => text.parse().ok().filter(|n| (1..=last).contains(n)).ok_or(Error::NotFound)?,
    };
    let (rooms, _) = service::mine(state, user, size, (page - 1) * size).await?;
    let browser = Browser::of(state, headers);
    let reader = reader(state, viewer, &browser, headers, params);
    let mut results = Vec::with_capacity(rooms.len());
    for room in &rooms {
        results.push(body(state, room, &reader).await?);
    }
    let link =
        |n: i64| (1..=last).contains(&n).then(|| format!("{}/api/v1.0/rooms/?page={n}&page_size={size}", state.origin));
    Ok(json!({ "count": count, "next": link(page + 1), "previous": link(page - 1), "results": results }))
}

async fn create(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    Query(params): Query<Params>,
    Json(value): Json<Value>,
) -> Response {
    let browser = Browser::of(&state, &headers);
    let made = async {
        viewer.signed_in()?;
        csrf::double_submit(&headers)?;
        let room = service::create(&state, viewer.user.as_ref(), parse(&value)?).await?;
        ensure_live(&state, room.id).await;
        body(&state, &room, &reader(&state, &viewer, &browser, &headers, &params)).await
    };
    answer(&viewer, made.await.map(|value| (StatusCode::CREATED, value)), None)
}

async fn retrieve(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    Path(text): Path<String>,
    Query(params): Query<Params>,
) -> Response {
    let browser = Browser::of(&state, &headers);
    let found = async {
        let room = service::find(&state, &text).await?;
        let value = body(&state, &room, &reader(&state, &viewer, &browser, &headers, &params)).await?;
        if value.get("livekit").is_some() {
            ensure_live(&state, room.id).await;
        }
        Ok((StatusCode::OK, value))
    };
    let result = found.await;
    answer(&viewer, result, browser.set_cookie(&state))
}

/// LiveKit being away never hides a room: what goes wrong is logged, and the client asks again when it cannot connect.
async fn ensure_live(state: &AppState, room: uuid::Uuid) {
    if let Err(error) = state.livekit.ensure_live(&room.to_string(), false).await {
        tracing::warn!(room.id = %room, %error, "Room {room} could not be made on LiveKit");
    }
}

fn reader<'r>(
    state: &AppState,
    viewer: &'r Viewer,
    browser: &'r Browser,
    headers: &HeaderMap,
    params: &'r Params,
) -> Reader<'r> {
    let url = crate::web::origin::livekit_url(state, headers);
    Reader { user: viewer.user.as_ref(), browser, username: params.username.as_deref(), livekit_url: url }
}

/// The request's fields, every wrong one at once.
fn parse(value: &Value) -> Result<NewRoom> {
    let object = value.as_object().ok_or_else(|| Error::field("non_field_errors", "not_an_object"))?;
    let mut wrong = Vec::new();
    let name = match object.get("name") {
        Some(Value::String(name)) => Some(name.clone()),
        None | Some(Value::Null) => wrong_field(&mut wrong, "name", "name_required"),
        Some(_) => wrong_field(&mut wrong, "name", "not_a_string"),
    };
    let access_level = match object.get("access_level") {
        None => None,
        Some(level) => match level.as_str().and_then(|level| level.parse::<AccessLevel>().ok()) {
            None => wrong_field(&mut wrong, "access_level", "access_level_invalid"),
            level => level,
        },
    };
    let configuration = match object.get("configuration") {
        None => None,
        Some(rights) => match Configuration::parse(rights) {
            None => wrong_field(&mut wrong, "configuration", "configuration_invalid"),
            rights => rights,
        },
    };
    if wrong.is_empty() { Ok(NewRoom { name, access_level, configuration }) } else { Err(Error::Invalid(wrong)) }
}

fn wrong_field<T>(wrong: &mut Vec<FieldError>, field: &'static str, code: &'static str) -> Option<T> {
    wrong.push(FieldError::new(field, code));
    None
}

fn answer(viewer: &Viewer, result: Result<(StatusCode, Value)>, cookie: Option<axum::http::HeaderValue>) -> Response {
    match result {
        Ok((status, value)) => {
            let mut response = (status, axum::Json(value)).into_response();
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => reply(&error, viewer.lang),
    }
}
