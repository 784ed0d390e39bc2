//! Makes a room.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use visavis::{
    error::{Error, FieldError, Result as Outcome},
    rooms::{
        model::Room,
        service::{self, NewRoom},
    },
};

use crate::pages::{context::Context, form::Form, path::escaped};

/// What was typed. *New meeting* sends nothing, *Plan one* a name, *New room like this one* also the slug of that one.
#[derive(Deserialize)]
pub struct Make {
    name: Option<String>,
    like: Option<String>,
}

/// A planned room is shown among one's rooms; a meeting that starts now is entered at once.
pub async fn make(context: Context, Form(make): Form<Make>) -> Response {
    match made(&context, &make).await {
        Ok(_) if make.name.is_some() => context.done("/", Some("room_made")).await,
        Ok(room) => Redirect::to(&format!("/{}", room.slug)).into_response(),
        Err(Error::Unauthorized) => Redirect::to("/sign-in").into_response(),
        Err(error) => {
            let like = make.like.map(|like| format!("?like={}", escaped(&like))).unwrap_or_default();
            let typed = make.name.unwrap_or_default();
            context.failed(beside_the_name(error), &[("name", &typed)], &format!("/rooms/new{like}")).await
        }
    }
}

async fn made(context: &Context, make: &Make) -> Outcome<Room> {
    let (state, user) = (&context.state, context.viewer.user.as_ref());
    match &make.like {
        None => service::create(state, user, NewRoom { name: make.name.clone(), ..NewRoom::default() }).await,
        Some(like) => {
            let name = make.name.as_deref().unwrap_or_default();
            service::create_like(state, user.ok_or(Error::Unauthorized)?, like, name).await
        }
    }
}

/// The link is made from the name, so what is wrong with it is said beside the name.
pub fn beside_the_name(error: Error) -> Error {
    match error {
        Error::Invalid(fields) => {
            Error::Invalid(fields.into_iter().map(|wrong| FieldError::new("name", wrong.code)).collect())
        }
        other => other,
    }
}
