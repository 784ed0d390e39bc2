//! Signing in and out.

use std::{net::IpAddr, time::Duration};

use tower_sessions::Session;

use super::store;
use crate::{
    error::{Error, Result},
    state::AppState,
    users::{self, model::Email, model::User},
};

/// Session key under which the signed-in account's id stands.
pub const USER: &str = "user";

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
    let keys = [
        (format!("sign-in:{folded}:{from}"), PER_ACCOUNT_AND_ADDRESS),
        (format!("sign-in:{folded}"), PER_ACCOUNT),
        (format!("sign-in:{from}"), PER_ADDRESS),
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

/// Turns this browser's session into one of `user`. The id changes, so that one planted before does not become a way in.
pub async fn begin(session: &Session, user: &User) -> Result<()> {
    session.cycle_id().await.map_err(anyhow::Error::from)?;
    session.insert(USER, user.id).await.map_err(anyhow::Error::from)?;
    Ok(())
}

/// Ends this browser's session.
pub async fn end(session: &Session) -> Result<()> {
    Ok(session.flush().await.map_err(anyhow::Error::from)?)
}

/// Deletes sessions and links that are over.
pub async fn sweep(state: &AppState) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::sweep(&mut lent.conn(), state.clock.now()).await?)
}
