//! `/language` and `/theme`: choices of this browser, kept in cookies, made without script.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;
use visavis::{i18n::Lang, state::AppState, web::viewer::LANGUAGE_COOKIE};

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

async fn language(State(state): State<AppState>, Form(choice): Form<Choice>) -> Response {
    keep(&state, LANGUAGE_COOKIE, Lang::from_code(&choice.language).map(Lang::code), &choice.back)
}

async fn theme(State(state): State<AppState>, Form(choice): Form<Choice>) -> Response {
    keep(&state, THEME_COOKIE, Theme::from_code(&choice.theme).map(Theme::code), &choice.back)
}

/// Remembers a value, or forgets it, and goes back.
fn keep(state: &AppState, name: &str, value: Option<&str>, back: &str) -> Response {
    let secure = if state.is_secure() { "; Secure" } else { "" };
    let age = if value.is_some() { MAX_AGE } else { 0 };
    let cookie = format!("{name}={}; HttpOnly; SameSite=Lax; Path=/; Max-Age={age}{secure}", value.unwrap_or_default());
    let mut response = Redirect::to(path::local(back).unwrap_or("/")).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
