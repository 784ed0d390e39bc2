//! Shows the page.

use axum::response::Response;
use uuid::Uuid;
use visavis::{
    error::{Error, Result as Outcome},
    guest_links::{self, model::Listed},
    i18n::invitations as words,
    invitations::{
        model::Status,
        service::{self, Batch},
    },
    rooms::model::Room,
    users::timezone::wall,
    web::extract::Params,
};

use super::view::{Invitations, InvitationsProps};
use crate::pages::{context::Context, slug::Slug};

/// What the page shows.
struct Loaded {
    room: Room,
    batches: Vec<Batch>,
    links: Vec<Listed>,
    /// A link that was just made, whole.
    made: Option<String>,
    zone: String,
}

/// The page. `change`: the meeting whose time is to be changed; `made`: the guest link that is to be shown, once.
pub async fn show(context: Context, Slug(slug): Slug, params: Params) -> Response {
    let Loaded { room, batches, links, made, zone } = match load(&context, &slug, &params).await {
        Ok(loaded) => loaded,
        Err(error) => return context.problem(&error),
    };
    let (lang, now, mut form) = (context.lang(), context.state.clock.now(), context.form().await);
    let change = params.get("change").and_then(|text| Uuid::try_parse(text).ok());
    let change = batches.iter().find(|batch| Some(batch.id) == change && may_change(batch)).cloned();
    let begins = change.as_ref().and_then(|batch| batch.time.clone());
    let mut fill = |field: &str, value: String| {
        form.values.entry(field.to_owned()).or_insert(value);
    };
    fill("language", lang.code().to_owned());
    fill("minutes", begins.as_ref().map_or(60, |time| time.minutes()).to_string());
    fill("zone", begins.as_ref().map_or_else(|| zone.clone(), |time| time.zone.clone()));
    if let Some(time) = &begins {
        let there = wall(time.from, &time.zone);
        let (date, clock) = ((there.year, there.month, there.day), (there.hour, there.minute));
        fill("at", format!("{:04}-{:02}-{:02}T{:02}:{:02}", date.0, date.1, date.2, clock.0, clock.1));
    }
    fill("days", "7".to_owned());
    let mail = context.state.mail.is_some();
    let title = words::title(lang, &room.name);
    context.show(title, move || {
        Invitations(InvitationsProps { lang, form, room, mail, batches, change, links, made, zone, now })
    })
}

/// A meeting whose time somebody can still be told.
fn may_change(batch: &Batch) -> bool {
    batch.time.is_some() && batch.invitations.iter().any(|one| one.status != Status::Cancelled)
}

async fn load(context: &Context, slug: &str, params: &Params) -> Outcome<Loaded> {
    let state = &context.state;
    let user = context.viewer.user.as_ref().ok_or(Error::Unauthorized)?;
    let (room, permit) = service::hosted(state, user, slug).await?;
    let made = match params.get("made") {
        Some(id) => guest_links::service::shown(state, user, id).await,
        None => None,
    };
    Ok(Loaded {
        batches: service::list(state, &permit, room.id).await?,
        links: guest_links::service::list(state, &permit, room.id).await?,
        made: made.map(|token| format!("{}/{}/g/{token}", context.origin, room.slug)),
        zone: user.timezone.clone(),
        room,
    })
}
