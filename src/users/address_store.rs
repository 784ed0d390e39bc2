//! The table of addresses that wait to be confirmed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::Email;
use crate::{db::Conn, on_db};

/// One that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Change {
    /// Whose it is to be.
    pub user_id: Uuid,
    /// The address.
    pub email: String,
}

/// Lets an account wait for this address, and for no other.
pub async fn replace(
    conn: &mut Conn<'_>,
    id: Uuid,
    user_id: Uuid,
    email: &str,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO email_changes (id, user_id, email, created_at, expires_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (user_id) DO UPDATE SET id = $1, email = $3, token_hash = NULL, created_at = $4, expires_at = $5";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(user_id).bind(email).bind(now).bind(expires_at).execute(c).await.map(drop))
}

/// Gives it the token that is about to be sent; `None`: nobody waits for it any more.
pub async fn set_token(
    conn: &mut Conn<'_>,
    id: Uuid,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Change>> {
    const SQL: &str =
        "UPDATE email_changes SET token_hash = $2 WHERE id = $1 AND expires_at > $3 RETURNING user_id, email";
    on_db!(conn, c => sqlx::query_as(SQL).bind(id).bind(token_hash).bind(now).fetch_optional(c).await)
}

/// The address of a token, if it is this account's.
pub async fn by_token(
    conn: &mut Conn<'_>,
    token_hash: &[u8],
    user_id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<String>> {
    const SQL: &str = "SELECT email FROM email_changes WHERE token_hash = $1 AND user_id = $2 AND expires_at > $3";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(token_hash).bind(user_id).bind(now).fetch_optional(c).await)
}

/// The same, used up.
pub async fn take(
    conn: &mut Conn<'_>,
    token_hash: &[u8],
    user_id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<String>> {
    const SQL: &str =
        "DELETE FROM email_changes WHERE token_hash = $1 AND user_id = $2 AND expires_at > $3 RETURNING email";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(token_hash).bind(user_id).bind(now).fetch_optional(c).await)
}

/// Sets a confirmed address.
pub async fn set_email(conn: &mut Conn<'_>, user_id: Uuid, email: &Email, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE users SET email = $2, email_folded = $3, email_verified_at = $4, updated_at = $4 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(user_id).bind(email.as_str()).bind(email.folded()).bind(now).execute(c).await.map(drop))
}

/// Notes that a mail to the address arrived.
pub async fn set_verified(conn: &mut Conn<'_>, user_id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE users SET email_verified_at = $2, updated_at = $2 WHERE id = $1 AND email_verified_at IS NULL";
    on_db!(conn, c => sqlx::query(SQL).bind(user_id).bind(now).execute(c).await.map(drop))
}

/// Deletes what nobody opened in time.
pub async fn sweep(conn: &mut Conn<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM email_changes WHERE expires_at <= $1").bind(now).execute(c).await.map(drop))
}
