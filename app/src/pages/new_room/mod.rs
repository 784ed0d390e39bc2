//! `/rooms/new`, and `/rooms`, which makes a room.

mod get;
mod post;
mod view;

use axum::{
    Router,
    routing::{get, post},
};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/rooms/new", get(get::new_room)).route("/rooms", post(post::make))
}
