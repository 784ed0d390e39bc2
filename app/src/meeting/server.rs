//! The one question the island asks the server.
#![expect(missing_docs, reason = "the macro makes a type of its own")]

use crate::error::UiError;
use leptos::{prelude::*, server_fn::codec::Json};
use visavis::rooms::types::{Entry, EntryRequest};

/// Asks to come in. Called when the button is pressed, and again after each lost connection.
#[server(prefix = "/fn", endpoint = "enter", input = Json)]
pub async fn enter(request: EntryRequest) -> Result<Entry, UiError> {
    crate::server::enter(request).await
}
