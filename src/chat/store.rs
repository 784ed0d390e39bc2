//! The table of messages, and what a room says of them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::Message;
use crate::{
    db::Conn,
    on_db,
    rooms::permissions::{Permit, TakePart, Update},
};

/// Keeps a message. One that is there already stays as it is.
pub async fn insert(conn: &mut Conn<'_>, _permit: &Permit<TakePart>, message: &Message) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO chat_messages (room_id, identity, message_id, name, text, reply_to, sent_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(message.room_id).bind(&message.identity).bind(&message.message_id).bind(&message.name).bind(&message.text)
        .bind(&message.reply_to).bind(message.sent_at)
        .execute(c).await.map(drop))
}

/// How many messages of a room are kept.
pub async fn count(conn: &mut Conn<'_>, room: Uuid) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM chat_messages WHERE room_id = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).fetch_one(c).await)
}

/// The last messages, newest first.
pub async fn latest(
    conn: &mut Conn<'_>,
    _permit: &Permit<TakePart>,
    room: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<Message>> {
    const SQL: &str = "SELECT * FROM chat_messages WHERE room_id = $1 ORDER BY sent_at DESC, message_id DESC LIMIT $2";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(limit).fetch_all(c).await)
}

/// Forgets what was written in a room before this moment.
pub async fn forget(conn: &mut Conn<'_>, room: Uuid, before: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM chat_messages WHERE room_id = $1 AND sent_at <= $2";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(before).execute(c).await.map(drop))
}

/// Forgets what somebody wrote, on whatever device: those whose identity is this subject, alone or before a `~`.
pub async fn forget_all_of(conn: &mut Conn<'_>, subject: &str) -> sqlx::Result<()> {
    const SQL: &str =
        "DELETE FROM chat_messages WHERE identity = $1 OR substr(identity, 1, length($1) + 1) = $1 || '~'";
    on_db!(conn, c => sqlx::query(SQL).bind(subject).execute(c).await.map(drop))
}

/// Forgets what is older than any call lasts: the end of a call that nobody heard of.
pub async fn sweep(conn: &mut Conn<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM chat_messages WHERE sent_at <= $1";
    on_db!(conn, c => sqlx::query(SQL).bind(before).execute(c).await.map(drop))
}

/// Writes what the room says of its chat.
pub async fn set(
    conn: &mut Conn<'_>,
    _permit: &Permit<Update>,
    room: Uuid,
    (on, kept): (bool, bool),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE rooms SET chat = $2, chat_history = $3, updated_at = $4 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(on).bind(kept).bind(now).execute(c).await.map(drop))
}
