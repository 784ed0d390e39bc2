//! One's own e-mail address: confirmed, or changed, by a link that is sent to it.
//!
//! Whether an address already has an account is not told before whoever asks has shown that mail to it reaches them.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tower_sessions::Session;
use uuid::Uuid;

use super::{
    address_store as store,
    model::{Email, User},
    service,
};
use crate::{
    db::{Conn, is_unique_violation},
    error::{Error, Result},
    i18n::{self, Lang},
    jobs::{self, Handlers},
    mail::Letter,
    sessions::{mine::forget_links, service::show_owner},
    state::AppState,
};

/// The job that writes and sends the mail.
const KIND: &str = "mail.confirm_address";
/// Mails that one account may ask for within [`WINDOW`].
const MOST: u64 = 5;
const WINDOW: Duration = Duration::from_secs(60 * 60);
/// How long the link in the mail can be used.
const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// What the job is given: no address, no token.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    change: Uuid,
    lang: String,
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Sends a link to the address that somebody wants to have, or has and wants to confirm. The last one asked for counts.
///
/// Errors: `NotFound`: no mail here, or the address is the identity provider's; field `email`; those of [`show_owner`].
pub async fn ask(
    state: &AppState,
    user: &User,
    session: &Session,
    email: &str,
    current: String,
    lang: Lang,
) -> Result<()> {
    if state.mail.is_none() || user.sub.is_some() {
        return Err(Error::NotFound);
    }
    let email = Email::try_from(email).map_err(|code| Error::field("email", code))?;
    state.cache.limit(&format!("mail-address:{}", user.id), MOST, WINDOW).await?;
    // Who has the address has the account, by a link: a session left open must not be enough.
    show_owner(state, user, session, current).await?;
    let now = state.clock.now();
    let change = state.random.uuid();
    let mut tx = state.db.begin().await?;
    store::replace(&mut tx.conn(), change, user.id, email.as_str(), now, now + LIFETIME).await?;
    let payload = Payload { change, lang: lang.code().to_owned() };
    jobs::enqueue(&mut tx.conn(), &state.random, &state.clock, KIND, &payload, now).await?;
    tx.commit().await?;
    state.jobs.ring();
    Ok(())
}

/// The address that a link would confirm for this account, without using it up. `NotFound`: spent, old, or somebody else's.
pub async fn peek(state: &AppState, user: &User, token: &str) -> Result<String> {
    let mut lent = state.db.lend().await?;
    let found = store::by_token(&mut lent.conn(), &hash(token), user.id, state.clock.now()).await?;
    found.ok_or(Error::NotFound)
}

/// Makes the address the account's, shown to be theirs. Errors: `NotFound` as above; `email_taken`.
pub async fn confirm(state: &AppState, user: &User, token: &str) -> Result<()> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let email = store::take(&mut tx.conn(), &hash(token), user.id, now).await?.ok_or(Error::NotFound)?;
    let email = Email::try_from(email.as_str()).map_err(|code| Error::field("email", code))?;
    match store::set_email(&mut tx.conn(), user.id, &email, now).await {
        Err(error) if is_unique_violation(&error) => return Err(Error::Conflict("email_taken")),
        result => result?,
    }
    // Links that went to the address before must not open the account any more.
    forget_links(&mut tx.conn(), user.id).await?;
    tx.commit().await?;
    tracing::info!(user.id = %user.id, "Account {} confirmed its address", user.id);
    Ok(())
}

/// Deletes what nobody opened in time.
pub async fn sweep(state: &AppState) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::sweep(&mut lent.conn(), state.clock.now()).await?)
}

/// Notes that a mail to the account's address arrived, inside the caller's transaction.
pub async fn arrived(conn: &mut Conn<'_>, user: &User, now: DateTime<Utc>) -> Result<()> {
    Ok(store::set_verified(conn, user.id, now).await?)
}

/// Adds the handler of this job.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    handlers.of(KIND, state, deliver)
}

/// Makes the link and sends it; repeating it makes the one before useless.
async fn deliver(state: AppState, asked: Payload) -> Result<()> {
    let Some(mailer) = &state.mail else { return Ok(()) };
    let token = URL_SAFE_NO_PAD.encode(state.random.bytes::<32>());
    let mut lent = state.db.lend().await?;
    let now = state.clock.now();
    let Some(change) = store::set_token(&mut lent.conn(), asked.change, &hash(&token), now).await? else {
        return Ok(());
    };
    drop(lent);
    let Some(user) = service::active(&state, change.user_id).await? else { return Ok(()) };
    let lang = user.lang().or_else(|| Lang::from_code(&asked.lang)).unwrap_or_default();
    let (place, name) = (state.place(), user.display_name());
    let letter = Letter {
        lang,
        subject: &i18n::mail::address_subject(lang, place),
        greeting: &i18n::mail::greeting(lang, &name),
        lead: &i18n::mail::address_lead(lang, place),
        facts: &[],
        message: "",
        button: i18n::mail::address_button(lang),
        url: &format!("{}/account/email/{token}", state.origin),
        after: &[i18n::mail::address_day(lang), i18n::mail::address_not_you(lang)],
        place,
        name: state.settings.instance.name.as_str(),
        accent: &state.settings.instance.accent(),
    };
    mailer.send(&letter, &change.email, user.full_name.as_deref()).await
}
