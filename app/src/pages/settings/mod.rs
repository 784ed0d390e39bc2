//! `/{slug}/settings`: what a room is, for those who run it. A page of forms that works without script.

mod attendance;
mod chat;
mod door;
mod get;
mod level;
mod links;
mod people;
mod post;
mod removed;
mod rights;
mod view;

pub use level::Level;
pub use rights::{Switch, SwitchProps};

use axum::{Router, routing::get};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/settings", get(get::show).post(post::save))
}
