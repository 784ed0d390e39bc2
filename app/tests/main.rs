//! The whole product's router: pages, server functions, and the list of all routes.

#[path = "../../tests/support/mod.rs"]
mod support;

#[path = "../../tests/support/mailpit.rs"]
mod mailpit;

mod account;
mod cli;
mod entry;
mod errors;
mod forms;
mod instance;
mod inventory;
mod invitations;
mod links;
mod literals;
mod matrix;
mod openapi;
mod presence;
mod processes;
mod rooms;
mod security;

use support::{Client, TestApp};
use tokio_util::sync::CancellationToken;

/// The same back end under the whole router.
pub fn whole(app: &TestApp) -> axum::Router {
    visavis_app::router(&app.state, CancellationToken::new())
}

/// A visitor of the whole product.
pub fn visitor(app: &TestApp) -> Client {
    Client::new(whole(app), None).with("accept-language", "en")
}
