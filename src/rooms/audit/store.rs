//! The table of what was decided.

use super::Line;
use crate::{db::Conn, on_db};

/// Adds a line.
pub async fn insert(conn: &mut Conn<'_>, line: &Line) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_audit (id, room_id, at, actor_id, action, target_id, target, detail) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(line.id).bind(line.room_id).bind(line.at).bind(line.actor_id).bind(line.action.as_str())
        .bind(line.target_id).bind(&line.target).bind(&line.detail)
        .execute(c).await.map(drop))
}
