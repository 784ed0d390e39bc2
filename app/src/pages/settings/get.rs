//! Shows the settings.

use axum::response::Response;
use visavis::{
    error::{Error, Result as Outcome},
    i18n::rooms as words,
    moderation::{self, removed},
    rooms::{
        accesses::people,
        links,
        model::{Role, Room},
        permissions, service,
    },
};

use super::{
    people::Row,
    removed::Out,
    view::{Settings, SettingsProps},
};
use crate::pages::{context::Context, slug::Slug};

/// What the page shows.
struct Loaded {
    room: Room,
    rows: Vec<Row>,
    out: Vec<Out>,
    roles: Vec<Role>,
    former: Vec<String>,
    owned: bool,
}

/// The page.
pub async fn show(context: Context, Slug(slug): Slug) -> Response {
    let Loaded { room, rows, out, roles, former, owned } = match load(&context, &slug).await {
        Ok(loaded) => loaded,
        Err(error) => return context.problem(&error),
    };
    let (lang, form) = (context.lang(), context.form().await);
    let base = context.origin.clone();
    let link = format!("{base}/{}", room.slug);
    let title = words::settings_of(lang, &room.name);
    context
        .show(title, move || Settings(SettingsProps { lang, form, room, link, former, base, rows, out, roles, owned }))
}

async fn load(context: &Context, slug: &str) -> Outcome<Loaded> {
    let state = &context.state;
    let user = context.viewer.user.as_ref().ok_or(Error::Unauthorized)?;
    let room = service::find(state, slug).await?;
    let who = service::who(state, &room, Some(user)).await?;
    let former = links::former(state, &permissions::update(who)?, &room).await?;
    let permit = permissions::see_accesses(who)?;
    let people = people::list(state, &permit, room.id, user, who).await?;
    let moderated = moderation::of(state, user, &room.id.to_string()).await?;
    let out = removed::all(state, &moderated).await?;
    let given = [Role::Member, Role::Administrator, Role::Owner];
    Ok(Loaded {
        out: out.into_iter().map(|one| Out::of(context.lang(), one, &user.timezone)).collect(),
        rows: people
            .into_iter()
            .map(|one| (one.access.user_id == user.id, one))
            .map(|(own, one)| Row::of(one, own))
            .collect(),
        roles: given.into_iter().filter(|role| permissions::add_access(who, *role).is_ok()).collect(),
        former,
        owned: permissions::delete(who).is_ok(),
        room,
    })
}
