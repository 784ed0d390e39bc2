//! Which calendars know of a meeting in a room. The invitations' own tables: their rows go with the room's, in the same transaction.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    db::Conn,
    on_db,
    rooms::permissions::{Delete, Permit},
};

/// How many people were told of a meeting that is not over.
pub async fn invited(
    conn: &mut Conn<'_>,
    _permit: &Permit<Delete>,
    room: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(DISTINCT email_folded) FROM room_invitations \
        WHERE room_id = $1 AND status <> 'cancelled' AND told IS NOT NULL AND ends_at > $2";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).bind(now).fetch_one(c).await)
}

/// Keeps what is to be said to each of them; the keys.
pub async fn keep(conn: &mut Conn<'_>, room: Uuid, now: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    const SQL: &str = "INSERT INTO room_farewells (id, room_id, room_name, room_slug, batch_id, email, name, organizer, \
            invited_by, lang, starts_at, ends_at, zone, sequence, created_at) \
        SELECT one.id, rooms.id, rooms.name, rooms.slug, one.batch_id, one.email, one.name, one.organizer, \
            one.invited_by, one.lang, one.starts_at, one.ends_at, one.zone, one.sequence + 1, $2 \
        FROM room_invitations AS one JOIN rooms ON rooms.id = one.room_id \
        WHERE one.room_id = $1 AND one.status <> 'cancelled' AND one.told IS NOT NULL AND one.ends_at > $2 \
        RETURNING id";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).bind(now).fetch_all(c).await)
}
