//! `/{slug}/delete`: the last question before a room goes.

mod view;

use axum::{Router, response::Response, routing::get};
use visavis::{
    error::{Error, Result as Outcome},
    i18n::rooms as words,
    presence,
    rooms::{change, gone, model::Room, permissions, service},
    state::AppState,
};

use crate::pages::{context::Context, slug::Slug};
use view::{Delete, DeleteProps, Fate};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/delete", get(show).post(delete))
}

async fn show(context: Context, Slug(slug): Slug) -> Response {
    match load(&context, &slug).await {
        Ok((room, fate)) => {
            let (lang, form) = (context.lang(), context.form().await);
            let link = format!("{}/{}", context.origin, room.slug);
            context.show(words::delete_title(lang), move || Delete(DeleteProps { lang, form, room, link, fate }))
        }
        Err(error) => context.problem(&error),
    }
}

/// The room, and whom it concerns. Errors: `Unauthorized`, `NotFound`, `Forbidden`.
async fn load(context: &Context, slug: &str) -> Outcome<(Room, Fate)> {
    let user = context.viewer.user.as_ref().ok_or(Error::Unauthorized)?;
    let room = service::find(&context.state, slug).await?;
    let permit = permissions::delete(service::who(&context.state, &room, Some(user)).await?)?;
    let inside = presence::service::counts(&context.state, &[room.id]).await?;
    let inside = inside.get(&room.id).copied().unwrap_or_default();
    let invited = match context.state.mail {
        Some(_) => gone::invited(&context.state, &permit, room.id).await?,
        None => 0,
    };
    Ok((room, Fate { inside, invited }))
}

async fn delete(context: Context, Slug(slug): Slug) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    match change::delete(&context.state, &user, &slug).await {
        Ok(()) => context.done("/", Some("room_deleted")).await,
        Err(error) => context.problem(&error),
    }
}
