//! The table of what was decided.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Line;
use crate::{
    db::Conn,
    on_db,
    rooms::permissions::{Permit, ReadLog},
};

/// Adds a line.
pub async fn insert(conn: &mut Conn<'_>, line: &Line) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_audit (id, room_id, at, actor_id, action, target_id, target, detail) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(line.id).bind(line.room_id).bind(line.at).bind(line.actor_id).bind(line.action.as_str())
        .bind(line.target_id).bind(&line.target).bind(&line.detail)
        .execute(c).await.map(drop))
}

/// How many lines a room has.
pub async fn count(conn: &mut Conn<'_>, _permit: &Permit<ReadLog>, room: Uuid) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM room_audit WHERE room_id = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).fetch_one(c).await)
}

/// Some of them, the latest first.
pub async fn page(
    conn: &mut Conn<'_>,
    _permit: &Permit<ReadLog>,
    room: Uuid,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<Line>> {
    const SQL: &str = "SELECT * FROM room_audit WHERE room_id = $1 ORDER BY at DESC, id LIMIT $2 OFFSET $3";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(limit).bind(offset).fetch_all(c).await)
}

/// Deletes lines from before this moment.
pub async fn sweep(conn: &mut Conn<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM room_audit WHERE at < $1").bind(before).execute(c).await.map(drop))
}
