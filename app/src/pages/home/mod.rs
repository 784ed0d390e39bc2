//! `/`, and `/join` behind its field *Code or link*.

mod get;
mod post;
mod room_row;
mod view;

use axum::{
    Router,
    routing::{get, post},
};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/", get(get::home)).route("/join", post(post::join))
}
