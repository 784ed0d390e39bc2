//! Writes down who is in the spotlight.

use std::time::Duration;

use uuid::Uuid;

use super::model;
use crate::{
    error::{Error, Result},
    livekit::client::{Failure, ParticipantInfo},
    rooms::{
        metadata,
        model::Room,
        permissions::{Direct, Permit},
    },
    state::AppState,
    users::model::User,
};

const MINUTE: Duration = Duration::from_secs(60);
/// Changes of one host within a [`MINUTE`]: every one of them moves everybody's pictures.
const OFTEN: u64 = 30;
/// How long it is remembered that a room has somebody in the spotlight; no meeting is longer.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Shows somebody large to everybody, or no longer. Errors: `NotFound` who is not in the call, `RateLimited`, `Upstream`.
pub async fn set(
    state: &AppState,
    _permit: &Permit<Direct>,
    room: &Room,
    host: &User,
    identity: &str,
    on: bool,
) -> Result<()> {
    state.cache.limit(&format!("spotlights:{}:{}", room.id, host.id), OFTEN, MINUTE).await?;
    let inside = state.livekit.client().list_participants(&room.id.to_string()).await?;
    let here = |who: &str| inside.iter().any(|one| one.identity == who);
    if on && !here(identity) {
        return Err(Error::NotFound);
    }
    if on {
        // Before it is written: whoever leaves from now on is looked for.
        state.cache.put(&key(room.id), "1", DAY).await?;
    }
    write(state, room.id, |listed| model::changed(listed, identity, on, here)).await?;
    tracing::info!(room.id = %room.id, user.id = %host.id, on, "Changed the spotlight of room {}", room.id);
    Ok(())
}

/// Somebody left, and is in the spotlight no more. A reload is no leaving: they are back under another id (`sid`) already.
pub async fn left(state: &AppState, room: &str, identity: &str, sid: &str) {
    let Ok(room) = Uuid::try_parse(room) else { return };
    // Nearly every room has nobody in it, and LiveKit need not be asked.
    if !matches!(state.cache.get(&key(room)).await, Ok(Some(_))) {
        return;
    }
    let (state, identity, sid) = (state.clone(), identity.to_owned(), sid.to_owned());
    tokio::spawn(async move {
        if let Err(error) = forget(&state, room, &identity, &sid).await {
            tracing::warn!(room.id = %room, %error, "Somebody who left stays in the spotlight of room {room}");
        }
    });
}

async fn forget(state: &AppState, room: Uuid, identity: &str, sid: &str) -> Result<()> {
    let inside = match state.livekit.client().list_participants(&room.to_string()).await {
        Err(Failure::NotFound) => return Ok(()),
        inside => inside?,
    };
    let back = |one: &ParticipantInfo| one.identity == identity && one.sid != sid;
    if inside.iter().any(back) {
        return Ok(());
    }
    match write(state, room, |listed| model::changed(listed, identity, false, |_| true)).await {
        Err(Error::NotFound) => Ok(()),
        done => done,
    }
}

/// Errors: `NotFound` without a call.
async fn write(state: &AppState, room: Uuid, change: impl Fn(&[String]) -> Vec<String> + Send + Sync) -> Result<()> {
    let wanted = |present: &str, _: &Room| {
        let listed = model::read(present);
        let now = change(&listed);
        if now == listed { present.to_owned() } else { model::written(present, &now) }
    };
    if metadata::rewrite(state, room, wanted).await? { Ok(()) } else { Err(Error::NotFound) }
}

fn key(room: Uuid) -> String {
    format!("spotlight:{room}")
}
