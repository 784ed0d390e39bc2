//! The tables of meetings, stays and what LiveKit has told.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{
    mine::Line,
    model::{Meeting, Stay},
};
use crate::{
    db::{Conn, places},
    on_db,
    rooms::permissions::{Enter, Permit, ReadLog, Update},
};

/// Remembers a webhook's event; whether it is the first time.
pub async fn hear(conn: &mut Conn<'_>, id: &str, now: DateTime<Utc>) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO webhook_events (id, received_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(now).execute(c).await.map(|done| done.rows_affected() > 0))
}

/// A meeting.
pub async fn meeting(conn: &mut Conn<'_>, room_sid: &str) -> sqlx::Result<Option<Meeting>> {
    const SQL: &str = "SELECT * FROM meetings WHERE room_sid = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room_sid).fetch_optional(c).await)
}

/// Adds a meeting, or writes what became of it.
pub async fn put_meeting(conn: &mut Conn<'_>, meeting: &Meeting) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO meetings (room_sid, room_id, started_at, finished_at, missing_since) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (room_sid) DO UPDATE SET started_at = excluded.started_at, \
        finished_at = excluded.finished_at, missing_since = excluded.missing_since";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(&meeting.room_sid).bind(meeting.room_id).bind(meeting.started_at).bind(meeting.finished_at)
        .bind(meeting.missing_since)
        .execute(c).await.map(drop))
}

/// A stay.
pub async fn stay(conn: &mut Conn<'_>, room: Uuid, participant_sid: &str) -> sqlx::Result<Option<Stay>> {
    const SQL: &str = "SELECT * FROM presences WHERE room_id = $1 AND participant_sid = $2";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(participant_sid).fetch_optional(c).await)
}

/// Adds a stay, or writes when it began and ended.
pub async fn put_stay(conn: &mut Conn<'_>, stay: &Stay) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO presences (room_id, participant_sid, room_sid, identity, name, kind, device, user_id, joined_at, left_at, told) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (room_id, participant_sid) DO UPDATE SET \
        room_sid = excluded.room_sid, joined_at = excluded.joined_at, left_at = excluded.left_at, name = excluded.name";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(stay.room_id).bind(&stay.participant_sid).bind(&stay.room_sid).bind(&stay.identity).bind(&stay.name)
        .bind(stay.kind.as_str()).bind(&stay.device).bind(stay.user_id).bind(stay.joined_at).bind(stay.left_at)
        .bind(stay.told)
        .execute(c).await.map(drop))
}

/// Ends every stay of a meeting that is not over by then; how many.
pub async fn end_stays(conn: &mut Conn<'_>, room: Uuid, room_sid: &str, at: DateTime<Utc>) -> sqlx::Result<u64> {
    const SQL: &str = "UPDATE presences SET left_at = CASE WHEN joined_at > $3 THEN joined_at ELSE $3 END \
        WHERE room_id = $1 AND room_sid = $2 AND (left_at IS NULL OR (left_at > $3 AND left_at > joined_at))";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(room_sid).bind(at).execute(c).await.map(|done| done.rows_affected()))
}

