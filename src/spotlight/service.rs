//! Writes down who is in the spotlight. Others write the same metadata at the same time (`rooms::metadata`, another host): so
//! whoever wrote looks once more whether it stands.

use std::time::Duration;

use uuid::Uuid;

use super::model;
use crate::{
    error::{Error, Result},
    livekit::client::{Failure, ParticipantInfo},
    rooms::{
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
const ROUNDS: usize = 4;

/// Shows somebody large to everybody, or no longer. Errors: `NotFound` who is not in the call, `RateLimited`, `Upstream`.
pub async fn set(
    state: &AppState,
    _permit: &Permit<Direct>,
    room: &Room,
    host: &User,
    identity: &str,
    on: bool,
) -> Result<()> {
    let (count, retry_after) = state.cache.count(&format!("spotlights:{}:{}", room.id, host.id), MINUTE).await;
    if count > OFTEN {
        return Err(Error::RateLimited { retry_after });
    }
    let name = room.id.to_string();
    let inside = state.livekit.client().list_participants(&name).await?;
    let here = |who: &str| inside.iter().any(|one| one.identity == who);
    if on && !here(identity) {
        return Err(Error::NotFound);
    }
    if on {
        // Before it is written: whoever leaves from now on is looked for.
        state.cache.put(&key(&name), "1", DAY).await?;
    }
    write(state, &name, |listed| model::changed(listed, identity, on, here)).await?;
    tracing::info!(room.id = %room.id, user.id = %host.id, on, "Changed the spotlight of room {}", room.id);
    Ok(())
}

/// Somebody left, and is in the spotlight no more. A reload is no leaving: they are back under another id (`sid`) already.
pub async fn left(state: &AppState, room: &str, identity: &str, sid: &str) {
    // Nearly every room has nobody in it, and LiveKit need not be asked.
    if Uuid::try_parse(room).is_err() || !matches!(state.cache.get(&key(room)).await, Ok(Some(_))) {
        return;
    }
    let (state, room, identity, sid) = (state.clone(), room.to_owned(), identity.to_owned(), sid.to_owned());
    tokio::spawn(async move {
        if let Err(error) = forget(&state, &room, &identity, &sid).await {
            tracing::warn!(room.id = %room, %error, "Somebody who left stays in the spotlight of room {room}");
        }
    });
}

async fn forget(state: &AppState, room: &str, identity: &str, sid: &str) -> Result<()> {
    let inside = match state.livekit.client().list_participants(room).await {
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

async fn write(state: &AppState, room: &str, change: impl Fn(&[String]) -> Vec<String>) -> Result<()> {
    let client = state.livekit.client();
    for _ in 0..ROUNDS {
        let live = client.list_rooms(&[room.to_owned()]).await?.pop().ok_or(Error::NotFound)?;
        let listed = model::read(&live.metadata);
        let now = change(&listed);
        if now == listed {
            return Ok(());
        }
        client.update_room_metadata(room, &model::written(&live.metadata, &now)).await?;
    }
    Ok(())
}

fn key(room: &str) -> String {
    format!("spotlight:{room}")
}
