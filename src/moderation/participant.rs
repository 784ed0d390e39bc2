//! Changing one person in the call as the contract has it (§1.5): name, attributes, metadata, rights. It holds for this stay, and until
//! the room's own rights change.

use super::{Moderated, account_of, noted, target};
use crate::{error::Result, livekit::client::ParticipantChange, rooms::audit::Action, state::AppState};

/// Changes somebody. Errors: `NotFound`, `Upstream`.
pub async fn update(state: &AppState, on: &Moderated<'_>, identity: &str, change: &ParticipantChange) -> Result<()> {
    state.livekit.client().update_participant(&on.room.id.to_string(), identity, change).await?;
    let account = account_of(state, identity).await?;
    noted(state, on.room.id, Some(on.by.id), Action::Changed, target(account.as_ref(), identity)).await;
    Ok(())
}
