//! Does one thing.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;
use visavis::{
    error::{Error, FieldError, Result as Outcome},
    guest_links::{self, model::New as NewLink},
    i18n::Lang,
    invitations::{
        list,
        model::{MOST, New, Time, message},
        service,
    },
    rooms::model::Room,
    users::model::User,
};

use crate::pages::{context::Context, form::Form, slug::Slug};

/// What was pressed, and what it is about.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// `send`, `again`, `take-back`, `move`, `cancel`, `make-link`, `revoke`.
    r#do: String,
    addresses: String,
    message: String,
    language: String,
    at: String,
    minutes: String,
    zone: String,
    /// An invitation, a meeting or a link, by its key.
    which: String,
    link_name: String,
    days: String,
    uses: String,
    may_pass: Option<String>,
}

/// Where to go then, and what is said there.
type Done = (String, Option<&'static str>);

/// Does it; what was wrong is said beside it.
pub async fn act(context: Context, Slug(slug): Slug, Form(typed): Form<Typed>) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let room = match service::hosted(&context.state, &user, &slug).await {
        Ok((room, _)) => room,
        Err(error) => return context.problem(&error),
    };
    match perform(&context, &user, &room, &typed).await {
        Ok((to, notice)) => context.done(&to, notice).await,
        Err(error) => {
            let here = format!("/{}/invitations", room.slug);
            let wrong = list::read(&typed.addresses).wrong.join(", ");
            let time = [("at", typed.at.as_str()), ("minutes", &typed.minutes), ("zone", &typed.zone)];
            let (to, kept) = match typed.r#do.as_str() {
                "send" => {
                    let text = [("addresses", typed.addresses.as_str()), ("message", &typed.message)];
                    let rest = [("wrong", wrong.as_str()), ("language", &typed.language)];
                    (here, text.into_iter().chain(rest).chain(time).collect())
                }
                "move" => match Uuid::try_parse(&typed.which) {
                    Ok(which) => (format!("{here}?change={which}"), time.to_vec()),
                    Err(_) => (here, Vec::new()),
                },
                "make-link" => (
                    format!("{here}#links"),
                    vec![
                        ("link_name", typed.link_name.as_str()),
                        ("days", &typed.days),
                        ("uses", &typed.uses),
                        ("waits", if typed.may_pass.is_some() { "" } else { "on" }),
                    ],
                ),
                _ => (here, Vec::new()),
            };
            context.failed(error, &kept, &to).await
        }
    }
}

async fn perform(context: &Context, user: &User, room: &Room, typed: &Typed) -> Outcome<Done> {
    let (state, here) = (&context.state, format!("/{}/invitations", room.slug));
    let which = Uuid::try_parse(&typed.which).map_err(|_| Error::NotFound);
    match typed.r#do.as_str() {
        "send" => {
            let new = read(typed, context)?;
            service::invite(state, user, room.id, new).await?;
            Ok((here, Some("invitations_sent")))
        }
        "again" => {
            service::again(state, user, room.id, which?).await?;
            Ok((here, Some("invitation_again")))
        }
        "take-back" => {
            service::take_back(state, user, room.id, which?).await?;
            Ok((here, Some("invitation_taken_back")))
        }
        "move" => {
            let time = Time::parse(&typed.at, &typed.minutes, &typed.zone, state.clock.now())?;
            service::change_time(state, user, room.id, which?, &time).await?;
            Ok((here, Some("meeting_moved")))
        }
        "cancel" => {
            service::cancel(state, user, room.id, which?).await?;
            Ok((here, Some("meeting_cancelled")))
        }
        "make-link" => {
            let new = NewLink::parse(&typed.link_name, typed.may_pass.is_some(), &typed.days, &typed.uses)?;
            let id = guest_links::service::make(state, user, room.id, new).await?;
            Ok((format!("{here}?made={id}#links"), None))
        }
        "revoke" => {
            guest_links::service::revoke(state, user, room.id, which?).await?;
            Ok((here, Some("guest_link_revoked")))
        }
        _ => Err(Error::NotFound),
    }
}

/// The invitations that were typed; every wrong field at once.
fn read(typed: &Typed, context: &Context) -> Outcome<New> {
    let mut wrong = Vec::new();
    let read = list::read(&typed.addresses);
    match (read.to.len(), read.wrong.is_empty()) {
        (_, false) => wrong.push(FieldError::new("addresses", "address_list_invalid")),
        (0, true) => wrong.push(FieldError::new("addresses", "addresses_required")),
        (many, true) if many > MOST => wrong.push(FieldError::new("addresses", "addresses_too_many")),
        _ => {}
    }
    let message = message(&typed.message).map_err(|code| wrong.push(FieldError::new("message", code)));
    let lang = Lang::from_code(&typed.language);
    if lang.is_none() {
        wrong.push(FieldError::new("language", "language_unknown"));
    }
    let time = match typed.at.trim() {
        "" => None,
        at => match Time::parse(at, &typed.minutes, &typed.zone, context.state.clock.now()) {
            Ok(time) => Some(time),
            Err(Error::Invalid(fields)) => {
                wrong.extend(fields);
                None
            }
            Err(other) => return Err(other),
        },
    };
    match (message, lang) {
        (Ok(message), Some(lang)) if wrong.is_empty() => Ok(New { to: read.to, message, lang, time }),
        _ => Err(Error::Invalid(wrong)),
    }
}