/// Whether somebody who runs meetings in this room is in it now.
pub async fn host_is_here(conn: &mut Conn<'_>, room: Uuid) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM presences JOIN room_accesses \
        ON room_accesses.room_id = presences.room_id AND room_accesses.user_id = presences.user_id \
        WHERE presences.room_id = $1 AND presences.left_at IS NULL \
        AND room_accesses.role IN ('owner', 'administrator')";
    const COHOSTS: &str = "SELECT COUNT(*) FROM presences JOIN room_cohosts \
        ON room_cohosts.room_id = presences.room_id AND room_cohosts.user_id = presences.user_id \
        WHERE presences.room_id = $1 AND presences.left_at IS NULL";
    for sql in [SQL, COHOSTS] {
        let count: i64 = on_db!(&mut *conn, c => sqlx::query_scalar(sql).bind(room).fetch_one(c).await)?;
        if count > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The stays of somebody in a room, under the identities that they have on this browser.
pub async fn stays_like(conn: &mut Conn<'_>, room: Uuid, subject: &str, device: &str) -> sqlx::Result<Vec<Stay>> {
    const SQL: &str = "SELECT * FROM presences WHERE room_id = $1 AND (identity = $2 OR identity = $3)";
    let ours = format!("{subject}~{device}");
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(subject).bind(&ours).fetch_all(c).await)
}

/// The last stay under an identity in a meeting of a room that is not over.
pub async fn last_stay(conn: &mut Conn<'_>, room: Uuid, identity: &str) -> sqlx::Result<Option<Stay>> {
    const SQL: &str = "SELECT presences.* FROM presences JOIN meetings ON meetings.room_sid = presences.room_sid \
        WHERE presences.room_id = $1 AND presences.identity = $2 AND meetings.finished_at IS NULL \
        ORDER BY presences.joined_at DESC, presences.participant_sid LIMIT 1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(identity).fetch_optional(c).await)
}

/// How many places of a room are others' now: of those inside, and of those who were let in a moment ago. `own`: subject and browser.
pub async fn taken(
    conn: &mut Conn<'_>,
    room: Uuid,
    (subject, device): (&str, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM (SELECT identity FROM presences WHERE room_id = $1 AND left_at IS NULL \
        AND kind NOT IN ('agent', 'egress') UNION SELECT identity FROM room_places WHERE room_id = $1 AND until > $2) AS places \
        WHERE identity <> $3 AND identity <> $4";
    let ours = format!("{subject}~{device}");
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).bind(now).bind(subject).bind(&ours).fetch_one(c).await)
}

/// Keeps a place for somebody who was let in until then.
pub async fn keep_place(
    conn: &mut Conn<'_>,
    _permit: &Permit<Enter>,
    room: Uuid,
    identity: &str,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_places (room_id, identity, until) VALUES ($1, $2, $3) \
        ON CONFLICT (room_id, identity) DO UPDATE SET until = excluded.until";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(identity).bind(until).execute(c).await.map(drop))
}

/// Deletes places that are kept no longer.
pub async fn sweep_places(conn: &mut Conn<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM room_places WHERE until <= $1").bind(now).execute(c).await.map(drop))
}

/// How many people are in each of these rooms now; rooms without any are left out. Somebody who just reloaded is one.
pub async fn counts(conn: &mut Conn<'_>, rooms: &[Uuid]) -> sqlx::Result<Vec<(Uuid, i64)>> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT room_id, COUNT(DISTINCT identity) FROM presences WHERE room_id IN ({}) AND left_at IS NULL \
         AND kind NOT IN ('agent', 'egress') GROUP BY room_id",
        places(0, rooms.len())
    );
    on_db!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        rooms.iter().fold(query, |query, id| query.bind(id)).fetch_all(c).await
    })
}

/// Everything that is in a room now, longest first.
pub async fn here(conn: &mut Conn<'_>, _permit: &Permit<Enter>, room: Uuid) -> sqlx::Result<Vec<Stay>> {
    const SQL: &str =
        "SELECT * FROM presences WHERE room_id = $1 AND left_at IS NULL ORDER BY joined_at, participant_sid";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await)
}

/// A meeting's part in what is believed to be so now.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// The room.
    pub room_id: Uuid,
    /// The session of the room.
    pub room_sid: String,
    /// How many people are believed to be in it.
    pub people: i64,
}

/// Every meeting that is not over.
pub async fn open_meetings(conn: &mut Conn<'_>) -> sqlx::Result<Vec<Meeting>> {
    const SQL: &str = "SELECT * FROM meetings WHERE finished_at IS NULL ORDER BY room_id, started_at";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}

/// Every session of a room in which anybody, or anything, is believed to be.
pub async fn open_sessions(conn: &mut Conn<'_>) -> sqlx::Result<Vec<Session>> {
    const SQL: &str = "SELECT room_id, room_sid, \
        COUNT(DISTINCT CASE WHEN kind NOT IN ('agent', 'egress') THEN identity END) AS people \
        FROM presences WHERE left_at IS NULL GROUP BY room_id, room_sid";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}

