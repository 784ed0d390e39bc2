//! Shows the invitation.

use axum::response::Response;
use visavis::{
    error::Error,
    i18n::rooms as words,
    rooms::{calendar, permissions, service},
    web::{extract::Params, remote::Remote},
};

use super::{
    room, text,
    view::{Calendar, Invite, InviteProps},
    when::Typed,
};
use crate::{
    pages::{context::Context, slug::Slug},
    ui::FormState,
};

/// The page; the time is part of its address, so that nothing has to be kept of it.
pub async fn show(context: Context, from: Remote, Slug(slug): Slug, params: Params) -> Response {
    let (room, permit) = match room(&context, from, &slug).await {
        Ok(found) => found,
        Err(error) => return context.problem(&error),
    };
    let (lang, user) = (context.lang(), context.viewer.user.as_ref());
    let hosted = match service::who(&context.state, &room, user).await {
        Ok(who) => permissions::update(who).is_ok(),
        Err(error) => return context.problem(&error),
    };
    let typed = Typed::of(&params, user.map(|user| user.timezone.as_str()), context.state.clock.now());
    let link = format!("{}/{}", context.origin, room.slug);
    let event = typed.asked.then(|| typed.event(lang, &permit, &room, &context.origin));
    let mut form = FormState::default();
    let mut chosen = None;
    match event {
        Some(Ok(event)) => {
            chosen = Some(Calendar {
                when: typed.words(lang, &event),
                file: format!("/{}/meeting.ics{}", room.slug, typed.query()),
                google: calendar::google(&event),
                outlook: calendar::outlook(&event),
            });
        }
        Some(Err(Error::Invalid(fields))) => {
            form.errors = fields.into_iter().map(|wrong| (wrong.field.into_owned(), wrong.code.to_owned())).collect();
        }
        _ => {}
    }
    form.values = [("at", &typed.at), ("minutes", &typed.minutes), ("zone", &typed.zone)]
        .map(|(field, value)| (field.to_owned(), value.clone()))
        .into();
    let text = text::words(lang, &room.name, &link, chosen.as_ref().map(|chosen| chosen.when.as_str()));
    let title = words::invite_title(lang, &room.name);
    context.show(title, move || Invite(InviteProps { lang, form, room, hosted, link, text, chosen }))
}
