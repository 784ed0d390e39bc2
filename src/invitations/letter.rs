//! What the letters say.

use uuid::Uuid;

use super::model::{Invitation, Status};
use crate::{
    i18n::{self, Lang},
    mail::{Letter, Mailer, Post, Undelivered},
    rooms::{
        calendar::{Event, Itip, Method, Organizer, Person},
        model::Room,
    },
    state::AppState,
    users::{model::User, moment::when},
};

/// What letters say of a room, which may be gone by then.
pub struct About<'a> {
    /// Key.
    pub id: Uuid,
    /// Its name.
    pub name: &'a str,
    /// Where it is, or was.
    pub slug: &'a str,
    /// What phones dial.
    pub pin: Option<&'a str>,
}

impl<'a> From<&'a Room> for About<'a> {
    fn from(room: &'a Room) -> Self {
        Self { id: room.id, name: &room.name, slug: &room.slug, pin: room.pin_code.as_deref() }
    }
}

/// Writes the letter of an invitation as it is now, and sends it.
pub async fn write(
    state: &AppState,
    mailer: &Mailer,
    one: &Invitation,
    room: &About<'_>,
    inviter: Option<&User>,
) -> Result<(), Undelivered> {
    let lang = Lang::from_code(&one.lang).unwrap_or_default();
    let place = state.place();
    let link = format!("{}/{}", state.origin, room.slug);
    let cancelled = one.status == Status::Cancelled;
    let who = inviter.filter(|user| user.full_name.is_some() || user.email.is_some()).map(User::display_name);
    let who = who.as_deref().unwrap_or(place);
    let time = one.time().map(|time| {
        let zone = time.zone.replace('_', " ");
        i18n::mail::invitation_when(lang, time.minutes(), when(lang, time.from, &time.zone), zone)
    });
    let (subject, lead) = said(lang, one, who, room.name);
    let phone = room.pin.map(|pin| i18n::mail::invitation_phone(lang, grouped(pin)));
    let unknown = i18n::mail::invitation_unknown(lang, who);
    let after: Vec<&str> = match cancelled {
        true => Vec::new(),
        false => [Some(i18n::mail::invitation_note(lang)), phone.as_deref(), Some(unknown.as_str())]
            .into_iter()
            .flatten()
            .collect(),
    };
    let greeting = match &one.name {
        Some(name) => i18n::mail::greeting(lang, name),
        None => i18n::mail::greeting_plain(lang).to_owned(),
    };
    let facts: Vec<&str> = time.as_deref().into_iter().collect();
    let letter = Letter {
        lang,
        subject: &subject,
        greeting: &greeting,
        lead: &lead,
        facts: &facts,
        message: if cancelled { "" } else { &one.message },
        button: if cancelled { "" } else { i18n::mail::invitation_button(lang) },
        url: &link,
        after: &after,
        place,
        name: state.settings.instance.name.as_str(),
        accent: &state.settings.instance.accent(),
    };
    // Answers go to a person whose address it is known to be.
    let known = inviter.filter(|user| user.email_verified_at.is_some());
    let reply_to = known.and_then(|user| Some((user.full_name.as_deref(), user.email.as_deref()?)));
    let (our_name, ours) = mailer.sender();
    // To calendars it is the same person through all changes, whatever becomes of the account.
    let organizer = match one.organizer.as_deref() {
        Some(email) => Person { name: inviter.and_then(|user| user.full_name.as_deref()), email },
        None => Person { name: our_name, email: ours },
    };
    let organizer = Organizer { who: organizer, sent_by: ours };
    let calendar = for_calendars(state, one, room, &link, organizer);
    let calendar = calendar.as_ref().map(|(method, text)| (method.as_str(), text.as_str()));
    mailer.post(&Post { letter: &letter, to: &one.email, name: one.name.as_deref(), reply_to, calendar }).await
}

/// Subject, and what it is about.
fn said(lang: Lang, one: &Invitation, who: &str, room: &str) -> (String, String) {
    use i18n::mail;
    match (one.status, one.sequence) {
        (Status::Cancelled, _) => (mail::cancelled_subject(lang, room), mail::cancelled_lead(lang, who, room)),
        (_, 1..) => (mail::moved_subject(lang, room), mail::moved_lead(lang, who, room)),
        _ => (mail::invitation_subject(lang, who, room), mail::invitation_lead(lang, who, room)),
    }
}

fn for_calendars(
    state: &AppState,
    one: &Invitation,
    room: &About<'_>,
    link: &str,
    organizer: Organizer<'_>,
) -> Option<(Method, String)> {
    let time = one.time()?;
    let lang = Lang::from_code(&one.lang).unwrap_or_default();
    let join = format!("{}\n{link}", i18n::rooms::text_join(lang));
    let text = if one.message.is_empty() { join } else { format!("{}\n\n{join}", one.message) };
    let event =
        Event { room: room.id, name: room.name.to_owned(), link: link.to_owned(), from: time.from, to: time.to, text };
    let method = if one.status == Status::Cancelled { Method::Cancel } else { Method::Request };
    let itip = Itip {
        method,
        uid: &format!("{}@visavis", one.batch_id),
        sequence: one.sequence,
        event: &event,
        organizer,
        attendee: Person { name: one.name.as_deref(), email: &one.email },
    };
    Some((method, itip.text(state.clock.now())))
}

/// A PIN as people say it: "123 456 7890".
fn grouped(pin: &str) -> String {
    match (pin.get(..3), pin.get(3..6), pin.get(6..)) {
        (Some(a), Some(b), Some(c)) if !c.is_empty() => format!("{a} {b} {c}"),
        _ => pin.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_said_in_groups() {
        for (pin, said) in [("1234567890", "123 456 7890"), ("123456", "123456"), ("12", "12"), ("", "")] {
            assert_eq!(grouped(pin), said);
        }
    }
}
