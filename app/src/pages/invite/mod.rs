//! `/{slug}/invite`: what one hands on so that others come, and the meeting for their calendars. For everybody who may enter, a
//! guest of an open room too: it tells them nothing but the name and the link, which they have.

mod file;
mod get;
mod qr;
mod text;
mod view;
mod when;

use axum::{Router, routing::get};
use visavis::{
    error::{Error, Result as Outcome},
    rooms::{
        model::Room,
        permissions::{self, Enter, Permit},
        service,
    },
    state::AppState,
    web::remote::Remote,
};

use super::context::Context;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/invite", get(get::show)).route("/{slug}/meeting.ics", get(file::ics))
}

/// The room, for those who may enter it. Strangers who may not are asked to sign in.
async fn room(context: &Context, from: Remote, slug: &str) -> Outcome<(Room, Permit<Enter>)> {
    let user = context.viewer.user.as_ref();
    let room = service::look_up(&context.state, user, from, slug).await?;
    let who = service::who(&context.state, &room, user).await?;
    match permissions::enter(room.access_level, who) {
        Ok(permit) => Ok((room, permit)),
        Err(_) if user.is_none() => Err(Error::Unauthorized),
        Err(error) => Err(error),
    }
}
