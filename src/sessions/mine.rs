//! Where somebody is signed in: looked at, and ended.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::Serialize;
use tower_sessions::Session;
use uuid::Uuid;

use super::{agent::Agent, service::AGENT, store, tower};
use crate::{
    db::Conn,
    error::{Error, Result},
    state::AppState,
};

/// One place where somebody is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// Names it; opens nothing: it is the hash of what the browser holds.
    pub key: String,
    /// The device.
    pub device: Agent,
    /// When it was signed in.
    pub since: DateTime<Utc>,
    /// When it was last used, to five minutes.
    pub last_seen: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// Whether a session that began some time ago is still there, for answers that take long.
pub async fn lasts(state: &AppState, session: &Session) -> Result<bool> {
    let Some(id) = session.id() else { return Ok(false) };
    let mut lent = state.db.lend().await?;
    Ok(store::load(&mut lent.conn(), &tower::hash(&id), state.clock.now()).await?.is_some())
}

/// Where this account is signed in, the latest used first. `session`: the one that asks.
pub async fn places(state: &AppState, user_id: Uuid, session: Option<&Session>) -> Result<Vec<Place>> {
    let own = session.and_then(Session::id).map(|id| tower::hash(&id));
    let mut lent = state.db.lend().await?;
    let rows = store::of_user(&mut lent.conn(), user_id, state.clock.now()).await?;
    let place = |row: store::Place| Place {
        key: URL_SAFE_NO_PAD.encode(&row.id_hash),
        device: row.data.0.get(AGENT).and_then(|kept| serde_json::from_value(kept.clone()).ok()).unwrap_or_default(),
        since: row.created_at,
        last_seen: row.last_seen_at,
        here: own.is_some_and(|own| own[..] == row.id_hash[..]),
    };
    Ok(rows.into_iter().map(place).collect())
}

/// Ends one session of this account. `NotFound`: it is over, or somebody else's.
pub async fn end_one(state: &AppState, user_id: Uuid, key: &str) -> Result<()> {
    let hash = URL_SAFE_NO_PAD.decode(key).map_err(|_| Error::NotFound)?;
    let mut lent = state.db.lend().await?;
    if store::delete_one(&mut lent.conn(), user_id, &hash).await? { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends every session of this account; how many there were.
pub async fn end_all(state: &AppState, user_id: Uuid) -> Result<u64> {
    let mut lent = state.db.lend().await?;
    Ok(store::delete_others(&mut lent.conn(), user_id, &[]).await?)
}

/// Kills every link that would sign somebody in, inside the caller's transaction.
pub async fn forget_links(conn: &mut Conn<'_>, user_id: Uuid) -> Result<()> {
    Ok(store::drop_links_of(conn, user_id).await?)
}

/// Ends every session of an account but `kept`, and every link that would begin one, inside the caller's transaction: one in a
/// mailbox that somebody else reads would bring them back in.
pub async fn forget_others(conn: &mut Conn<'_>, user_id: Uuid, kept: Option<&Session>) -> Result<()> {
    let kept = kept.and_then(Session::id).map(|id| tower::hash(&id)).unwrap_or_default();
    store::delete_others(conn, user_id, &kept).await?;
    forget_links(conn, user_id).await
}
