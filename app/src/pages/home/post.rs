//! From a code or link to its room.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use visavis::{error::Error, rooms::slug};

use crate::pages::{context::Context, form::Form};

/// What was typed.
#[derive(Deserialize)]
pub struct Join {
    #[serde(default)]
    code: String,
}

/// Leads to the room, which says itself when there is none.
pub async fn join(context: Context, Form(Join { code }): Form<Join>) -> Response {
    match slug::from_input(&code).filter(|slug| !slug::RESERVED.contains(&slug.as_str())) {
        Some(slug) => Redirect::to(&format!("/{slug}")).into_response(),
        None => context.failed(Error::field("code", "code_invalid"), &[("code", &code)], "/").await,
    }
}
