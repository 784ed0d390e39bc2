//! Shows the settings.

use axum::response::Response;
use visavis::{
    error::{Error, Result as Outcome},
    i18n::rooms as words,
    rooms::{
        accesses::people,
        model::{Role, Room},
        permissions, service,
    },
};

use super::{
    people::Row,
    view::{Settings, SettingsProps},
};
use crate::pages::{context::Context, slug::Slug};

/// What the page shows.
struct Loaded {
    room: Room,
    rows: Vec<Row>,
    roles: Vec<Role>,
    owned: bool,
}

/// The page.
pub async fn show(context: Context, Slug(slug): Slug) -> Response {
    let Loaded { room, rows, roles, owned } = match load(&context, &slug).await {
        Ok(loaded) => loaded,
        Err(error) => return context.problem(&error),
    };
    let (lang, form) = (context.lang(), context.form().await);
    let link = format!("{}/{}", context.origin, room.slug);
    let title = words::settings_of(lang, &room.name);
    context.show(title, move || Settings(SettingsProps { lang, form, room, link, rows, roles, owned }))
}

async fn load(context: &Context, slug: &str) -> Outcome<Loaded> {
    let state = &context.state;
    let user = context.viewer.user.as_ref().ok_or(Error::Unauthorized)?;
    let room = service::find(state, slug).await?;
    let who = service::who(state, &room, Some(user)).await?;
    permissions::update(who)?;
    let permit = permissions::see_accesses(who)?;
    let people = people::list(state, &permit, room.id, user, who).await?;
    let given = [Role::Member, Role::Administrator, Role::Owner];
    Ok(Loaded {
        rows: people
            .into_iter()
            .map(|one| (one.access.user_id == user.id, one))
            .map(|(own, one)| Row::of(one, own))
            .collect(),
        roles: given.into_iter().filter(|role| permissions::add_access(who, *role).is_ok()).collect(),
        owned: permissions::delete(who).is_ok(),
        room,
    })
}
