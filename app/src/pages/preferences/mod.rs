//! `/language` and `/theme`: choices of this browser, kept in cookies, made without script. Of somebody signed in they are
//! kept with the account too, for the next device.

use std::convert::Infallible;

use axum::{
    Router,
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;
use visavis::{
    i18n::Lang,
    state::AppState,
    users::{model::User, profile},
    web::{Viewer, reply, viewer::LANGUAGE_COOKIE},
};

use super::{form::Form, path};
use crate::shell::Theme;

/// Cookie of a chosen theme.
pub const THEME_COOKIE: &str = "theme";
/// Seconds a choice is kept: a year.
const MAX_AGE: u32 = 365 * 24 * 3600;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/language", post(language)).route("/theme", post(theme))
}

/// A choice, and the page to return to.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Choice {
    language: String,
    theme: String,
    back: String,
}

/// Whom a change concerns besides this browser.
struct Changes {
    state: AppState,
    user: Option<User>,
}

impl FromRequestParts<AppState> for Changes {
    type Rejection = Infallible;

    /// Where nobody can say who asks, the browser alone remembers.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let viewer = <Viewer as FromRequestParts<AppState>>::from_request_parts(parts, state).await;
        Ok(Self { state: state.clone(), user: viewer.ok().and_then(|viewer| viewer.user) })
    }
}

async fn language(Changes { state, user }: Changes, Form(choice): Form<Choice>) -> Response {
    let chosen = Lang::from_code(&choice.language);
    if let Some(user) = user
        && let Err(error) = profile::save_language(&state, &user, chosen).await
    {
        reply::log(&error);
    }
    let mut response = back(&choice.back);
    set_language(&state, &mut response, chosen.map(Lang::code));
    response
}

async fn theme(Changes { state, user }: Changes, Form(choice): Form<Choice>) -> Response {
    let chosen = Theme::from_code(&choice.theme).map(Theme::code);
    if let Some(user) = user
        && let Err(error) = profile::save_theme(&state, &user, chosen).await
    {
        reply::log(&error);
    }
    let mut response = back(&choice.back);
    set_theme(&state, &mut response, chosen);
    response
}

fn back(to: &str) -> Response {
    Redirect::to(path::local(to).unwrap_or("/")).into_response()
}

/// Lets this browser remember a language; none: forget it. Anything that is no language of ours is none.
pub fn set_language(state: &AppState, response: &mut Response, code: Option<&str>) {
    keep(state, response, LANGUAGE_COOKIE, code.and_then(Lang::from_code).map(Lang::code));
}

/// Lets this browser remember a theme; none, or anything that is no theme: forget it.
pub fn set_theme(state: &AppState, response: &mut Response, code: Option<&str>) {
    keep(state, response, THEME_COOKIE, code.and_then(Theme::from_code).map(Theme::code));
}

fn keep(state: &AppState, response: &mut Response, name: &str, value: Option<&str>) {
    let secure = if state.is_secure() { "; Secure" } else { "" };
    let age = if value.is_some() { MAX_AGE } else { 0 };
    let cookie = format!("{name}={}; HttpOnly; SameSite=Lax; Path=/; Max-Age={age}{secure}", value.unwrap_or_default());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
