//! `/sign-in` and `/sign-out`.

mod get;
mod mail;
mod post;
mod view;

use axum::{
    Router,
    routing::{get, post},
};
use visavis::state::AppState;

pub use post::welcome;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(get::sign_in).post(post::sign_in))
        .route("/sign-in/link", post(mail::send))
        .route("/sign-out", post(post::sign_out))
}
