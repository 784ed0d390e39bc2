//! A sign-in link by e-mail. Whoever asks learns nothing: the answer and the work are the same whether the address has an account
//! or not, and the link itself is made only when the mail is written.

use std::{net::IpAddr, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::link;
use crate::{
    error::{Error, Result},
    i18n::{self, Lang},
    jobs::{self, Handlers},
    mail::Letter,
    state::AppState,
    users::{self, model::Email},
    web::remote::network,
};

/// The job that writes and sends the mail.
const KIND: &str = "mail.sign_in_link";
/// Mails to one address within [`WINDOW`].
const PER_ADDRESS: u64 = 3;
/// Mails that one sender may ask for.
const PER_SENDER: u64 = 20;
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// A mail that could not be sent for so long is no longer what anybody waits for.
const STALE: TimeDelta = TimeDelta::minutes(30);

/// What the job is given: no address, no token.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    /// Of nobody: it was asked for an address that has no account.
    user: Option<Uuid>,
    lang: String,
    asked_at: DateTime<Utc>,
}

/// Asks for a link. Errors: `NotFound`: no mail here; field `email` (unreadable); `RateLimited`, whoever the address belongs to.
pub async fn ask(state: &AppState, email: &str, from: IpAddr, lang: Lang) -> Result<()> {
    if state.mail.is_none() {
        return Err(Error::NotFound);
    }
    let email = Email::try_from(email).map_err(|code| Error::field("email", code))?;
    let keys =
        [(format!("mail-link:{}", network(from)), PER_SENDER), (format!("mail-link:{}", email.folded()), PER_ADDRESS)];
    for (key, most) in keys {
        state.cache.limit(&key, most, WINDOW).await?;
    }
    let user = match users::service::by_email(state, &email).await {
        Ok(user) => Some(user.id),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let now = state.clock.now();
    let payload = Payload { user, lang: lang.code().to_owned(), asked_at: now };
    let mut tx = state.db.begin().await?;
    jobs::enqueue(&mut tx.conn(), &state.random, &state.clock, KIND, &payload, now).await?;
    tx.commit().await?;
    state.jobs.ring();
    Ok(())
}

/// Adds the handler of this job.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    handlers.of(KIND, state, deliver)
}

/// Makes the link and sends it. Repeating it makes another one, which is no harm: both are for the same person.
async fn deliver(state: AppState, asked: Payload) -> Result<()> {
    let (Some(mailer), Some(id)) = (&state.mail, asked.user) else { return Ok(()) };
    if state.clock.now() - asked.asked_at > STALE {
        return Ok(());
    }
    let Some(user) = users::service::active(&state, id).await? else { return Ok(()) };
    let Some(to) = &user.email else { return Ok(()) };
    let lang = user.lang().or_else(|| Lang::from_code(&asked.lang)).unwrap_or_default();
    let token = link::issue_mailed(&state, user.id).await?;
    let (place, name) = (state.place(), user.display_name());
    let letter = Letter {
        lang,
        subject: &i18n::mail::link_subject(lang, place),
        greeting: &i18n::mail::greeting(lang, &name),
        lead: &i18n::mail::link_lead(lang, place),
        facts: &[],
        message: "",
        button: i18n::mail::link_button(lang),
        url: &format!("{}/link/{token}", state.origin),
        after: &[i18n::mail::link_once(lang), i18n::mail::link_not_you(lang)],
        place,
        name: state.settings.instance.name.as_str(),
        accent: &state.settings.instance.accent(),
    };
    mailer.send(&letter, to, user.full_name.as_deref()).await
}
