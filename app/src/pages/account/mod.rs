//! `/account`: one's own account.

mod get;
mod post;
mod view;

use axum::{Router, routing::get};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/account", get(get::account).post(post::account))
}
