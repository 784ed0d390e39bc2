//! Signing in and out.

use std::{
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tower_sessions::Session;

use super::{model::UNNOTED, store, tower};
use crate::{
    error::{Error, Result},
    state::AppState,
    users::{self, model::Email, model::User},
};

/// Session key under which the signed-in account's id stands.
pub const USER: &str = "user";
/// Session key under which its last noted use stands, in seconds.
const SEEN: &str = "seen";

/// Wrong passwords that one account may meet, from anywhere, within [`WINDOW`].
const PER_ACCOUNT: u64 = 20;
/// Wrong passwords that one account may meet from one address.
const PER_ACCOUNT_AND_ADDRESS: u64 = 5;
/// Attempts that one address may make on any account.
const PER_ADDRESS: u64 = 60;
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Signs in by password. The answer is the same, after the same work, whether the address has an account or not.
///
/// Errors: field `email` (unreadable), `password_or_email_wrong` (conflict), `RateLimited`. The throttle counts only failures,
/// and is tighter for one address than for the account as a whole, so that a stranger who guesses does not lock its owner out
/// at once.
pub async fn with_password(state: &AppState, email: &str, password: &str, from: IpAddr) -> Result<User> {
    let email = Email::try_from(email).map_err(|code| Error::field("email", code))?;
    let folded = email.folded();
    let from = network(from);
    // The address first: one that tries too much must not go on filling the cache with accounts that it invents, or it would
    // push its own counts out.
    let keys = [
        (format!("sign-in:{from}"), PER_ADDRESS),
        (format!("sign-in:{folded}:{from}"), PER_ACCOUNT_AND_ADDRESS),
        (format!("sign-in:{folded}"), PER_ACCOUNT),
    ];
    // Counted before the check, or many requests at once would all be let through.
    for (index, (key, most)) in keys.iter().enumerate() {
        let (count, retry_after) = state.cache.count(key, WINDOW).await;
        if count > *most {
            for (key, _) in &keys[..=index] {
                state.cache.uncount(key).await;
            }
            return Err(Error::RateLimited { retry_after });
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

/// What counts as one address: of IPv6 the first half, because whoever has one address there has all that share it.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) & (u128::MAX << 64))),
    }
}

/// Notes that this session is in use, now and then: by this it lives on.
pub async fn note_use(session: &Session, now: DateTime<Utc>) -> Result<()> {
    let seen: Option<i64> = session.get(SEEN).await?;
    if seen.is_none_or(|seen| now.timestamp() - seen >= UNNOTED.num_seconds()) {
        session.insert(SEEN, now.timestamp()).await?;
    }
    Ok(())
}

/// Ends every other session of this account: whoever changes a password wants others out.
pub async fn end_others(state: &AppState, session: &Session, user: &User) -> Result<()> {
    let kept = session.id().map(|id| tower::hash(&id)).unwrap_or_default();
    let mut lent = state.db.lend().await?;
    Ok(store::delete_others(&mut lent.conn(), user.id, &kept).await?)
}

/// Turns this browser's session into one of `user`. The id changes, so that one planted before does not become a way in.
pub async fn begin(session: &Session, user: &User) -> Result<()> {
    session.cycle_id().await?;
    session.insert(USER, user.id).await?;
    Ok(())
}

/// Ends this browser's session.
pub async fn end(session: &Session) -> Result<()> {
    Ok(session.flush().await?)
}

/// Deletes sessions and links that are over.
pub async fn sweep(state: &AppState) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::sweep(&mut lent.conn(), state.clock.now()).await?)
}
