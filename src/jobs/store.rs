//! The table of jobs.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use crate::{db::Conn, on_db};

/// One piece of follow-up work.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Job {
    /// Key.
    pub id: Uuid,
    /// Which handler serves it.
    pub kind: String,
    /// What the handler is given.
    pub payload: Json<Value>,
    /// How often it was begun, this time included.
    pub attempts: i32,
}

pub async fn insert(
    conn: &mut Conn<'_>,
    id: Uuid,
    kind: &str,
    payload: Value,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str =
        "INSERT INTO jobs (id, kind, payload, run_at, attempts, created_at) VALUES ($1, $2, $3, $4, 0, $5)";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(kind).bind(Json(payload)).bind(run_at).bind(now).execute(c).await.map(drop))
}

/// Claims the job that is due longest. The outer condition repeats the inner one: on PostgreSQL a second worker waits for the
/// row and must then see that it is taken.
pub async fn claim(conn: &mut Conn<'_>, now: DateTime<Utc>, until: DateTime<Utc>) -> sqlx::Result<Option<Job>> {
    const SQL: &str = "UPDATE jobs SET claimed_until = $2, attempts = attempts + 1 \
        WHERE id = (SELECT id FROM jobs WHERE run_at <= $1 AND failed_at IS NULL \
            AND (claimed_until IS NULL OR claimed_until <= $1) ORDER BY run_at, id LIMIT 1) \
        AND failed_at IS NULL AND (claimed_until IS NULL OR claimed_until <= $1) \
        RETURNING id, kind, payload, attempts";
    on_db!(conn, c => sqlx::query_as(SQL).bind(now).bind(until).fetch_optional(c).await)
}

// The three outcomes below name the attempt that they end. A worker whose claim ran out meanwhile then changes nothing: the job is
// another's by now.

/// It worked.
pub async fn done(conn: &mut Conn<'_>, id: Uuid, attempt: i32) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM jobs WHERE id = $1 AND attempts = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(attempt).execute(c).await.map(drop))
}

/// It is due again later: because it failed, or because it recurs, which is one row for ever. Attempts go on counting, so that each
/// has a number of its own.
pub async fn again(
    conn: &mut Conn<'_>,
    id: Uuid,
    attempt: i32,
    run_at: DateTime<Utc>,
    error: Option<&str>,
) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE jobs SET claimed_until = NULL, run_at = $3, last_error = $4 WHERE id = $1 AND attempts = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(attempt).bind(run_at).bind(error).execute(c).await.map(drop))
}

/// It is kept as failed.
pub async fn give_up(conn: &mut Conn<'_>, id: Uuid, attempt: i32, now: DateTime<Utc>, error: &str) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE jobs SET claimed_until = NULL, failed_at = $3, last_error = $4 WHERE id = $1 AND attempts = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(attempt).bind(now).bind(error).execute(c).await.map(drop))
}

/// It was cut off through no fault of its own: as if it had not been claimed.
pub async fn give_back(conn: &mut Conn<'_>, id: Uuid, attempt: i32) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE jobs SET claimed_until = NULL, attempts = attempts - 1 WHERE id = $1 AND attempts = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(attempt).execute(c).await.map(drop))
}

/// Adds a job whose id stands for its kind, or wakes it if it was given up.
pub async fn insert_once(conn: &mut Conn<'_>, id: Uuid, kind: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO jobs (id, kind, payload, run_at, attempts, created_at) VALUES ($1, $2, $3, $4, 0, $4) \
        ON CONFLICT (id) DO UPDATE SET run_at = $4, attempts = 0, failed_at = NULL WHERE jobs.failed_at IS NOT NULL";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(kind).bind(Json(Value::Null)).bind(now).execute(c).await.map(drop))
}

/// Whether a job of this kind waits or runs.
pub async fn pending(conn: &mut Conn<'_>, kind: &str) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM jobs WHERE kind = $1 AND failed_at IS NULL";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(kind).fetch_one(c).await)?;
    Ok(count > 0)
}

/// How much work there is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Count {
    /// Not begun, or to be tried again.
    pub waiting: i64,
    /// Claimed by a worker.
    pub running: i64,
    /// Given up.
    pub failed: i64,
    /// Since when the job that is due longest has been due.
    pub due_since: Option<DateTime<Utc>>,
}

/// Counts jobs by state.
pub async fn count(conn: &mut Conn<'_>, now: DateTime<Utc>) -> sqlx::Result<Count> {
    const SQL: &str = "SELECT \
        COUNT(CASE WHEN failed_at IS NULL AND (claimed_until IS NULL OR claimed_until <= $1) THEN 1 END) AS waiting, \
        COUNT(CASE WHEN failed_at IS NULL AND claimed_until > $1 THEN 1 END) AS running, \
        COUNT(failed_at) AS failed, \
        MIN(CASE WHEN failed_at IS NULL AND run_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1) THEN run_at END) AS due_since \
        FROM jobs";
    on_db!(conn, c => sqlx::query_as(SQL).bind(now).fetch_one(c).await)
}
