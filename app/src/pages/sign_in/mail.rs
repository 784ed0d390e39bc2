//! Sends a sign-in link to the address that was typed.

use axum::response::Response;
use visavis::{sessions::mailed, web::remote::Remote};

use super::post::SignIn;
use crate::pages::{context::Context, form::Form, path};

/// The answer is the same whoever the address belongs to.
pub async fn send(context: Context, remote: Remote, Form(typed): Form<SignIn>) -> Response {
    match mailed::ask(&context.state, &typed.email, remote.0, context.lang()).await {
        Ok(()) => context.done("/sign-in", Some("link_on_its_way")).await,
        Err(error) => {
            let next = path::local(&typed.next).unwrap_or("/");
            context.failed(error, &[("email", &typed.email), ("next", next)], "/sign-in").await
        }
    }
}
