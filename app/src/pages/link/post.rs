//! Uses a link up.

use axum::{extract::Path, response::Response};
use visavis::{error::Error, sessions::link};

use super::spent;
use crate::pages::{context::Context, sign_in::welcome};

/// Signs in, once.
pub async fn link(context: Context, Path(token): Path<String>) -> Response {
    match link::consume(&context.state, &token).await {
        Ok(user) => welcome(context, &user, "/").await,
        Err(Error::NotFound) => spent(context),
        Err(error) => context.problem(&error),
    }
}