/// Every stay of a session, and whatever else is believed to be in the room.
pub async fn stays_around(conn: &mut Conn<'_>, room: Uuid, room_sid: &str) -> sqlx::Result<Vec<Stay>> {
    const SQL: &str = "SELECT * FROM presences WHERE room_id = $1 AND (room_sid = $2 OR left_at IS NULL)";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(room_sid).fetch_all(c).await)
}

/// Deletes what is over: events that LiveKit no longer repeats, stays of which nobody was told a day later, the others at `kept`.
pub async fn sweep(
    conn: &mut Conn<'_>,
    heard: DateTime<Utc>,
    day: DateTime<Utc>,
    kept: DateTime<Utc>,
) -> sqlx::Result<()> {
    const EVENTS: &str = "DELETE FROM webhook_events WHERE received_at < $1";
    const STAYS: &str = "DELETE FROM presences WHERE left_at < $1 AND (told = $3 OR left_at < $2 \
        OR room_id IN (SELECT id FROM rooms WHERE attendance = $3))";
    on_db!(&mut *conn, c => sqlx::query(EVENTS).bind(heard).execute(c).await.map(drop))?;
    on_db!(conn, c => sqlx::query(STAYS).bind(day).bind(kept).bind(false).execute(c).await.map(drop))
}

/// Who was in a room and was told that hosts can see it, the oldest first.
pub async fn told(conn: &mut Conn<'_>, _permit: &Permit<Update>, room: Uuid) -> sqlx::Result<Vec<Stay>> {
    const SQL: &str = "SELECT * FROM presences WHERE room_id = $1 AND told = $2 ORDER BY joined_at, participant_sid";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(true).fetch_all(c).await)
}

/// What those were called of whom it is still kept that they were in a room, with their identities; the latest last.
pub async fn names(conn: &mut Conn<'_>, _permit: &Permit<ReadLog>, room: Uuid) -> sqlx::Result<Vec<(String, String)>> {
    const SQL: &str = "SELECT identity, name FROM presences WHERE room_id = $1 ORDER BY joined_at, participant_sid";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await)
}

/// Sets whether hosts may see afterwards who was in a room.
pub async fn set_attendance(
    conn: &mut Conn<'_>,
    _permit: &Permit<Update>,
    room: Uuid,
    on: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE rooms SET attendance = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(on).bind(now).execute(c).await.map(drop))
}

/// The rooms that an account is in now.
pub async fn rooms_with(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<Vec<Uuid>> {
    const SQL: &str = "SELECT DISTINCT room_id FROM presences WHERE user_id = $1 AND left_at IS NULL";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(user).fetch_all(c).await)
}

/// An account's stays, the oldest first.
pub async fn stays_of(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<Vec<Stay>> {
    const SQL: &str = "SELECT * FROM presences WHERE user_id = $1 ORDER BY joined_at, participant_sid";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user).fetch_all(c).await)
}

/// Deletes an account's stays that are over. Who is in a room just now stays there, as somebody without an account.
pub async fn delete_stays_of(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM presences WHERE user_id = $1 AND left_at IS NOT NULL";
    on_db!(conn, c => sqlx::query(SQL).bind(user).execute(c).await.map(drop))
}

/// The rooms somebody has a role in, each with its last meeting.
pub async fn lines_of(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<Vec<Line>> {
    const SQL: &str = "SELECT rooms.id, rooms.name, rooms.slug, rooms.created_at, last.started_at, last.finished_at \
        FROM room_accesses JOIN rooms ON rooms.id = room_accesses.room_id LEFT JOIN meetings AS last ON last.room_sid = \
        (SELECT room_sid FROM meetings WHERE meetings.room_id = rooms.id ORDER BY started_at DESC, room_sid LIMIT 1) \
        WHERE room_accesses.user_id = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user).fetch_all(c).await)
}
