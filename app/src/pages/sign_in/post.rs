//! Signs in by password, and out.

use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use visavis::{
    sessions::service,
    users::model::User,
    web::{csrf, remote::Remote},
};

use crate::pages::{context::Context, form::Form, path};

/// What was typed.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct SignIn {
    email: String,
    password: String,
    next: String,
}

/// Checks the password and goes on to where the visitor was heading.
pub async fn sign_in(context: Context, remote: Remote, Form(typed): Form<SignIn>) -> Response {
    let next = path::local(&typed.next).unwrap_or("/");
    match service::with_password(&context.state, &typed.email, &typed.password, remote.0).await {
        Ok(user) => welcome(context, &user, next).await,
        Err(error) => context.failed(error, &[("email", &typed.email), ("next", next)], "/sign-in").await,
    }
}

/// Begins a session, with the cookie that REST's double submit reads.
pub async fn welcome(context: Context, user: &User, to: &str) -> Response {
    if let Err(error) = service::begin(&context.viewer.session, user).await {
        return context.problem(&error);
    }
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = csrf::fresh_cookie(&context.state) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Ends this browser's session.
pub async fn sign_out(context: Context) -> Response {
    match service::end(&context.viewer.session).await {
        Ok(()) => context.done("/", Some("signed_out")).await,
        Err(error) => context.problem(&error),
    }
}
