//! `/link/{token}`: signing in by a one-time link.

mod get;
mod post;
mod view;

use axum::{Router, http::StatusCode, response::Response, routing::get};
use visavis::{i18n::pages, state::AppState};

use super::context::Context;
use view::{LinkSpent, LinkSpentProps};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/link/{token}", get(get::link).post(post::link))
}

/// The link was used, is too old, or never was one: nobody is told which.
pub fn spent(context: Context) -> Response {
    let lang = context.lang();
    context.show_as(StatusCode::NOT_FOUND, pages::spent_title(lang), move || LinkSpent(LinkSpentProps { lang }))
}
