//! The table of roles, seen row by row.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    db::Conn,
    on_db,
    rooms::{
        model::{Access, Role},
        permissions::{ChangeAccess, Permit, RemoveAccess},
    },
};

/// The access of a key.
pub async fn by_id(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<Access>> {
    on_db!(conn, c => sqlx::query_as("SELECT * FROM room_accesses WHERE id = $1").bind(id).fetch_optional(c).await)
}

/// How many roles there are in the rooms that somebody runs.
pub async fn count(conn: &mut Conn<'_>, host: Uuid) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM room_accesses AS mine JOIN room_accesses ON room_accesses.room_id = mine.room_id \
        WHERE mine.user_id = $1 AND mine.role IN ('administrator', 'owner')";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(host).fetch_one(c).await)
}

/// A page of them, newest first.
pub async fn page(conn: &mut Conn<'_>, host: Uuid, limit: i64, offset: i64) -> sqlx::Result<Vec<Access>> {
    const SQL: &str = "SELECT room_accesses.* FROM room_accesses AS mine JOIN room_accesses ON room_accesses.room_id = mine.room_id \
        WHERE mine.user_id = $1 AND mine.role IN ('administrator', 'owner') \
        ORDER BY room_accesses.created_at DESC, room_accesses.id LIMIT $2 OFFSET $3";
    on_db!(conn, c => sqlx::query_as(SQL).bind(host).bind(limit).bind(offset).fetch_all(c).await)
}

/// How many owners a room has.
pub async fn owners(conn: &mut Conn<'_>, room_id: Uuid) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM room_accesses WHERE room_id = $1 AND role = 'owner'";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room_id).fetch_one(c).await)
}

/// Changes a role.
pub async fn set_role(
    conn: &mut Conn<'_>,
    _permit: &Permit<ChangeAccess>,
    id: Uuid,
    role: Role,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE room_accesses SET role = $2, updated_at = $3 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(role.as_str()).bind(now).execute(c).await.map(drop))
}

/// Takes a role away.
pub async fn delete(conn: &mut Conn<'_>, _permit: &Permit<RemoveAccess>, id: Uuid) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM room_accesses WHERE id = $1").bind(id).execute(c).await.map(drop))
}
