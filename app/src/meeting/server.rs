//! The one question the island asks the server.
#![cfg_attr(feature = "ssr", expect(missing_docs, reason = "the macro makes a type of its own"))]

use crate::error::UiError;
use visavis::{lobby::types::Answer, rooms::types::EntryRequest};

/// Asks to come in. Called when the button is pressed, and again after each lost connection.
#[cfg(feature = "ssr")]
#[leptos::server(prefix = "/fn", endpoint = "enter", input = leptos::server_fn::codec::Json)]
pub async fn enter(request: EntryRequest) -> Result<Answer, UiError> {
    crate::server::enter(request).await
}

/// The same from the browser. Leptos's own client for server functions brings streams, URLs and headers along: a tenth of
/// what must be loaded before the button works, for one request that `fetch` can make.
#[cfg(not(feature = "ssr"))]
pub async fn enter(request: EntryRequest) -> Result<Answer, UiError> {
    #[derive(serde::Serialize)]
    struct Arguments {
        request: EntryRequest,
    }
    let unreachable = || UiError::new(UiError::UNREACHABLE);
    let body = serde_json::to_string(&Arguments { request }).map_err(|_| unreachable())?;
    let (fine, answer) = crate::interop::page::post("/fn/enter", &body).await.ok_or_else(unreachable)?;
    if fine {
        serde_json::from_str(&answer).map_err(|_| unreachable())
    } else {
        Err(serde_json::from_str(&answer).unwrap_or_else(|_| unreachable()))
    }
}
