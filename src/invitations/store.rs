//! The table of invitations.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Failure, Invitation, Time};
use crate::{
    db::Conn,
    on_db,
    rooms::permissions::{Invite, Permit},
};

/// Adds one.
pub async fn insert(conn: &mut Conn<'_>, _permit: &Permit<Invite>, new: &Invitation) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_invitations (id, room_id, batch_id, email, email_folded, name, invited_by, lang, message, \
        starts_at, ends_at, zone, sequence, status, failure, tries, sent_at, accepted_by, accepted_at, created_at, updated_at, organizer) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL, 0, NULL, NULL, NULL, $15, $15, $16)";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(new.id).bind(new.room_id).bind(new.batch_id).bind(&new.email).bind(&new.email_folded).bind(&new.name)
        .bind(new.invited_by).bind(&new.lang).bind(&new.message).bind(new.starts_at).bind(new.ends_at).bind(&new.zone)
        .bind(new.sequence).bind(new.status.as_str()).bind(new.created_at).bind(&new.organizer)
        .execute(c).await.map(drop))
}

/// The invitation of a key.
pub async fn by_id(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<Invitation>> {
    on_db!(conn, c => sqlx::query_as("SELECT * FROM room_invitations WHERE id = $1").bind(id).fetch_optional(c).await)
}

/// A room's invitations, the newest first. What was taken back is shown until `gone`, so that whoever did it sees that it is done.
pub async fn of_room(
    conn: &mut Conn<'_>,
    _permit: &Permit<Invite>,
    room: Uuid,
    gone: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<Invitation>> {
    const SQL: &str = "SELECT * FROM room_invitations WHERE room_id = $1 AND (status <> 'cancelled' OR updated_at > $2) \
        ORDER BY created_at DESC, batch_id, email_folded LIMIT $3";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(gone).bind(most).fetch_all(c).await)
}

/// What was sent together and still stands.
pub async fn of_batch(conn: &mut Conn<'_>, room: Uuid, batch: Uuid) -> sqlx::Result<Vec<Invitation>> {
    const SQL: &str = "SELECT * FROM room_invitations WHERE room_id = $1 AND batch_id = $2 AND status <> 'cancelled' \
        ORDER BY email_folded";
    on_db!(conn, c => sqlx::query_as(SQL).bind(room).bind(batch).fetch_all(c).await)
}

/// What an account sent, the newest first: for its owner.
pub async fn sent_by(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<Vec<Invitation>> {
    const SQL: &str = "SELECT * FROM room_invitations WHERE invited_by = $1 ORDER BY created_at DESC, email_folded";
    on_db!(conn, c => sqlx::query_as(SQL).bind(user).fetch_all(c).await)
}

/// A letter is to go out once more, the one of this number; whether it may.
pub async fn again(
    conn: &mut Conn<'_>,
    _permit: &Permit<Invite>,
    (id, sequence): (Uuid, i32),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE room_invitations SET status = 'pending', failure = NULL, tries = 0, updated_at = $3 \
        WHERE id = $1 AND sequence = $2 AND status IN ('sent', 'failed') AND accepted_at IS NULL";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(sequence).bind(now).execute(c).await.map(|done| done.rows_affected() > 0))
}

/// The meeting is at another time.
pub async fn set_time(
    conn: &mut Conn<'_>,
    _permit: &Permit<Invite>,
    batch: Uuid,
    time: &Time,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE room_invitations SET starts_at = $2, ends_at = $3, zone = $4, sequence = sequence + 1, \
        status = 'pending', failure = NULL, tries = 0, updated_at = $5 WHERE batch_id = $1 AND status <> 'cancelled'";
    on_db!(conn, c => sqlx::query(SQL).bind(batch).bind(time.from).bind(time.to).bind(&time.zone).bind(now)
        .execute(c).await.map(drop))
}

/// It is taken back; whether it still stood.
pub async fn cancel(conn: &mut Conn<'_>, _permit: &Permit<Invite>, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE room_invitations SET status = 'cancelled', sequence = sequence + 1, failure = NULL, tries = 0, \
        updated_at = $2 WHERE id = $1 AND status <> 'cancelled'";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(now).execute(c).await.map(|done| done.rows_affected() > 0))
}

// The three below name the letter that they are about: a later one has a greater number, and that an earlier one failed is then
// nobody's business.

/// The mail server took the letter; the invitation as it is by now, which may be taken back, and `None` once its room is gone.
pub async fn sent(
    conn: &mut Conn<'_>,
    id: Uuid,
    sequence: i32,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Invitation>> {
    const SQL: &str = "UPDATE room_invitations SET \
        status = CASE WHEN status = 'pending' AND sequence = $2 THEN 'sent' ELSE status END, \
        failure = CASE WHEN sequence = $2 THEN NULL ELSE failure END, \
        told = CASE WHEN told > $2 THEN told ELSE $2 END, sent_at = COALESCE(sent_at, $3), updated_at = $3 \
        WHERE id = $1 RETURNING *";
    on_db!(conn, c => sqlx::query_as(SQL).bind(id).bind(sequence).bind(now).fetch_optional(c).await)
}

/// It will not be tried again.
pub async fn failed(
    conn: &mut Conn<'_>,
    id: Uuid,
    sequence: i32,
    failure: Failure,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE room_invitations SET status = CASE WHEN status = 'pending' THEN 'failed' ELSE status END, \
        failure = $3, updated_at = $4 WHERE id = $1 AND sequence = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(sequence).bind(failure.as_str()).bind(now).execute(c).await.map(drop))
}

/// It was tried in vain; how often by now.
pub async fn tried(conn: &mut Conn<'_>, id: Uuid, sequence: i32) -> sqlx::Result<Option<i32>> {
    const SQL: &str = "UPDATE room_invitations SET tries = tries + 1 WHERE id = $1 AND sequence = $2 RETURNING tries";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(id).bind(sequence).fetch_optional(c).await)
}

/// Whether anything waits for this address in this room.
pub async fn waits(conn: &mut Conn<'_>, room: Uuid, folded: &str) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM room_invitations \
        WHERE room_id = $1 AND email_folded = $2 AND accepted_at IS NULL AND status <> 'cancelled'";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).bind(folded).fetch_one(c).await)?;
    Ok(count > 0)
}

/// The address that an account has shown to be its own, as of now.
pub async fn verified(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<Option<String>> {
    const SQL: &str = "SELECT email_folded FROM users \
        WHERE id = $1 AND is_active = $2 AND email_verified_at IS NOT NULL AND email_folded IS NOT NULL";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(user).bind(true).fetch_optional(c).await)
}

/// Whether an invitation that stands gave this role.
pub async fn gave(conn: &mut Conn<'_>, access: Uuid) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM room_invitations WHERE gave_access = $1 AND status <> 'cancelled'";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(access).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Whose account goes is no longer named to anybody's calendar.
pub async fn forget_organizer(conn: &mut Conn<'_>, user: Uuid) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE room_invitations SET organizer = NULL WHERE invited_by = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(user).execute(c).await.map(drop))?;
    const GONE: &str = "UPDATE room_farewells SET organizer = NULL WHERE invited_by = $1";
    on_db!(conn, c => sqlx::query(GONE).bind(user).execute(c).await.map(drop))
}

/// What waits for this address in this room has been accepted, and gave this role; how much that was.
pub async fn accept(
    conn: &mut Conn<'_>,
    room: Uuid,
    folded: &str,
    (user, gave): (Uuid, Option<Uuid>),
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    const SQL: &str = "UPDATE room_invitations SET accepted_by = $3, accepted_at = $4, gave_access = $5, updated_at = $4 \
        WHERE room_id = $1 AND email_folded = $2 AND accepted_at IS NULL AND status <> 'cancelled'";
    on_db!(conn, c => sqlx::query(SQL).bind(room).bind(folded).bind(user).bind(now).bind(gave)
        .execute(c).await.map(|done| done.rows_affected()))
}

/// A letter that nobody sends any more, because its job was lost to some fault of ours or no mail goes out by now, counts as failed:
/// the inviter sees it, and can send it again.
pub async fn give_up(conn: &mut Conn<'_>, old: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE room_invitations SET status = 'failed', failure = $2 WHERE status = 'pending' AND updated_at <= $1";
    on_db!(conn, c => sqlx::query(SQL).bind(old).bind(Failure::Unreachable.as_str()).execute(c).await.map(drop))
}

/// Deletes what is over: addresses of people are not kept for ever.
pub async fn sweep(conn: &mut Conn<'_>, old: DateTime<Utc>, gone: DateTime<Utc>) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM room_invitations WHERE COALESCE(ends_at, created_at) <= $1 AND created_at <= $1 \
        OR (status = 'cancelled' AND updated_at <= $2)";
    on_db!(conn, c => sqlx::query(SQL).bind(old).bind(gone).execute(c).await.map(drop))
}
