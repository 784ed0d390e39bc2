//! What an account has in other features' tables.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    db::Conn,
    on_db,
    rooms::model::{Access, Role, Room},
};

/// Somebody with a role in a room.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Holder {
    /// Their account.
    pub id: Uuid,
    /// Name.
    pub full_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
}

/// Every role of an account, in the order of the rooms' keys.
pub async fn accesses(conn: &mut Conn<'_>, user_id: Uuid) -> sqlx::Result<Vec<Access>> {
    const SQL: &str = "SELECT * FROM room_accesses WHERE user_id = $1 ORDER BY room_id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user_id).fetch_all(c).await)
}

/// Every room an account has a role in, in the order of their keys.
pub async fn rooms(conn: &mut Conn<'_>, user_id: Uuid) -> sqlx::Result<Vec<Room>> {
    const SQL: &str = "SELECT rooms.* FROM rooms JOIN room_accesses ON room_accesses.room_id = rooms.id \
        WHERE room_accesses.user_id = $1 ORDER BY rooms.id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user_id).fetch_all(c).await)
}

/// The rooms that nobody else owns, by name.
pub async fn sole_rooms(conn: &mut Conn<'_>, user_id: Uuid) -> sqlx::Result<Vec<Room>> {
    const SQL: &str = "SELECT rooms.* FROM rooms JOIN room_accesses AS own ON own.room_id = rooms.id \
        WHERE own.user_id = $1 AND own.role = 'owner' AND NOT EXISTS (SELECT 1 FROM room_accesses AS other \
            WHERE other.room_id = rooms.id AND other.role = 'owner' AND other.user_id <> $1) \
        ORDER BY rooms.name, rooms.id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user_id).fetch_all(c).await)
}

/// Everybody else with a role in a room whose account is active, by name.
pub async fn others(conn: &mut Conn<'_>, room_id: Uuid, user_id: Uuid) -> sqlx::Result<Vec<Holder>> {
    const SQL: &str = "SELECT users.id, users.full_name, users.email, room_accesses.role \
        FROM room_accesses JOIN users ON users.id = room_accesses.user_id \
        WHERE room_accesses.room_id = $1 AND users.id <> $2 AND users.is_active ORDER BY users.full_name, users.id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room_id).bind(user_id).fetch_all(c).await)
}

/// Keeps others from giving this account a role until the transaction ends; whether the account is there.
///
/// On PostgreSQL an ordinary update would not do: a new role only reads the account's key, and that goes along with it. SQLite's
/// transactions have the whole database to themselves.
pub async fn lock_user(conn: &mut Conn<'_>, user_id: Uuid) -> sqlx::Result<bool> {
    let found: Option<Uuid> = match conn {
        Conn::Sqlite(c) => {
            sqlx::query_scalar("SELECT id FROM users WHERE id = $1").bind(user_id).fetch_optional(&mut **c).await?
        }
        Conn::Postgres(c) => {
            const SQL: &str = "SELECT id FROM users WHERE id = $1 FOR UPDATE";
            sqlx::query_scalar(SQL).bind(user_id).fetch_optional(&mut **c).await?
        }
    };
    Ok(found.is_some())
}

/// Makes somebody who has a role in a room its owner; whether they have one.
pub async fn make_owner(conn: &mut Conn<'_>, room_id: Uuid, user_id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE room_accesses SET role = 'owner', updated_at = $3 WHERE room_id = $1 AND user_id = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(room_id).bind(user_id).bind(now).execute(c).await.map(|done| done.rows_affected() > 0))
}

/// Deletes an account; sessions, links and roles go with it.
pub async fn delete_user(conn: &mut Conn<'_>, user_id: Uuid) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM users WHERE id = $1").bind(user_id).execute(c).await.map(drop))
}
