//! `/`, and `/join` behind its field *Code or link*.

mod find;
mod get;
mod post;
mod room_menu;
mod room_row;
mod used;
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
