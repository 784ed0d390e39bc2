//! Shows the door.

use axum::response::Response;
use visavis::{
    error::{Error, Result as Outcome},
    i18n::lobby,
    lobby::{decisions, snapshot::Snapshot},
    rooms::model::Room,
    web::extract::Params,
};

use super::view::{Door, DoorProps};
use crate::pages::{context::Context, slug::Slug};

/// The page.
pub async fn show(mut context: Context, Slug(slug): Slug, params: Params) -> Response {
    let (room, snapshot) = match load(&context, &slug).await {
        Ok(found) => found,
        Err(error) => return context.problem(&error),
    };
    let (lang, form) = (context.lang(), context.form().await);
    // Somebody without script writes: the page must not be fetched anew meanwhile.
    let writes = params.get("write").is_some();
    context.page.script = Some("lobby.js");
    context.page.refresh = (!writes).then_some(15);
    let title = lobby::door_title(lang);
    context.show(title, move || Door(DoorProps { lang, form, room, snapshot, writes }))
}

async fn load(context: &Context, slug: &str) -> Outcome<(Room, Snapshot)> {
    let user = context.viewer.user.as_ref().ok_or(Error::Unauthorized)?;
    let (room, _permit) = decisions::door(&context.state, user, slug).await?;
    let snapshot = Snapshot::take(&context.state, room.id).await?;
    Ok((room, snapshot))
}
