//! Asks for the name of a new room.

use axum::response::Response;
use visavis::{error::Error, i18n::pages, rooms::change, web::extract::Params};

use super::view::{NewRoom, NewRoomProps};
use crate::pages::context::Context;

/// The form, for somebody signed in. `?like=`: the room whose settings the new one starts with.
pub async fn new_room(context: Context, params: Params) -> Response {
    let Some(user) = &context.viewer.user else { return context.problem(&Error::Unauthorized) };
    let like = match params.get("like") {
        None => None,
        Some(like) => match change::editable(&context.state, user, like).await {
            Ok(room) => Some((room.slug, room.name)),
            Err(error) => return context.problem(&error),
        },
    };
    let (lang, form) = (context.lang(), context.form().await);
    context.show(pages::plan_title(lang), move || NewRoom(NewRoomProps { lang, form, like }))
}
