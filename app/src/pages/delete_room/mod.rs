//! `/{slug}/delete`: the last question before a room goes.

mod view;

use axum::{Router, response::Response, routing::get};
use visavis::{
    error::{Error, Result as Outcome},
    i18n::rooms as words,
    presence,
    rooms::{change, model::Room, permissions, service},
    state::AppState,
};

use crate::pages::{context::Context, slug::Slug};
use view::{Delete, DeleteProps};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/delete", get(show).post(delete))
}

async fn show(context: Context, Slug(slug): Slug) -> Response {
    match load(&context, &slug).await {
        Ok((room, inside)) => {
            let (lang, form) = (context.lang(), context.form().await);
            let link = format!("{}/{}", context.origin, room.slug);
            context.show(words::delete_title(lang), move || Delete(DeleteProps { lang, form, room, link, inside }))
        }
        Err(error) => context.problem(&error),
    }
}

/// The room, and how many are in it. Errors: `Unauthorized`, `NotFound`, `Forbidden`.
async fn load(context: &Context, slug: &str) -> Outcome<(Room, i64)> {
    let user = context.viewer.user.as_ref().ok_or(Error::Unauthorized)?;
    let room = service::find(&context.state, slug).await?;
    permissions::delete(service::who(&context.state, &room, Some(user)).await?)?;
    let inside = presence::service::counts(&context.state, &[room.id]).await?;
    Ok((room.clone(), inside.get(&room.id).copied().unwrap_or_default()))
}

async fn delete(context: Context, Slug(slug): Slug) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    match change::delete(&context.state, &user, &slug).await {
        Ok(()) => context.done("/", Some("room_deleted")).await,
        Err(error) => context.problem(&error),
    }
}
