//! The tables of rooms and roles.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{
    model::{Access, Role, Room},
    permissions::{Appoint, Delete, Moderate, Outlast, Permit, Update},
};
use crate::{
    db::{Conn, places},
    on_db,
    users::model::User,
};

/// Adds a room.
pub async fn insert(conn: &mut Conn<'_>, room: &Room) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO rooms (id, name, slug, access_level, configuration, pin_code, attendance, chat, chat_history, \
        locked_at, max_participants, meeting_limit, hosts_required, verified_only, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(room.id).bind(&room.name).bind(&room.slug).bind(room.access_level.as_str()).bind(&room.configuration)
        .bind(&room.pin_code).bind(room.attendance).bind(room.chat).bind(room.chat_history)
        .bind(room.locked_at).bind(room.max_participants).bind(room.meeting_limit).bind(room.hosts_required).bind(room.verified_only)
        .bind(room.created_at).bind(room.updated_at)
        .execute(c).await.map(drop))
}

/// Gives somebody a role.
pub async fn insert_access(conn: &mut Conn<'_>, access: &Access) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_accesses (id, room_id, user_id, role, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(access.id).bind(access.room_id).bind(access.user_id).bind(access.role.as_str()).bind(access.created_at)
        .execute(c).await.map(drop))
}

/// Every room, by name; equal names in the order of their keys.
pub async fn all(conn: &mut Conn<'_>) -> sqlx::Result<Vec<Room>> {
    on_db!(conn, c => sqlx::query_as("SELECT * FROM rooms ORDER BY name, id").fetch_all(c).await)
}

/// The room of a key.
pub async fn by_id(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<Room>> {
    on_db!(conn, c => sqlx::query_as("SELECT * FROM rooms WHERE id = $1").bind(id).fetch_optional(c).await)
}

/// The rooms of these keys, in any order.
pub async fn by_ids(conn: &mut Conn<'_>, ids: &[Uuid]) -> sqlx::Result<Vec<Room>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT * FROM rooms WHERE id IN ({})", places(0, ids.len()));
    on_db!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        ids.iter().fold(query, |query, id| query.bind(id)).fetch_all(c).await
    })
}

/// The room of a link, also of one that an earlier name gave it.
pub async fn by_slug(conn: &mut Conn<'_>, slug: &str) -> sqlx::Result<Option<Room>> {
    const SQL: &str =
        "SELECT rooms.* FROM room_slugs JOIN rooms ON rooms.id = room_slugs.room_id WHERE room_slugs.slug = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(slug).fetch_optional(c).await)
}

/// The room of a key, locked until the transaction ends: what holds for several rows of a room is decided under this lock.
pub async fn locked(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<Room>> {
    const SQL: &str = "UPDATE rooms SET updated_at = updated_at WHERE id = $1 RETURNING *";
    on_db!(conn, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await)
}

/// Whose slug this is, present or former.
pub async fn slug_owner(conn: &mut Conn<'_>, slug: &str) -> sqlx::Result<Option<Uuid>> {
    const SQL: &str = "SELECT room_id FROM room_slugs WHERE slug = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(slug).fetch_optional(c).await)
}

/// Makes a slug lead to a room, from now on and whatever the room is called later.
pub async fn insert_slug(conn: &mut Conn<'_>, slug: &str, room_id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_slugs (slug, room_id, created_at) VALUES ($1, $2, $3)";
    on_db!(conn, c => sqlx::query(SQL).bind(slug).bind(room_id).bind(now).execute(c).await.map(drop))
}

/// Every slug that leads to a room, the latest first.
pub async fn slugs(conn: &mut Conn<'_>, _permit: &Permit<Update>, room: Uuid) -> sqlx::Result<Vec<String>> {
    const SQL: &str = "SELECT slug FROM room_slugs WHERE room_id = $1 ORDER BY created_at DESC, slug";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).fetch_all(c).await)
}

/// Lets a slug lead nowhere; whether it led to this room.
pub async fn delete_slug(conn: &mut Conn<'_>, _permit: &Permit<Update>, room: Uuid, slug: &str) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM room_slugs WHERE room_id = $1 AND slug = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(slug).execute(c).await.map(|done| done.rows_affected() > 0))
}

/// Writes what a room may change.
pub async fn update(conn: &mut Conn<'_>, _permit: &Permit<Update>, room: &Room) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE rooms SET name = $2, slug = $3, access_level = $4, configuration = $5, updated_at = $6 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(room.id).bind(&room.name).bind(&room.slug).bind(room.access_level.as_str()).bind(&room.configuration)
        .bind(room.updated_at)
        .execute(c).await.map(drop))
}

/// Writes what a room asks of those who come.
pub async fn set_door(conn: &mut Conn<'_>, _permit: &Permit<Update>, room: &Room) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE rooms SET max_participants = $2, meeting_limit = $3, hosts_required = $4, verified_only = $5, \
        updated_at = $6 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(room.id).bind(room.max_participants).bind(room.meeting_limit).bind(room.hosts_required).bind(room.verified_only)
        .bind(room.updated_at)
        .execute(c).await.map(drop))
}

/// Writes what those in a room may do.
pub async fn set_rights(
    conn: &mut Conn<'_>,
    _permit: &Permit<Outlast>,
    room: &Room,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE rooms SET configuration = $2, chat = $3, updated_at = $4 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(room.id).bind(&room.configuration).bind(room.chat).bind(now)
        .execute(c).await.map(drop))
}

