//! `/rooms/new`, and `/rooms`, which makes a room.

mod get;
mod post;
mod view;

pub use post::beside_the_name;

use axum::{
    Router,
    routing::{get, post},
};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/rooms/new", get(get::new_room)).route("/rooms", post(post::make))
}
