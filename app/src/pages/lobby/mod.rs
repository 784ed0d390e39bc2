//! `/{slug}/lobby`: a room's door, for its hosts. A page of forms that works without script; with it, what is seen changes as it
//! happens, here and in the call, from the same pieces of HTML.

mod act;
mod card;
mod get;
mod list;
mod listen;
mod view;

use axum::{Router, routing::get};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/{slug}/lobby", get(get::show).post(act::act))
        .route("/{slug}/lobby/events", get(listen::events))
        .route("/{slug}/lobby/news", get(listen::news))
}
