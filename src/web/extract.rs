//! Extractors whose refusals have our own shape.

use std::convert::Infallible;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;
use url::form_urlencoded;

use crate::error::Error;

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

/// The one variable part of an address. What is not even UTF-8 names nothing: 404.
#[derive(Clone, Debug)]
pub struct Key(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        Path::from_request_parts(parts, state).await.map(|Path(text)| Self(text)).map_err(|_| Error::NotFound)
    }
}

/// The two changing parts of a path.
#[derive(Clone, Debug)]
pub struct Keys(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for Keys {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let keys = Path::from_request_parts(parts, state).await;
        keys.map(|Path((one, other))| Self(one, other)).map_err(|_| Error::NotFound)
    }
}

/// What follows the question mark. Nothing in it can be so wrong that the request fails.
#[derive(Clone, Debug, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// From the text of a query.
    pub fn of(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// A value; of several under one name the last.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Everything, in its order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts.uri.query().unwrap_or_default()))
    }
}
