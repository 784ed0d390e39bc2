//! What a form sends.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use serde::de::DeserializeOwned;
use visavis::state::AppState;

use super::{context, problem};

/// A form's fields. Missing ones are empty when the type says `#[serde(default)]`; a body that is no form, or too large, gets
/// a page that says so.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequest<AppState> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let request = Request::from_parts(parts.clone(), body);
        match axum::Form::<T>::from_request(request, state).await {
            Ok(axum::Form(fields)) => Ok(Self(fields)),
            Err(rejection) => {
                let asked = context::Context::from_request_parts(&mut parts, state).await?;
                Err(problem::page(state, asked.page, rejection.status()))
            }
        }
    }
}
