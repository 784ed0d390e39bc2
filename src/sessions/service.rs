//! Signing in and out.

use std::{net::IpAddr, time::Duration};

use chrono::{DateTime, Utc};
use tower_sessions::Session;

use super::{
    agent::Agent,
    mine,
    model::{FRESH, UNNOTED},
    store,
};
use crate::{
    error::{Error, Result},
    state::AppState,
    users::{self, model::Email, model::User},
    web::remote::network,
};

/// Session key under which the signed-in account's id stands.
pub const USER: &str = "user";
/// Session key under which its last noted use stands, in seconds.
const SEEN: &str = "seen";
/// Session key under which the device stands.
pub(super) const AGENT: &str = "agent";
/// Session key under which the moment of signing in stands, in seconds.
const SINCE: &str = "since";

/// Wrong passwords that one account may meet, from anywhere, within [`WINDOW`].
const PER_ACCOUNT: u64 = 20;
/// Wrong passwords that one account may meet from one address.
const PER_ACCOUNT_AND_ADDRESS: u64 = 5;
/// Attempts that one address may make on any account.
const PER_ADDRESS: u64 = 60;
/// Wrong passwords that a browser may send for an account that it signed in to before. They count for nobody else, and nobody
/// else's for it: a storm of guesses from elsewhere does not shut the owner out of their own device.
const PER_KNOWN_DEVICE: u64 = 10;
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Who tries to sign in, as far as the throttle must know.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The address it comes from.
    pub address: IpAddr,
    /// The cookie that a browser keeps once it signed in ([`crate::web::known`]).
    pub known: Option<String>,
}

impl From<IpAddr> for Sender {
    fn from(address: IpAddr) -> Self {
        Self { address, known: None }
    }
}

/// Signs in by password. The answer is the same, after the same work, whether the address has an account or not.
///
/// Errors: field `email` (unreadable), `password_or_email_wrong` (conflict), `RateLimited`. The throttle counts only failures,
/// and is tighter for one address than for the account as a whole, so that a stranger who guesses does not lock its owner out
/// at once.
pub async fn with_password(
    state: &AppState,
    email: &str,
    password: &str,
    from: impl Into<Sender> + Send,
) -> Result<User> {
    let email = Email::try_from(email).map_err(|code| Error::field("email", code))?;
    let keys = throttles(state, &email.folded(), &from.into());
    // Counted before the check, or many requests at once would all be let through.
    for (index, (key, most)) in keys.iter().enumerate() {
        if let Err(limited) = state.cache.limit(key, *most, WINDOW).await {
            for (key, _) in &keys[..=index] {
                state.cache.uncount(key).await;
            }
            return Err(limited);
        }
    }
    let user = match users::service::by_email(state, &email).await {
        Ok(user) => Some(user),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let hash = user.as_ref().filter(|user| user.is_active).and_then(|user| user.password_hash.clone());
    let right = state.passwords.verify(password.to_owned(), hash).await?;
    match user {
        Some(user) if right => {
            for (key, _) in &keys {
                state.cache.uncount(key).await;
            }
            tracing::info!(user.id = %user.id, "Signed in user {} by password", user.id);
            Ok(user)
        }
        _ => Err(Error::Conflict("password_or_email_wrong")),
    }
}

/// What an attempt counts against, and how much of it is too much.
fn throttles(state: &AppState, folded: &str, from: &Sender) -> Vec<(String, u64)> {
    if let Some(nonce) = from.known.as_deref().and_then(|cookie| state.keys.verify_known(cookie, folded)) {
        return vec![(format!("sign-in:known:{nonce}"), PER_KNOWN_DEVICE)];
    }
    let from = network(from.address);
    // The address first: one that tries too much must not go on filling the cache with accounts that it invents, or it would
    // push its own counts out.
    vec![
        (format!("sign-in:{from}"), PER_ADDRESS),
        (format!("sign-in:{folded}:{from}"), PER_ACCOUNT_AND_ADDRESS),
        (format!("sign-in:{folded}"), PER_ACCOUNT),
    ]
}

/// Notes that this session is in use, now and then: by this it lives on.
pub async fn note_use(session: &Session, now: DateTime<Utc>) -> Result<()> {
    let seen: Option<i64> = session.get(SEEN).await?;
    if seen.is_none_or(|seen| now.timestamp() - seen >= UNNOTED.num_seconds()) {
        session.insert(SEEN, now.timestamp()).await?;
    }
    Ok(())
}

/// Ends every other session of this account.
pub async fn end_others(state: &AppState, session: &Session, user: &User) -> Result<()> {
    let mut tx = state.db.begin().await?;
    mine::forget_others(&mut tx.conn(), user.id, Some(session)).await?;
    Ok(tx.commit().await?)
}

/// Turns this browser's session into one of `user`. The id changes, so that one planted before does not become a way in.
pub async fn begin(session: &Session, user: &User, agent: &Agent, now: DateTime<Utc>) -> Result<()> {
    session.cycle_id().await?;
    session.insert(USER, user.id).await?;
    session.insert(AGENT, agent).await?;
    session.insert(SINCE, now.timestamp()).await?;
    Ok(())
}

/// Whether whoever holds this session has just shown that the account is theirs.
pub async fn is_fresh(session: &Session, now: DateTime<Utc>) -> Result<bool> {
    let since: Option<i64> = session.get(SINCE).await?;
    Ok(since.is_some_and(|since| now.timestamp() - since < FRESH.num_seconds()))
}

/// Makes sure that whoever sits here is the account's owner: by the password, or, without one, by a fresh sign-in.
/// Errors: field `current` (`password_wrong`); `sign_in_again`; `RateLimited`.
pub async fn show_owner(state: &AppState, user: &User, session: &Session, current: String) -> Result<()> {
    if user.password_hash.is_some() {
        return users::service::show_password(state, user, current).await;
    }
    if is_fresh(session, state.clock.now()).await? { Ok(()) } else { Err(Error::Conflict("sign_in_again")) }
}

/// Ends this browser's session.
pub async fn end(session: &Session) -> Result<()> {
    Ok(session.flush().await?)
}

/// Deletes sessions and links that are over.
pub async fn sweep(state: &AppState) -> Result<()> {
    let mut lent = state.db.lend().await?;
    store::sweep(&mut lent.conn(), state.clock.now()).await?;
    drop(lent);
    users::address::sweep(state).await
}
