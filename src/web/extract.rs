//! Extractors whose refusals have our own shape.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;

/// A JSON body. Refusals: 415 another type, 413 too large, 400 not JSON or not an object of the right kind.
#[derive(Clone, Debug)]
pub struct Json<T>(pub T);

fn detail(status: StatusCode, detail: impl Into<String>) -> Response {
    (status, axum::Json(json!({ "detail": detail.into() }))).into_response()
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
            return Err(detail(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("Unsupported media type \"{kind}\" in request."),
            ));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| detail(rejection.status(), "The request body is too large or was cut off."))?;
        // An empty body is no data, as the contract has it (§0.2).
        let bytes = if bytes.is_empty() { Bytes::from_static(b"{}") } else { bytes };
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| detail(StatusCode::BAD_REQUEST, format!("JSON parse error - {error}")))
    }
}
