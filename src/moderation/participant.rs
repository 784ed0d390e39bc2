//! Changing one person in the call as the contract has it (§1.5): name, attributes, metadata, rights. It holds for this stay, and until
//! the room's own rights change.

use super::{Moderated, account_of, noted, remove, target};
use crate::{
    error::{Error, Result},
    livekit::client::ParticipantChange,
    rooms::{self, audit::Action},
    state::AppState,
};

/// Changes somebody. Errors: field `name` (`name_is_the_accounts`), refused as [`remove::remove`] is where rights or name of somebody who
/// runs the room are to change, `NotFound`, `Upstream`.
pub async fn update(state: &AppState, on: &Moderated<'_>, identity: &str, change: &ParticipantChange) -> Result<()> {
    if on.room.verified_only && change.name.is_some() {
        return Err(Error::field("name", "name_is_the_accounts"));
    }
    let account = account_of(state, identity).await?;
    let own = account.as_ref().is_some_and(|user| user.id == on.by.id);
    // Hands and the like are anybody's to lower.
    if !own && (change.permission.is_some() || change.name.is_some()) {
        let by = rooms::service::who(state, &on.room, Some(on.by)).await?;
        remove::may(by, rooms::service::who(state, &on.room, account.as_ref()).await?)?;
    }
    state.livekit.client().update_participant(&on.room.id.to_string(), identity, change).await?;
    noted(state, on.room.id, Some(on.by.id), Action::Changed, target(account.as_ref(), identity), None).await;
    Ok(())
}
