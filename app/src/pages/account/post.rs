//! Sets or changes the password.

use axum::response::Response;
use serde::Deserialize;
use visavis::{error::Error, sessions::service::end_others, users::service::change_password};

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
    let changed = async {
        change_password(&context.state, &user, typed.current, typed.password).await?;
        end_others(&context.state, &context.viewer.session, &user).await
    };
    match changed.await {
        Ok(()) => context.done("/account", Some("password_saved")).await,
        Err(error) => context.failed(error, &[], "/account").await,
    }
}
