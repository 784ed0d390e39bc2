//! `POST /api/v1.0/rooms/{room}/invite/` (contract §1.6).

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Map, Value, json};

use super::{request, service};
use crate::{
    error::Error,
    i18n::Lang,
    rooms,
    state::AppState,
    web::{
        Account,
        extract::{Json, Key},
        reply::{body, refused, reply, wrong_method_of},
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let invite = || post(invite).fallback(wrong_method_of);
    Router::new().route("/api/v1.0/rooms/{room}/invite", invite()).route("/api/v1.0/rooms/{room}/invite/", invite())
}

async fn invite(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(account.lang);
    let room = rooms::service::find(&state, &text).await.map_err(refuse)?;
    service::may(&state, &account.user, &room).await.map_err(refuse)?;
    let new = request::read(&value?.0, account.lang).map_err(|error| wrong(&error, account.lang))?;
    service::invite(&state, &account.user, room.id, new).await.map_err(refuse)?;
    Ok(axum::Json(json!({ "status": "success", "message": "invitations sent" })).into_response())
}

/// Wrong items stand under the list, by their place in it.
fn wrong(error: &Error, lang: Lang) -> Response {
    let (Error::Invalid(_), Value::Object(flat)) = (error, body(error, lang)) else { return reply(error, lang) };
    let (mut nested, mut items) = (Map::new(), Map::new());
    for (field, told) in flat {
        match field.strip_prefix("emails/") {
            Some(place) => drop(items.insert(place.to_owned(), told)),
            None => drop(nested.insert(field, told)),
        }
    }
    if !items.is_empty() {
        nested.entry("emails").or_insert(Value::Object(items));
    }
    (StatusCode::BAD_REQUEST, axum::Json(Value::Object(nested))).into_response()
}
