//! `/{slug}/invitations`: inviting by mail, what became of it, and guest links; for those who run the room. A page of forms that works
//! without script. Where no mail goes out, only the guest links are there.

mod get;
mod invited;
mod links;
mod post;
mod send;
mod view;

use axum::{Router, routing::get};
use visavis::state::AppState;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/invitations", get(get::show).post(post::act))
}
