//! One-time links: made by an administrator at the terminal, later by mail.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{model::LINK_LIFETIME, store};
use crate::{
    error::{Error, Result},
    state::AppState,
    users::{
        self,
        model::User,
        service::{NewUser, create},
    },
};

/// What a link is for, as the page shows it before anything is consumed.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// Signs this person in.
    SignIn(Box<User>),
    /// Makes the first administrator.
    FirstAdmin,
}

/// Begins the tokens that went out by mail. Only the hash of a whole token is kept, so nobody can put it before another. When an
/// address changes, all links that went to the one before die: such a token always belongs to the present one.
const MAILED: &str = "mail-";

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Makes a link for somebody, or, without one, for the first administrator; the token is told this once.
pub async fn issue(state: &AppState, user_id: Option<Uuid>) -> Result<String> {
    insert(state, user_id, URL_SAFE_NO_PAD.encode(state.random.bytes::<32>())).await
}

/// Makes a link that is about to be sent to somebody's address: whoever opens it shows that mail to it arrives.
pub async fn issue_mailed(state: &AppState, user_id: Uuid) -> Result<String> {
    insert(state, Some(user_id), format!("{MAILED}{}", URL_SAFE_NO_PAD.encode(state.random.bytes::<32>()))).await
}

async fn insert(state: &AppState, user_id: Option<Uuid>, token: String) -> Result<String> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    if user_id.is_none() {
        store::drop_admin_links(&mut tx.conn()).await?;
    }
    store::insert_link(&mut tx.conn(), &hash(&token), user_id, now, now + LINK_LIFETIME).await?;
    tx.commit().await?;
    Ok(token)
}

/// The first-administrator link of this start; `None` once there is an administrator.
pub async fn first_admin(state: &AppState) -> Result<Option<String>> {
    let has_admin = users::store::has_admin(&mut state.db.lend().await?.conn()).await?;
    if has_admin { Ok(None) } else { issue(state, None).await.map(Some) }
}

/// What a link is for, without using it up. `NotFound`: spent, old, or never made.
pub async fn peek(state: &AppState, token: &str) -> Result<Purpose> {
    let mut lent = state.db.lend().await?;
    let link = store::link(&mut lent.conn(), &hash(token)).await?;
    let link = link.filter(|link| link.usable(state.clock.now())).ok_or(Error::NotFound)?;
    drop(lent);
    match link.user_id {
        Some(id) => {
            users::service::active(state, id).await?.map(|user| Purpose::SignIn(Box::new(user))).ok_or(Error::NotFound)
        }
        None => Ok(Purpose::FirstAdmin),
    }
}

/// Uses a sign-in link up. `NotFound`: spent, old, never made, or the account is no longer active.
pub async fn consume(state: &AppState, token: &str) -> Result<User> {
    let mut tx = state.db.begin().await?;
    let link = store::use_link(&mut tx.conn(), &hash(token), state.clock.now()).await?.ok_or(Error::NotFound)?;
    let id = link.user_id.ok_or(Error::NotFound)?;
    let user = users::store::by_id(&mut tx.conn(), id).await?.filter(|user| user.is_active).ok_or(Error::NotFound)?;
    if token.starts_with(MAILED) {
        users::address::arrived(&mut tx.conn(), &user, state.clock.now()).await?;
    }
    tx.commit().await?;
    tracing::info!(user.id = %user.id, "Signed in user {} by link", user.id);
    Ok(user)
}

/// Uses a first-administrator link up and makes the account. A wrong field leaves the link usable.
pub async fn consume_first_admin(
    state: &AppState,
    token: &str,
    email: &str,
    name: &str,
    password: &str,
) -> Result<User> {
    // Before the work of hashing, which strangers must not be able to ask for.
    if !matches!(peek(state, token).await?, Purpose::FirstAdmin) {
        return Err(Error::NotFound);
    }
    let new = NewUser::parse(email, name, true)?;
    let hashed = if password.is_empty() { None } else { Some(state.passwords.hash(password.to_owned()).await?) };
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let link = store::use_link(&mut tx.conn(), &hash(token), now).await?.ok_or(Error::NotFound)?;
    if link.user_id.is_some() || users::store::has_admin(&mut tx.conn()).await? {
        return Err(Error::NotFound);
    }
    let user = create(state, &mut tx.conn(), new).await?;
    if let Some(hashed) = hashed {
        users::store::set_password(&mut tx.conn(), user.id, &hashed, now).await?;
    }
    tx.commit().await?;
    tracing::info!(user.id = %user.id, "Made user {} the first administrator", user.id);
    Ok(user)
}
