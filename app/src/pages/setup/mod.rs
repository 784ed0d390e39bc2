//! `/setup/{token}`: the first account, which runs the instance.

mod get;
mod post;
mod view;

use axum::{Router, routing::get};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/setup/{token}", get(get::setup).post(post::setup))
}
