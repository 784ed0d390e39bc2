//! Ending a meeting for everybody.

use super::Moderated;
use crate::{
    error::Result,
    livekit::client::Failure,
    rooms::audit::{self, Action, Target},
    state::AppState,
};

/// Puts everybody out and ends the call; the room stays. Errors: `Upstream`.
pub async fn for_everybody(state: &AppState, on: &Moderated<'_>) -> Result<()> {
    let (mut tx, room) = on.begin(state).await?;
    audit::note(&mut tx.conn(), state, room.id, Some(on.by.id), Action::Ended, Target::None, None).await?;
    tx.commit().await?;
    let name = room.id.to_string();
    // Whoever comes next makes it anew.
    state.livekit.forget(&name);
    match state.livekit.client().delete_room(&name).await {
        Ok(()) | Err(Failure::NotFound) => {}
        Err(failure) => return Err(failure.into()),
    }
    tracing::info!(room.id = %room.id, user.id = %on.by.id, "Ended the meeting in room {}", room.id);
    Ok(())
}