/// Removes a room with its roles and slugs.
pub async fn delete(conn: &mut Conn<'_>, _permit: &Permit<Delete>, id: Uuid) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM rooms WHERE id = $1").bind(id).execute(c).await.map(drop))
}

/// Somebody's role in a room.
pub async fn role(conn: &mut Conn<'_>, room_id: Uuid, user_id: Uuid) -> sqlx::Result<Option<Role>> {
    const SQL: &str = "SELECT * FROM room_accesses WHERE room_id = $1 AND user_id = $2";
    let access: Option<Access> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(room_id).bind(user_id).fetch_optional(c).await)?;
    Ok(access.map(|access| access.role))
}

/// Those who run the meeting that is on together with the hosts.
pub async fn cohosts(conn: &mut Conn<'_>, room: Uuid) -> sqlx::Result<Vec<User>> {
    const SQL: &str = "SELECT * FROM users WHERE id IN (SELECT user_id FROM room_cohosts WHERE room_id = $1)";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).fetch_all(c).await)
}

/// Lets somebody run the meeting that is on together with the hosts.
pub async fn insert_cohost(
    conn: &mut Conn<'_>,
    _permit: &Permit<Appoint>,
    room: Uuid,
    user: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_cohosts (room_id, user_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(user).bind(now).execute(c).await.map(drop))
}

/// Takes that back.
pub async fn delete_cohost(conn: &mut Conn<'_>, _permit: &Permit<Appoint>, room: Uuid, user: Uuid) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM room_cohosts WHERE room_id = $1 AND user_id = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(user).execute(c).await.map(drop))
}

/// Locks a room or opens it.
pub async fn set_locked(
    conn: &mut Conn<'_>,
    _permit: &Permit<Moderate>,
    room: Uuid,
    at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE rooms SET locked_at = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(at).execute(c).await.map(drop))
}

/// A meeting ended: so do the lock, the limit and the co-hosts that it had until then.
pub async fn end_meeting(conn: &mut Conn<'_>, room: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    const LOCK: &str = "UPDATE rooms SET locked_at = NULL WHERE id = $1 AND locked_at <= $2";
    on_db!(&mut *conn, c => sqlx::query(LOCK).bind(room).bind(at).execute(c).await.map(drop))?;
    const LIMIT: &str = "UPDATE rooms SET meeting_limit = NULL WHERE id = $1 AND meeting_limit IS NOT NULL";
    on_db!(&mut *conn, c => sqlx::query(LIMIT).bind(room).execute(c).await.map(drop))?;
    const COHOSTS: &str = "DELETE FROM room_cohosts WHERE room_id = $1 AND since <= $2";
    on_db!(conn, c => sqlx::query(COHOSTS).bind(room).bind(at).execute(c).await.map(drop))
}

/// Whether somebody runs the meeting that is on together with the hosts.
pub async fn is_cohost(conn: &mut Conn<'_>, room: Uuid, user: Uuid) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM room_cohosts WHERE room_id = $1 AND user_id = $2";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).bind(user).fetch_one(c).await)?;
    Ok(count > 0)
}

/// How many rooms somebody has a role in.
pub async fn count_of(conn: &mut Conn<'_>, user_id: Uuid) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM room_accesses WHERE user_id = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(user_id).fetch_one(c).await)
}

/// A page of the rooms somebody has a role in, by name; equal names in the order of their keys.
pub async fn page_of(conn: &mut Conn<'_>, user_id: Uuid, limit: i64, offset: i64) -> sqlx::Result<Vec<Room>> {
    const SQL: &str = "SELECT rooms.* FROM rooms JOIN room_accesses ON room_accesses.room_id = rooms.id \
        WHERE room_accesses.user_id = $1 ORDER BY rooms.name, rooms.id LIMIT $2 OFFSET $3";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user_id).bind(limit).bind(offset).fetch_all(c).await)
}

/// Somebody's roles in these rooms.
pub async fn roles(conn: &mut Conn<'_>, user_id: Uuid, rooms: &[Uuid]) -> sqlx::Result<Vec<Access>> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT * FROM room_accesses WHERE user_id = $1 AND room_id IN ({})", places(1, rooms.len()));
    on_db!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql)).bind(user_id);
        rooms.iter().fold(query, |query, id| query.bind(id)).fetch_all(c).await
    })
}

/// Every role in these rooms, newest first.
pub async fn accesses(conn: &mut Conn<'_>, rooms: &[Uuid]) -> sqlx::Result<Vec<Access>> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT * FROM room_accesses WHERE room_id IN ({}) ORDER BY created_at DESC, id",
        places(0, rooms.len())
    );
    on_db!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        rooms.iter().fold(query, |query, id| query.bind(id)).fetch_all(c).await
    })
}

/// The people with a role in any of these rooms.
pub async fn people(conn: &mut Conn<'_>, rooms: &[Uuid]) -> sqlx::Result<Vec<User>> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT * FROM users WHERE id IN (SELECT user_id FROM room_accesses WHERE room_id IN ({}))",
        places(0, rooms.len())
    );
    on_db!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        rooms.iter().fold(query, |query, id| query.bind(id)).fetch_all(c).await
    })
}
