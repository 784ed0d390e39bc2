//! Makes the first account.

use axum::{extract::Path, response::Response};
use serde::Deserialize;
use visavis::{error::Error, sessions::link::consume_first_admin};

use crate::pages::{context::Context, form::Form, link::spent, sign_in::welcome};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct First {
    email: String,
    name: String,
    password: String,
}

/// Makes it and signs it in.
pub async fn setup(context: Context, Path(token): Path<String>, Form(typed): Form<First>) -> Response {
    match consume_first_admin(&context.state, &token, &typed.email, &typed.name, &typed.password).await {
        Ok(user) => welcome(context, &user, "/").await,
        Err(Error::NotFound) => spent(context),
        Err(error) => {
            context.failed(error, &[("email", &typed.email), ("name", &typed.name)], &format!("/setup/{token}")).await
        }
    }
}
