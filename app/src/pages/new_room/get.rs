//! Asks for the name of a new room.

use axum::response::Response;
use visavis::{error::Error, i18n::pages};

use super::view::{NewRoom, NewRoomProps};
use crate::pages::context::Context;

/// The form, for somebody signed in.
pub async fn new_room(context: Context) -> Response {
    if context.viewer.user.is_none() {
        return context.problem(&Error::Unauthorized);
    }
    let (lang, form) = (context.lang(), context.form().await);
    context.show(pages::plan_title(lang), move || NewRoom(NewRoomProps { lang, form }))
}
