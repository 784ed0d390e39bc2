//! Errors as REST answers: the contract's shapes (§0.5), in the reader's language.

use axum::{
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use super::{caller::Account, viewer::language};
use crate::{
    error::{Error, Result},
    i18n::{self, Lang},
};

/// Writes an error to the log, once, at the boundary. Only faults of ours and of what we depend on are worth a line.
pub fn log(error: &Error) {
    match error {
        Error::Internal(cause) => tracing::error!(code = error.code(), cause = format!("{cause:#}"), "Request failed"),
        Error::Upstream(cause) | Error::Unavailable(cause) => {
            tracing::warn!(code = error.code(), cause = format!("{cause:#}"), "Request failed")
        }
        _ => {}
    }
}

/// The JSON body of an error.
pub fn body(error: &Error, lang: Lang) -> Value {
    let sentence =
        |code: &str| i18n::errors::by_code(lang, code).unwrap_or_else(|| i18n::errors::internal(lang)).to_owned();
    match error {
        Error::Invalid(fields) => {
            let mut map = Map::new();
            for wrong in fields {
                let list = map.entry(wrong.field.as_ref()).or_insert_with(|| json!([]));
                if let Some(list) = list.as_array_mut() {
                    list.push(sentence(wrong.code).into());
                }
            }
            Value::Object(map)
        }
        other => json!({ "detail": sentence(other.code()), "code": other.code() }),
    }
}

/// The whole answer.
pub fn reply(error: &Error, lang: Lang) -> Response {
    log(error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(body(error, lang))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code()));
    match error {
        Error::RateLimited { retry_after } => {
            headers.insert(header::RETRY_AFTER, retry_after.as_secs().max(1).into());
        }
        Error::Unauthorized => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Session"));
        }
        _ => {}
    }
    response
}

/// The answer of a handler of the API: what it found, or why not.
pub fn answer<T: IntoResponse>(result: Result<T>, lang: Lang) -> Response {
    result.map_or_else(|error| reply(&error, lang), IntoResponse::into_response)
}

/// The answer to what was done about somebody in a call, in the contract's words (§1.5), which programs compare. `failure`: what is
/// said when LiveKit does not answer.
pub fn in_call(done: Result<()>, lang: Lang, failure: &str) -> Response {
    let error = |status: StatusCode, text: &str| (status, axum::Json(json!({ "error": text }))).into_response();
    match done {
        Ok(()) => axum::Json(json!({ "status": "success" })).into_response(),
        Err(Error::NotFound) => error(StatusCode::NOT_FOUND, "Participant not found"),
        Err(cause @ Error::Upstream(_)) => {
            log(&cause);
            error(StatusCode::INTERNAL_SERVER_ERROR, failure)
        }
        Err(other) => reply(&other, lang),
    }
}

/// Turns an error into its answer: for `map_err`.
pub fn refused(lang: Lang) -> impl Fn(Error) -> Response + Copy {
    move |error| reply(&error, lang)
}

/// The address exists, and cannot be asked for in this way.
pub async fn wrong_method(parts: Parts) -> Response {
    method_not_allowed(language(&parts))
}

/// The same where somebody must be signed in, which is checked first (contract §0.4).
pub async fn wrong_method_of(account: Account) -> Response {
    method_not_allowed(account.lang)
}

fn method_not_allowed(lang: Lang) -> Response {
    let body = json!({ "detail": i18n::errors::method_not_allowed(lang), "code": "method_not_allowed" });
    (StatusCode::METHOD_NOT_ALLOWED, axum::Json(body)).into_response()
}

impl IntoResponse for Error {
    /// In the default language; handlers that know the reader use [`reply`].
    fn into_response(self) -> Response {
        reply(&self, Lang::default())
    }
}
