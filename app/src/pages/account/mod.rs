//! `/account`: one's own account.

mod data;
mod email;
mod get;
mod leave;
mod new_rooms;
mod places;
mod post;
mod profile;
mod view;
pub mod when;

use axum::{Router, routing::get};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/account", get(get::account).post(post::account))
        .merge(profile::router())
        .merge(new_rooms::router())
        .merge(places::router())
        .merge(data::router())
        .merge(email::router())
        .merge(leave::router())
}
