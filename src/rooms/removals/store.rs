//! The table of removals.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{KeptOut, Marks, Removal};
use crate::{
    db::{Conn, places},
    on_db,
    rooms::permissions::{Moderate, Permit, ReadLog},
};

/// In which of these rooms somebody is kept out.
pub async fn among(conn: &mut Conn<'_>, rooms: &[Uuid], marks: &Marks) -> sqlx::Result<Vec<Uuid>> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT room_id FROM room_removals WHERE (subject = $1 OR subject = $2 OR (device = $3 AND device <> '')) AND room_id IN ({})",
        places(3, rooms.len())
    );
    on_db!(conn, c => {
        let query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(&marks.subject).bind(&marks.guest).bind(&marks.device);
        rooms.iter().fold(query, |query, id| query.bind(id)).fetch_all(c).await
    })
}

/// Everybody who is kept out of a room, by subject and browser.
pub async fn kept_out(conn: &mut Conn<'_>, room: Uuid) -> sqlx::Result<KeptOut> {
    const SQL: &str = "SELECT subject, device FROM room_removals WHERE room_id = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await).map(KeptOut)
}

/// Whether somebody is kept out of a room.
pub async fn holds(conn: &mut Conn<'_>, room: Uuid, marks: &Marks) -> sqlx::Result<bool> {
    Ok(!among(conn, &[room], marks).await?.is_empty())
}

/// Keeps somebody out. Who is kept out for good already stays so.
pub async fn put(conn: &mut Conn<'_>, _permit: &Permit<Moderate>, removal: &Removal) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_removals (id, room_id, subject, device, user_id, name, blocked, removed_by, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (room_id, subject) DO UPDATE SET device = excluded.device, \
        name = excluded.name, blocked = (room_removals.blocked OR excluded.blocked), removed_by = excluded.removed_by, \
        created_at = excluded.created_at";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(removal.id).bind(removal.room_id).bind(&removal.subject).bind(&removal.device).bind(removal.user_id)
        .bind(&removal.name).bind(removal.blocked).bind(removal.removed_by).bind(removal.created_at)
        .execute(c).await.map(drop))
}

/// Everybody who is kept out of a room, the latest first.
pub async fn all(conn: &mut Conn<'_>, _permit: &Permit<Moderate>, room: Uuid) -> sqlx::Result<Vec<Removal>> {
    const SQL: &str = "SELECT * FROM room_removals WHERE room_id = $1 ORDER BY created_at DESC, id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await)
}

/// What those who are kept out of a room were called, by the subjects of their identities.
pub async fn names(conn: &mut Conn<'_>, _permit: &Permit<ReadLog>, room: Uuid) -> sqlx::Result<Vec<(String, String)>> {
    const SQL: &str = "SELECT subject, name FROM room_removals WHERE room_id = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await)
}

/// Lets somebody back; who that was.
pub async fn lift(
    conn: &mut Conn<'_>,
    _permit: &Permit<Moderate>,
    room: Uuid,
    id: Uuid,
) -> sqlx::Result<Option<Removal>> {
    const SQL: &str = "DELETE FROM room_removals WHERE room_id = $1 AND id = $2 RETURNING *";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(id).fetch_optional(c).await)
}

/// The meeting is over: who was removed from it until then may come to the next one.
pub async fn end(conn: &mut Conn<'_>, room: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM room_removals WHERE room_id = $1 AND blocked = $2 AND created_at <= $3";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(false).bind(at).execute(c).await.map(drop))
}
