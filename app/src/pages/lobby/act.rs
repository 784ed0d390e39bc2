//! What a host does at the door.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;
use visavis::{
    error::{Error, Result as Outcome},
    lobby::decisions,
    rooms::{
        change,
        model::Room,
        permissions::{Decide, Permit},
        request::Changes,
    },
    web::reply::reply,
};

use crate::pages::{context::Context, form::Form, slug::Slug};

/// What was pressed, and what it is about.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Act {
    /// `admit`, `refuse`, `admit_all`, `say`, `level`.
    r#do: String,
    /// Whom.
    who: String,
    /// What to say to those who wait.
    message: String,
    /// Who comes in without being asked.
    access_level: String,
}

/// Does it. A script is answered in its own way.
pub async fn act(context: Context, Slug(slug): Slug, headers: HeaderMap, Form(act): Form<Act>) -> Response {
    let (back, done) = match door(&context, &slug).await {
        // The room's own slug: what stands in the path could lead anywhere.
        Ok((room, permit)) => (format!("/{}/lobby", room.slug), perform(&context, &room, &permit, &act).await),
        Err(error) => ("/".to_owned(), Err(error)),
    };
    if headers.get(header::ACCEPT).is_some_and(|kinds| kinds.as_bytes() == b"application/json") {
        return match done {
            Ok(_) => StatusCode::NO_CONTENT.into_response(),
            Err(error) => reply(&error, context.lang()),
        };
    }
    match done {
        Ok(notice) => context.done(&back, notice).await,
        Err(error) => context.failed(error, &[("message", &act.message)], &back).await,
    }
}

async fn door(context: &Context, slug: &str) -> Outcome<(Room, Permit<Decide>)> {
    let user = context.viewer.user.as_ref().ok_or(Error::Unauthorized)?;
    decisions::door(&context.state, user, slug).await
}

async fn perform(context: &Context, room: &Room, permit: &Permit<Decide>, act: &Act) -> Outcome<Option<&'static str>> {
    let (state, user) = (&context.state, context.viewer.user.as_ref().ok_or(Error::Unauthorized)?);
    match act.r#do.as_str() {
        "admit" | "refuse" => {
            let who = Uuid::try_parse(&act.who).map_err(|_| Error::NotFound)?;
            match decisions::decide(state, room, permit, user, who, act.r#do == "admit").await {
                Ok(()) => Ok(None),
                // Gave up meanwhile: nothing is left to do.
                Err(Error::NotFound) => Ok(Some("waits_no_longer")),
                Err(error) => Err(error),
            }
        }
        "admit_all" => decisions::admit_all(state, room, permit, user).await.map(|_| None),
        "say" => decisions::say(state, room, permit, user, &act.message).await.map(|()| None),
        "level" => {
            let level = act.access_level.parse().map_err(|_| Error::field("access_level", "access_level_invalid"))?;
            let changes = Changes { access_level: Some(level), ..Changes::default() };
            change::update(state, user, room.id, changes).await.map(|_| Some("door_saved"))
        }
        _ => Err(Error::NotFound),
    }
}
