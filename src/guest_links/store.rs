//! The table of guest links.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::GuestLink;
use crate::{
    db::Conn,
    on_db,
    rooms::permissions::{Invite, Permit},
};

/// Adds one. `hash`: of what opens it, which is kept nowhere.
pub async fn insert(conn: &mut Conn<'_>, _permit: &Permit<Invite>, link: &GuestLink, hash: &[u8]) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO guest_links (id, room_id, name, token_hash, may_pass, expires_at, max_uses, uses, created_by, \
        created_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, NULL)";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(link.id).bind(link.room_id).bind(&link.name).bind(hash).bind(link.may_pass).bind(link.expires_at)
        .bind(link.max_uses).bind(link.created_by).bind(link.created_at)
        .execute(c).await.map(drop))
}

/// A room's links, the newest first.
pub async fn of_room(conn: &mut Conn<'_>, _permit: &Permit<Invite>, room: Uuid) -> sqlx::Result<Vec<GuestLink>> {
    const SQL: &str = "SELECT * FROM guest_links WHERE room_id = $1 ORDER BY created_at DESC, id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await)
}

/// The links that an account made: for its owner.
pub async fn made_by(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<Vec<GuestLink>> {
    const SQL: &str = "SELECT * FROM guest_links WHERE created_by = $1 ORDER BY created_at DESC, id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user).fetch_all(c).await)
}

/// The link that something opens.
pub async fn by_hash(conn: &mut Conn<'_>, hash: &[u8]) -> sqlx::Result<Option<GuestLink>> {
    const SQL: &str = "SELECT * FROM guest_links WHERE token_hash = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(hash).fetch_optional(c).await)
}

/// Uses it, if it still can be: of several who do so at once no more than it is good for. Whether it could.
pub async fn use_one(conn: &mut Conn<'_>, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE guest_links SET uses = uses + 1 WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2 \
        AND (max_uses IS NULL OR uses < max_uses)";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(now).execute(c).await.map(|done| done.rows_affected() > 0))
}

/// Takes it back; whether it was this room's.
pub async fn revoke(
    conn: &mut Conn<'_>,
    _permit: &Permit<Invite>,
    room: Uuid,
    id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE guest_links SET revoked_at = COALESCE(revoked_at, $3) WHERE id = $1 AND room_id = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(room).bind(now).execute(c).await.map(|done| done.rows_affected() > 0))
}

/// Deletes what has been of no use for so long that nobody asks about it.
pub async fn sweep(conn: &mut Conn<'_>, old: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM guest_links WHERE expires_at <= $1 OR revoked_at <= $1";
    on_db!(conn, c => sqlx::query(SQL).bind(old).execute(c).await.map(drop))
}
