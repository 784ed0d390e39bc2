//! The tables of sessions and links.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::types::Json;
use uuid::Uuid;

use super::model::{LONGEST_LIFETIME, Link};
use crate::{db::Conn, on_db};

/// A stored session.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    pub data: Json<Map<String, Value>>,
    pub expires_at: DateTime<Utc>,
}

/// A session as its owner sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Place {
    pub id_hash: Vec<u8>,
    pub data: Json<Map<String, Value>>,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
}

/// Adds a session.
pub async fn insert(
    conn: &mut Conn<'_>,
    id_hash: &[u8],
    user_id: Option<Uuid>,
    data: Map<String, Value>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO sessions (id_hash, user_id, data, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)";
    on_db!(conn, c => sqlx::query(SQL).bind(id_hash).bind(user_id).bind(Json(data)).bind(now).bind(expires_at).execute(c).await.map(drop))
}

/// Replaces what a session holds. One that ended meanwhile stays ended: a slow request must not undo a signing out.
pub async fn update(
    conn: &mut Conn<'_>,
    id_hash: &[u8],
    user_id: Option<Uuid>,
    data: Map<String, Value>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE sessions SET user_id = $2, data = $3, last_seen_at = $4, expires_at = $5 WHERE id_hash = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id_hash).bind(user_id).bind(Json(data)).bind(now).bind(expires_at).execute(c).await.map(drop))
}

/// Ends every session of an account but one; how many.
pub async fn delete_others(conn: &mut Conn<'_>, user_id: Uuid, kept: &[u8]) -> sqlx::Result<u64> {
    const SQL: &str = "DELETE FROM sessions WHERE user_id = $1 AND id_hash <> $2";
    on_db!(conn, c => sqlx::query(SQL).bind(user_id).bind(kept).execute(c).await.map(|done| done.rows_affected()))
}

/// Ends one session of an account; whether there was one.
pub async fn delete_one(conn: &mut Conn<'_>, user_id: Uuid, id_hash: &[u8]) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM sessions WHERE user_id = $1 AND id_hash = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(user_id).bind(id_hash).execute(c).await.map(|done| done.rows_affected() > 0))
}

/// The sessions of an account that are not over, the latest used first.
pub async fn of_user(conn: &mut Conn<'_>, user_id: Uuid, now: DateTime<Utc>) -> sqlx::Result<Vec<Place>> {
    const SQL: &str = "SELECT id_hash, data, created_at, last_seen_at FROM sessions \
        WHERE user_id = $1 AND expires_at > $2 AND created_at > $3 ORDER BY last_seen_at DESC, id_hash";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user_id).bind(now).bind(now - LONGEST_LIFETIME).fetch_all(c).await)
}

/// The session of an id, unless it is over: unused for too long, or too old.
pub async fn load(conn: &mut Conn<'_>, id_hash: &[u8], now: DateTime<Utc>) -> sqlx::Result<Option<Row>> {
    const SQL: &str =
        "SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2 AND created_at > $3";
    on_db!(conn, c => sqlx::query_as(SQL).bind(id_hash).bind(now).bind(now - LONGEST_LIFETIME).fetch_optional(c).await)
}

/// How many sessions have not ended.
pub async fn count(conn: &mut Conn<'_>, now: DateTime<Utc>) -> sqlx::Result<i64> {
    on_db!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM sessions WHERE expires_at > $1").bind(now).fetch_one(c).await)
}

pub async fn delete(conn: &mut Conn<'_>, id_hash: &[u8]) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM sessions WHERE id_hash = $1").bind(id_hash).execute(c).await.map(drop))
}

pub async fn insert_link(
    conn: &mut Conn<'_>,
    token_hash: &[u8],
    user_id: Option<Uuid>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO sign_in_links (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    on_db!(conn, c => sqlx::query(SQL).bind(token_hash).bind(user_id).bind(now).bind(expires_at).execute(c).await.map(drop))
}

pub async fn link(conn: &mut Conn<'_>, token_hash: &[u8]) -> sqlx::Result<Option<Link>> {
    const SQL: &str = "SELECT user_id, expires_at, used_at FROM sign_in_links WHERE token_hash = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(token_hash).fetch_optional(c).await)
}

/// Uses a link up, if it still can be: of two requests at once one gets it.
pub async fn use_link(conn: &mut Conn<'_>, token_hash: &[u8], now: DateTime<Utc>) -> sqlx::Result<Option<Link>> {
    const SQL: &str = "UPDATE sign_in_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 \
        RETURNING user_id, expires_at, used_at";
    on_db!(conn, c => sqlx::query_as(SQL).bind(token_hash).bind(now).fetch_optional(c).await)
}

/// Kills every first-administrator link that was made before.
pub async fn drop_admin_links(conn: &mut Conn<'_>) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM sign_in_links WHERE user_id IS NULL").execute(c).await.map(drop))
}

/// Kills every link that would sign somebody in.
pub async fn drop_links_of(conn: &mut Conn<'_>, user_id: Uuid) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM sign_in_links WHERE user_id = $1").bind(user_id).execute(c).await.map(drop))
}

/// Deletes what is over at `now`.
pub async fn sweep(conn: &mut Conn<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SESSIONS: &str = "DELETE FROM sessions WHERE expires_at <= $1 OR created_at <= $2";
    on_db!(conn, c => sqlx::query(SESSIONS).bind(now).bind(now - LONGEST_LIFETIME).execute(c).await.map(drop))?;
    on_db!(conn, c => sqlx::query("DELETE FROM sign_in_links WHERE expires_at <= $1").bind(now).execute(c).await.map(drop))
}
