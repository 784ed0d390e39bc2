//! Makes a room.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use visavis::{
    error::{Error, FieldError},
    rooms::service::{self, NewRoom},
};

use crate::pages::{context::Context, form::Form};

/// What was typed. *New meeting* sends nothing, *Plan one* a name.
#[derive(Deserialize)]
pub struct Make {
    name: Option<String>,
}

/// A planned room is shown among one's rooms; a meeting that starts now is entered at once.
pub async fn make(context: Context, Form(Make { name }): Form<Make>) -> Response {
    let new = NewRoom { name: name.clone(), ..NewRoom::default() };
    match service::create(&context.state, context.viewer.user.as_ref(), new).await {
        Ok(_) if name.is_some() => context.done("/", Some("room_made")).await,
        Ok(room) => Redirect::to(&format!("/{}", room.slug)).into_response(),
        Err(Error::Unauthorized) => Redirect::to("/sign-in").into_response(),
        Err(error) => {
            context.failed(beside_the_name(error), &[("name", &name.unwrap_or_default())], "/rooms/new").await
        }
    }
}

/// The link is made from the name, so what is wrong with it is said beside the name.
fn beside_the_name(error: Error) -> Error {
    match error {
        Error::Invalid(fields) => {
            Error::Invalid(fields.into_iter().map(|wrong| FieldError::new("name", wrong.code)).collect())
        }
        other => other,
    }
}
