//! Sets or changes the password.

use axum::response::Response;
use serde::Deserialize;
use visavis::{error::Error, users::service::change_password};

use crate::pages::{context::Context, form::Form};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Passwords {
    current: String,
    password: String,
}

/// For somebody signed in. Their other sessions end with the old password.
pub async fn account(context: Context, Form(typed): Form<Passwords>) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let session = Some(&context.viewer.session);
    match change_password(&context.state, &user, session, typed.current, typed.password).await {
        Ok(()) => context.done("/account", Some("password_saved")).await,
        Err(error) => context.failed(error, &[], "/account").await,
    }
}
