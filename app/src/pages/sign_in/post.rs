//! Signs in by password, and out.

use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use visavis::{
    sessions::service,
    users::model::User,
    web::{csrf, known, remote::Remote},
};

use crate::pages::{context::Context, form::Form, path, preferences};

/// What was typed.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct SignIn {
    pub(super) email: String,
    password: String,
    pub(super) next: String,
}

/// Checks the password and goes on to where the visitor was heading.
pub async fn sign_in(context: Context, remote: Remote, Form(typed): Form<SignIn>) -> Response {
    let next = path::local(&typed.next).unwrap_or("/");
    let sender = service::Sender { address: remote.0, known: context.known.clone() };
    match service::with_password(&context.state, &typed.email, &typed.password, sender).await {
        Ok(user) => welcome(context, &user, next).await,
        Err(error) => context.failed(error, &[("email", &typed.email), ("next", next)], "/sign-in").await,
    }
}

/// Begins a session, with the cookie that REST's double submit reads, the one of a known device, and the language and theme
/// that the account chose elsewhere.
pub async fn welcome(context: Context, user: &User, to: &str) -> Response {
    let now = context.state.clock.now();
    if let Err(error) = service::begin(&context.viewer.session, user, &context.agent, now).await {
        return context.problem(&error);
    }
    let mut response = Redirect::to(to).into_response();
    for cookie in [csrf::fresh_cookie(&context.state), known::set_cookie(&context.state, user)].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    if user.language.is_some() {
        preferences::set_language(&context.state, &mut response, user.language.as_deref());
    }
    if user.theme.is_some() {
        preferences::set_theme(&context.state, &mut response, user.theme.as_deref());
    }
    response
}

/// Where to go after signing out.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Next {
    next: String,
}

/// Ends this browser's session. With `next` the way leads through signing in again.
pub async fn sign_out(context: Context, Query(asked): Query<Next>) -> Response {
    match service::end(&context.viewer.session).await {
        Ok(()) => match path::local(&asked.next) {
            Some(next) => context.done(&path::sign_in(next), None).await,
            None => context.done("/", Some("signed_out")).await,
        },
        Err(error) => context.problem(&error),
    }
}
