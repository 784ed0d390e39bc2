//! The tables of the lobby.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::model::{Entry, KEPT, REMEMBERED};
use crate::{
    db::{Conn, places},
    on_db,
    rooms::permissions::{Decide, Moderate, Permit},
};

/// How many rows one statement touches.
const ROWS: usize = 500;

/// What is stored of a browser that asked.
pub async fn find(conn: &mut Conn<'_>, room: Uuid, participant: Uuid) -> sqlx::Result<Option<Entry>> {
    const SQL: &str = "SELECT * FROM lobby_entries WHERE room_id = $1 AND participant_id = $2";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(participant).fetch_optional(c).await)
}

/// Everybody of a room, in the order in which they asked.
pub async fn all(conn: &mut Conn<'_>, room: Uuid) -> sqlx::Result<Vec<Entry>> {
    const SQL: &str = "SELECT * FROM lobby_entries WHERE room_id = $1 ORDER BY since, participant_id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await)
}

/// How many wait for a decision, seen or not.
pub async fn count_waiting(conn: &mut Conn<'_>, room: Uuid, now: DateTime<Utc>) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM lobby_entries WHERE room_id = $1 AND status = 'waiting' AND until > $2";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).bind(now).fetch_one(c).await)
}

/// Stores somebody who waits, if what was read before still stands there; whether it did.
pub async fn put_waiting(conn: &mut Conn<'_>, before: Option<&Entry>, entry: &Entry) -> sqlx::Result<bool> {
    let Some(before) = before else { return insert(conn, entry).await };
    const SQL: &str = "UPDATE lobby_entries SET user_id = $3, username = $4, status = 'waiting', since = $5, until = $6, \
        refusals = $7, decided_at = NULL, decided_by = NULL \
        WHERE room_id = $1 AND participant_id = $2 AND status = $8 AND since = $9";
    let rows = on_db!(conn, c => sqlx::query(SQL)
        .bind(entry.room_id).bind(entry.participant_id).bind(entry.user_id).bind(&entry.username)
        .bind(entry.since).bind(entry.until).bind(entry.refusals).bind(before.status.as_str()).bind(before.since)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(rows > 0)
}

async fn insert(conn: &mut Conn<'_>, entry: &Entry) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO lobby_entries \
        (room_id, participant_id, user_id, username, status, since, until, refusals, decided_at, decided_by) \
        VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, NULL, NULL) ON CONFLICT DO NOTHING";
    let rows = on_db!(conn, c => sqlx::query(SQL)
        .bind(entry.room_id).bind(entry.participant_id).bind(entry.user_id).bind(&entry.username)
        .bind(entry.since).bind(entry.until).bind(entry.refusals)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(rows > 0)
}

/// Stores a decision, if what was read before still stands there: of several hosts who decide at once one does. Whether it did.
pub async fn put_decision(
    conn: &mut Conn<'_>,
    _permit: &Permit<Decide>,
    before: &Entry,
    entry: &Entry,
) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE lobby_entries SET status = $3, until = $4, refusals = $5, decided_at = $6, decided_by = $7 \
        WHERE room_id = $1 AND participant_id = $2 AND status = $8 AND since = $9";
    let rows = on_db!(conn, c => sqlx::query(SQL)
        .bind(entry.room_id).bind(entry.participant_id).bind(entry.status.as_str()).bind(entry.until)
        .bind(entry.refusals).bind(entry.decided_at).bind(entry.decided_by)
        .bind(before.status.as_str()).bind(before.since)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(rows > 0)
}

/// Forgets what was decided on a browser or an account in a room.
pub async fn forget(
    conn: &mut Conn<'_>,
    _permit: &Permit<Moderate>,
    room: Uuid,
    participant: Option<Uuid>,
    user: Option<Uuid>,
) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM lobby_entries WHERE room_id = $1 AND (participant_id = $2 OR user_id = $3)";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(participant).bind(user).execute(c).await.map(drop))
}

/// Stores somebody whom a host let in beforehand, if what was read before still stands there; whether it did.
pub async fn put_admitted(
    conn: &mut Conn<'_>,
    _permit: &Permit<Decide>,
    before: Option<&Entry>,
    entry: &Entry,
) -> sqlx::Result<bool> {
    const NEW: &str = "INSERT INTO lobby_entries \
        (room_id, participant_id, user_id, username, status, since, until, refusals, decided_at, decided_by) \
        VALUES ($1, $2, $3, $4, 'accepted', $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    const OLD: &str = "UPDATE lobby_entries SET user_id = $3, username = $4, status = 'accepted', since = $5, until = $6, \
        refusals = $7, decided_at = $8, decided_by = $9 \
        WHERE room_id = $1 AND participant_id = $2 AND status = $10 AND since = $11";
    let rows = on_db!(conn, c => {
        let query = sqlx::query(if before.is_some() { OLD } else { NEW })
            .bind(entry.room_id).bind(entry.participant_id).bind(entry.user_id).bind(&entry.username)
            .bind(entry.since).bind(entry.until).bind(entry.refusals).bind(entry.decided_at).bind(entry.decided_by);
        match before {
            Some(before) => query.bind(before.status.as_str()).bind(before.since),
            None => query,
        }.execute(c).await.map(|done| done.rows_affected())
    })?;
    Ok(rows > 0)
}

/// Who waits gives up, or needs to wait no more: what was decided stays. Earlier refusals are remembered, as one that is over.
/// Whether somebody waited.
pub async fn remove_waiting(
    conn: &mut Conn<'_>,
    room: Uuid,
    participant: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    const GONE: &str = "DELETE FROM lobby_entries \
        WHERE room_id = $1 AND participant_id = $2 AND status = 'waiting' AND refusals = 0";
    const LAPSED: &str = "UPDATE lobby_entries SET status = 'denied', until = $3 WHERE room_id = $1 AND participant_id = $2 AND status = 'waiting'";
    let gone = on_db!(&mut *conn, c => sqlx::query(GONE).bind(room).bind(participant).execute(c).await.map(|done| done.rows_affected()))?;
    let lapsed = on_db!(conn, c => sqlx::query(LAPSED).bind(room).bind(participant).bind(now).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(gone + lapsed > 0)
}

/// Lets those who wait count as there until then: they are connected, or were until now. Who gave up does not wait any more because
/// of it.
pub async fn stay(conn: &mut Conn<'_>, room: Uuid, participants: &[Uuid], until: DateTime<Utc>) -> sqlx::Result<()> {
    for some in participants.chunks(ROWS) {
        let sql = format!(
            "UPDATE lobby_entries SET until = $2 WHERE room_id = $1 AND status = 'waiting' AND participant_id IN ({})",
            places(2, some.len())
        );
        on_db!(&mut *conn, c => {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(room).bind(until);
            some.iter().fold(query, |query, id| query.bind(id)).execute(c).await
        }.map(drop))?;
    }
    Ok(())
}

/// The meeting is over: what was decided until then no longer holds. Who waits goes on waiting.
pub async fn end_decisions(conn: &mut Conn<'_>, room: Uuid, until: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM lobby_entries WHERE room_id = $1 AND status <> 'waiting' AND decided_at <= $2";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(until).execute(c).await.map(drop))?;
    const MESSAGE: &str = "DELETE FROM lobby_messages WHERE room_id = $1 AND created_at <= $2";
    on_db!(conn, c => sqlx::query(MESSAGE).bind(room).bind(until).execute(c).await.map(drop))
}

/// What hosts tell those who wait.
pub async fn message(conn: &mut Conn<'_>, room: Uuid) -> sqlx::Result<Option<String>> {
    const SQL: &str = "SELECT text FROM lobby_messages WHERE room_id = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).fetch_optional(c).await)
}

/// Tells those who wait something else; an empty text tells nothing.
pub async fn set_message(
    conn: &mut Conn<'_>,
    _permit: &Permit<Decide>,
    room: Uuid,
    by: Uuid,
    text: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if text.is_empty() {
        const SQL: &str = "DELETE FROM lobby_messages WHERE room_id = $1";
        return on_db!(conn, c => sqlx::query(SQL).bind(room).execute(c).await.map(drop));
    }
    const SQL: &str = "INSERT INTO lobby_messages (room_id, user_id, text, created_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (room_id) DO UPDATE SET user_id = $2, text = $3, created_at = $4";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(by).bind(text).bind(now).execute(c).await.map(drop))
}

/// Deletes what nobody needs any more.
pub async fn sweep(conn: &mut Conn<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM lobby_entries WHERE (status = 'waiting' AND until <= $1 AND (refusals = 0 OR until <= $2)) \
        OR (status = 'denied' AND until <= $2) OR (status = 'accepted' AND until <= $3)";
    let (waiting, denied) = (now - KEPT, now - REMEMBERED);
    on_db!(conn, c => sqlx::query(SQL).bind(waiting).bind(denied).bind(now).execute(c).await.map(drop))
}
