//! The pages. Each folder is one: its view, and the handlers that answer GET and POST. Handlers load through services, and a
//! POST always ends in a redirect; what went wrong travels to the next page as a flash.

mod account;
mod api_docs;
mod context;
mod delete_room;
mod events;
mod file;
mod form;
mod guest_link;
mod home;
mod invitations;
mod invite;
mod link;
mod lobby;
mod log;
mod new_room;
mod notice;
mod path;
mod preferences;
mod problem;
mod room;
mod settings;
mod setup;
mod sign_in;
mod slug;
mod wait;
mod when;
mod whole;

pub use problem::for_people;

use axum::{Extension, Router};
use tokio_util::sync::CancellationToken;
use visavis::state::AppState;

/// Every page. Unknown addresses get one too. `stop` ends what would never end by itself.
pub fn router(stop: CancellationToken) -> Router<AppState> {
    Router::new()
        .merge(home::router())
        .merge(new_room::router())
        .merge(sign_in::router())
        .merge(link::router())
        .merge(setup::router())
        .merge(account::router())
        .merge(api_docs::router())
        .merge(preferences::router())
        .merge(room::router())
        .merge(settings::router())
        .merge(log::router())
        .merge(delete_room::router())
        .merge(invite::router())
        .merge(invitations::router())
        .merge(guest_link::router())
        .merge(wait::router().merge(lobby::router()).layer(Extension(stop)))
        .fallback(problem::unknown)
        .method_not_allowed_fallback(problem::wrong_method)
}
