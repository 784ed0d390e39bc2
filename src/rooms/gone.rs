//! What becomes of a room that is deleted, whoever deletes it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    permissions::{Delete, Permit},
    store,
};
use crate::{db::Conn, error::Result, jobs, on_db, state::AppState};

/// The job that tells somebody that a meeting does not take place: the invitations' work, who know how letters are written.
pub const FAREWELL: &str = "mail.farewell";

/// What that job is given: no address, no name.
#[derive(Debug, Serialize, Deserialize)]
pub struct Farewell {
    /// Key of what is to be said.
    pub farewell: Uuid,
}

/// Deletes a room with everything that belongs to it, inside the caller's transaction. Whose calendar knows of a meeting in it that is
/// not over is told that there is none. Once that is committed, the caller rings `state.jobs` and ends the call.
pub async fn delete(state: &AppState, conn: &mut Conn<'_>, permit: &Permit<Delete>, room: Uuid) -> Result<()> {
    let now = state.clock.now();
    for farewell in keep(conn, room, now).await? {
        jobs::enqueue(conn, &state.random, &state.clock, FAREWELL, &Farewell { farewell }, now).await?;
    }
    Ok(store::delete(conn, permit, room).await?)
}

/// How many people will be told.
pub async fn invited(state: &AppState, _permit: &Permit<Delete>, room: Uuid) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(DISTINCT email_folded) FROM room_invitations \
        WHERE room_id = $1 AND status <> 'cancelled' AND sent_at IS NOT NULL AND ends_at > $2";
    let now = state.clock.now();
    let mut lent = state.db.lend().await?;
    Ok(on_db!(&mut lent.conn(), c => sqlx::query_scalar(SQL).bind(room).bind(now).fetch_one(c).await)?)
}

async fn keep(conn: &mut Conn<'_>, room: Uuid, now: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    const SQL: &str = "INSERT INTO room_farewells (id, room_id, room_name, room_slug, batch_id, email, name, invited_by, lang, \
            starts_at, ends_at, zone, sequence, created_at) \
        SELECT one.id, rooms.id, rooms.name, rooms.slug, one.batch_id, one.email, one.name, one.invited_by, one.lang, \
            one.starts_at, one.ends_at, one.zone, one.sequence + 1, $2 \
        FROM room_invitations AS one JOIN rooms ON rooms.id = one.room_id \
        WHERE one.room_id = $1 AND one.status <> 'cancelled' AND one.sent_at IS NOT NULL AND one.ends_at > $2 \
        RETURNING id";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(room).bind(now).fetch_all(c).await)
}
