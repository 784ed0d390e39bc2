//! The table of what is still to be said.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{db::Conn, invitations::model::Invitation, on_db, rooms::model::Room};

/// What is still to be said of a meeting.
#[derive(sqlx::FromRow)]
pub struct Row {
    /// Key, that of the invitation.
    pub id: Uuid,
    /// The room that is gone.
    pub room_id: Uuid,
    /// What it was called.
    pub room_name: String,
    /// Where it was.
    pub room_slug: String,
    /// The meeting in people's calendars.
    pub batch_id: Uuid,
    /// To whom.
    pub email: String,
    /// What the inviter called them.
    pub name: Option<String>,
    /// Who invited, as calendars know them.
    pub organizer: Option<String>,
    /// Who invited.
    pub invited_by: Option<Uuid>,
    /// Language of the letter.
    pub lang: String,
    /// When it was to begin.
    pub starts_at: DateTime<Utc>,
    /// When it was to end.
    pub ends_at: DateTime<Utc>,
    /// The clock that this is told by.
    pub zone: String,
    /// Number of this change.
    pub sequence: i32,
    /// When the room went.
    pub created_at: DateTime<Utc>,
}

/// Adds one.
pub async fn insert(
    conn: &mut Conn<'_>,
    one: &Invitation,
    room: &Room,
    invited_by: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO room_farewells (id, room_id, room_name, room_slug, batch_id, email, name, organizer, invited_by, \
        lang, starts_at, ends_at, zone, sequence, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    on_db!(conn, c => sqlx::query(SQL)
        .bind(one.id).bind(room.id).bind(&room.name).bind(&room.slug).bind(one.batch_id).bind(&one.email).bind(&one.name)
        .bind(&one.organizer).bind(invited_by).bind(&one.lang).bind(one.starts_at).bind(one.ends_at).bind(&one.zone)
        .bind(one.sequence + 1).bind(now)
        .execute(c).await.map(drop))
}

/// One.
pub async fn by_id(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<Row>> {
    on_db!(conn, c => sqlx::query_as("SELECT * FROM room_farewells WHERE id = $1").bind(id).fetch_optional(c).await)
}

/// It is said.
pub async fn remove(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM room_farewells WHERE id = $1").bind(id).execute(c).await.map(drop))
}

/// Deletes what could not be said in days: addresses are not kept for ever.
pub async fn sweep(conn: &mut Conn<'_>, old: DateTime<Utc>) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM room_farewells WHERE created_at <= $1").bind(old).execute(c).await.map(drop))
}
