//! Locking a room: everybody new has to be let in by a host, whatever its access level and their role. Those who were in it at that
//! moment may come back from a reload. It ends with the meeting.

use chrono::{DateTime, Utc};

use super::Moderated;
use crate::{
    db::Conn,
    error::Result,
    rooms::{
        self,
        audit::{self, Action, Target},
        inside,
        model::Room,
        word::{self, Changed},
    },
    state::AppState,
};

/// Locks the room or opens it.
pub async fn set(state: &AppState, on: &Moderated<'_>, locked: bool) -> Result<()> {
    let (mut tx, room) = on.begin(state).await?;
    let changed = write(state, &mut tx.conn(), on, &room, locked).await?;
    tx.commit().await?;
    if changed {
        tell(state, &room).await;
    }
    Ok(())
}

/// In the caller's transaction; whether anything changed. Who was locked out first stays so: the moment counts.
pub(super) async fn write(
    state: &AppState,
    conn: &mut Conn<'_>,
    on: &Moderated<'_>,
    room: &Room,
    locked: bool,
) -> Result<bool> {
    if locked == room.locked_at.is_some() {
        return Ok(false);
    }
    let at: Option<DateTime<Utc>> = locked.then(|| state.clock.now());
    rooms::store::set_locked(conn, &on.permit, room.id, at).await?;
    let action = if locked { Action::Locked } else { Action::Unlocked };
    audit::note(conn, state, room.id, Some(on.by.id), action, Target::None, None).await?;
    inside::enqueue(conn, state, room.id).await?;
    Ok(true)
}

/// Tells those inside and those at the door, after the commit.
pub(super) async fn tell(state: &AppState, room: &Room) {
    tracing::info!(room.id = %room.id, "Changed the lock of room {}", room.id);
    word::tell(state, room.id, Changed::Room).await;
    word::tell(state, room.id, Changed::Lobby).await;
    inside::tell(state, room.id).await;
}
