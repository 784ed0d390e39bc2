//! What somebody in a call changes about themselves. LiveKit is told at once: there is nothing of it to keep.

use std::time::Duration;

use super::model::{RAISED, raised_at};
use crate::{
    error::{Error, Result},
    livekit::client::ParticipantChange,
    rooms::{
        model::Room,
        permissions::{Permit, TakePart},
    },
    state::AppState,
};

const MINUTE: Duration = Duration::from_secs(60);
/// Changes of one person within a [`MINUTE`]: everybody in the room hears each of them.
const HANDS: u64 = 30;
const NAMES: u64 = 10;

/// Raises or lowers one's hand. Errors: `NotFound` who is not in the call, `RateLimited`, `Upstream`.
pub async fn raise(
    state: &AppState,
    permit: &Permit<TakePart>,
    room: &Room,
    identity: &str,
    raised: bool,
) -> Result<()> {
    state.cache.limit(&format!("hand:{}:{identity}", room.id), HANDS, MINUTE).await?;
    let value = if raised { raised_at(state.clock.now()) } else { String::new() };
    let change = ParticipantChange { attributes: [(RAISED.to_owned(), value)].into(), ..Default::default() };
    tell(state, permit, room, identity, &change).await
}

/// Takes another name, for the rest of the call. Errors: field `name` (`name_is_the_accounts`), `NotFound` who is not in the call, `RateLimited`, `Upstream`.
pub async fn rename(
    state: &AppState,
    permit: &Permit<TakePart>,
    room: &Room,
    identity: &str,
    name: String,
) -> Result<()> {
    if room.verified_only {
        return Err(Error::field("name", "name_is_the_accounts"));
    }
    state.cache.limit(&format!("name:{}:{identity}", room.id), NAMES, MINUTE).await?;
    let change = ParticipantChange { name: Some(name), ..Default::default() };
    tell(state, permit, room, identity, &change).await
}

async fn tell(
    state: &AppState,
    _permit: &Permit<TakePart>,
    room: &Room,
    identity: &str,
    change: &ParticipantChange,
) -> Result<()> {
    Ok(state.livekit.client().update_participant(&room.id.to_string(), identity, change).await?)
}
