//! The table of accounts.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{model::User, profile::Profile};
use crate::{
    db::{Conn, places},
    on_db,
};

/// Adds an account.
pub async fn insert(conn: &mut Conn<'_>, user: &User) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO users (id, sub, email, email_folded, full_name, short_name, language, timezone, password_hash, \
        is_admin, is_active, default_room_access_level, default_room_configuration, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)";
    let folded = user.folded_email();
    on_db!(conn, c => sqlx::query(SQL)
        .bind(user.id).bind(&user.sub).bind(&user.email).bind(folded).bind(&user.full_name).bind(&user.short_name)
        .bind(&user.language).bind(&user.timezone).bind(&user.password_hash).bind(user.is_admin).bind(user.is_active)
        .bind(&user.default_room_access_level).bind(&user.default_room_configuration).bind(user.created_at)
        .execute(c).await.map(drop))
}

/// The account of a key.
pub async fn by_id(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<User>> {
    on_db!(conn, c => sqlx::query_as("SELECT * FROM users WHERE id = $1").bind(id).fetch_optional(c).await)
}

/// The accounts of these keys, in any order.
pub async fn by_ids(conn: &mut Conn<'_>, ids: &[Uuid]) -> sqlx::Result<Vec<User>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT * FROM users WHERE id IN ({})", places(0, ids.len()));
    on_db!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        ids.iter().fold(query, |query, id| query.bind(id)).fetch_all(c).await
    })
}

/// The account made here for an address (folded).
pub async fn local_by_email(conn: &mut Conn<'_>, folded: &str) -> sqlx::Result<Option<User>> {
    const SQL: &str = "SELECT * FROM users WHERE email_folded = $1 AND sub IS NULL";
    on_db!(conn, c => sqlx::query_as(SQL).bind(folded).fetch_optional(c).await)
}

/// The account that LiveKit knows by this subject ([`User::subject`]).
pub async fn by_subject(conn: &mut Conn<'_>, subject: &str) -> sqlx::Result<Option<User>> {
    let id = Uuid::try_parse(subject).ok();
    const SQL: &str = "SELECT * FROM users WHERE sub = $1 OR (sub IS NULL AND id = $2) ORDER BY sub IS NULL LIMIT 1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(subject).bind(id).fetch_optional(c).await)
}

/// The active account of an address (folded): one made here before one that a provider vouches for, of those the newest.
pub async fn active_by_email(conn: &mut Conn<'_>, folded: &str) -> sqlx::Result<Option<User>> {
    const SQL: &str = "SELECT * FROM users WHERE email_folded = $1 AND is_active = $2 \
        ORDER BY CASE WHEN sub IS NULL THEN 0 ELSE 1 END, created_at DESC, id LIMIT 1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(folded).bind(true).fetch_optional(c).await)
}

/// Whether anyone runs this instance.
pub async fn has_admin(conn: &mut Conn<'_>) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM users WHERE is_admin AND is_active";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Sets the password.
pub async fn set_password(conn: &mut Conn<'_>, id: Uuid, hash: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(hash).bind(now).execute(c).await.map(drop))
}

/// The account of a key, locked until the transaction ends.
pub async fn locked(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<User>> {
    const SQL: &str = "UPDATE users SET updated_at = updated_at WHERE id = $1 RETURNING *";
    on_db!(conn, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await)
}

/// Sets what the REST API lets people change.
pub async fn set_preferences(conn: &mut Conn<'_>, user: &User) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET timezone = $2, language = $3, default_room_access_level = $4, \
        default_room_configuration = $5, updated_at = $6 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(user.id).bind(&user.timezone).bind(&user.language).bind(&user.default_room_access_level)
        .bind(&user.default_room_configuration).bind(user.updated_at)
        .execute(c).await.map(drop))
}

/// How many accounts there are; `part`: a pattern for the address.
pub async fn count(conn: &mut Conn<'_>, part: &Option<String>) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM users WHERE CAST($1 AS TEXT) IS NULL OR email_folded LIKE $1 ESCAPE '\\'";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(part).fetch_one(c).await)
}

/// A page of them, newest first.
pub async fn page(conn: &mut Conn<'_>, part: &Option<String>, limit: i64, offset: i64) -> sqlx::Result<Vec<User>> {
    const SQL: &str = "SELECT * FROM users WHERE CAST($1 AS TEXT) IS NULL OR email_folded LIKE $1 ESCAPE '\\' \
        ORDER BY created_at DESC, id LIMIT $2 OFFSET $3";
    on_db!(conn, c => sqlx::query_as(SQL).bind(part).bind(limit).bind(offset).fetch_all(c).await)
}

/// Sets everything that somebody decides about themselves.
pub async fn set_profile(conn: &mut Conn<'_>, id: Uuid, profile: &Profile, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE users SET full_name = $2, language = $3, timezone = $4, theme = $5, updated_at = $6 WHERE id = $1";
    let language = profile.language.map(crate::i18n::Lang::code);
    on_db!(conn, c => sqlx::query(SQL)
        .bind(id).bind(&profile.name).bind(language).bind(&profile.timezone).bind(profile.theme).bind(now)
        .execute(c).await.map(drop))
}

/// Sets the name.
pub async fn set_name(conn: &mut Conn<'_>, id: Uuid, name: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET full_name = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(name).bind(now).execute(c).await.map(drop))
}

/// Sets the language.
pub async fn set_language(
    conn: &mut Conn<'_>,
    id: Uuid,
    language: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET language = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(language).bind(now).execute(c).await.map(drop))
}

/// Sets the theme.
pub async fn set_theme(conn: &mut Conn<'_>, id: Uuid, theme: Option<&str>, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET theme = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(theme).bind(now).execute(c).await.map(drop))
}

/// Every account, by address and key.
pub async fn all(conn: &mut Conn<'_>) -> sqlx::Result<Vec<User>> {
    const SQL: &str = "SELECT * FROM users ORDER BY email_folded, id";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}

/// Sets whether an account runs the instance.
pub async fn set_admin(conn: &mut Conn<'_>, id: Uuid, admin: bool, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET is_admin = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(admin).bind(now).execute(c).await.map(drop))
}

/// Sets whether an account may sign in.
pub async fn set_active(conn: &mut Conn<'_>, id: Uuid, active: bool, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET is_active = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(active).bind(now).execute(c).await.map(drop))
}
