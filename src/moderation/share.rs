//! Stopping a share. LiveKit ends what somebody sends as soon as they lose the right to it; they get the right back at once, and may
//! share again: to keep them from it is what the room's rights are for.

use super::{Moderated, account_of, noted, target};
use crate::{
    error::Result,
    livekit::{
        client::{ParticipantChange, Permission},
        tokens::Source,
    },
    rooms::{audit::Action, inside},
    state::AppState,
};

/// Stops what somebody shares. Errors: `NotFound`, `Upstream`.
pub async fn stop(state: &AppState, on: &Moderated<'_>, identity: &str) -> Result<()> {
    let one = on.person(state, identity).await?;
    // Whatever becomes of us meanwhile, the right comes back.
    let mut lent = state.db.lend().await?;
    inside::enqueue_one(&mut lent.conn(), state, on.room.id, identity).await?;
    drop(lent);
    let mut sources = match one.permission.sources.as_slice() {
        [] if one.permission.can_publish => Source::ALL.to_vec(),
        some => some.to_vec(),
    };
    sources.retain(|source| !matches!(source, Source::ScreenShare | Source::ScreenShareAudio));
    // Without any source named, LiveKit would allow them all.
    let can_publish = one.permission.can_publish && !sources.is_empty();
    let permission = Some(Permission { can_publish, sources, ..one.permission });
    let change = ParticipantChange { permission, ..Default::default() };
    state.livekit.client().update_participant(&on.room.id.to_string(), identity, &change).await?;
    inside::one(state, on.room.id, identity).await?;
    let account = account_of(state, identity).await?;
    noted(state, on.room.id, Some(on.by.id), Action::ShareStopped, target(account.as_ref(), identity), None).await;
    Ok(())
}
