//! What becomes of a room that is deleted, whoever deletes it.

mod store;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::permissions::{Delete, Permit};
use crate::{db::Conn, error::Result, jobs, rooms, state::AppState};

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
    for farewell in store::keep(conn, room, now).await? {
        jobs::enqueue(conn, &state.random, &state.clock, FAREWELL, &Farewell { farewell }, now).await?;
    }
    Ok(rooms::store::delete(conn, permit, room).await?)
}

/// How many people will be told.
pub async fn invited(state: &AppState, permit: &Permit<Delete>, room: Uuid) -> Result<i64> {
    Ok(store::invited(&mut state.db.lend().await?.conn(), permit, room, state.clock.now()).await?)
}
