//! Keeping what is said, and telling it to those who come later. Nobody says or reads anything who is not in the call at that moment:
//! a token that outlived a removal opens nothing here.

use std::time::Duration;

use chrono::TimeDelta;

use super::{model::Message, request::Said, store};
use crate::{
    error::{Error, Result},
    livekit::client::{Failure, ParticipantInfo},
    presence::ended::Ended,
    rooms::{
        model::Room,
        permissions::{Permit, TakePart, Who},
        rights::may_write,
    },
    state::AppState,
};

/// How much later LiveKit's API may know of somebody.
const MOMENT: Duration = Duration::from_millis(400);
const MINUTE: Duration = Duration::from_secs(60);
/// Messages of one person within a [`MINUTE`].
const MESSAGES: u64 = 60;
/// How often one person reads everything within a [`MINUTE`]: once when coming in, and after each loss.
const READINGS: u64 = 30;
/// How many messages of one call are kept, and how many are told.
const MOST_KEPT: i64 = 5000;
const MOST_TOLD: i64 = 500;
/// No call lasts longer: what is older belongs to one whose end nobody heard of.
const OLDEST: TimeDelta = TimeDelta::hours(48);

/// Keeps a message, where messages are kept. Errors: `NotFound` who is not in the call, `Forbidden` where nobody may write,
/// `RateLimited`, `Upstream`.
pub async fn say(
    state: &AppState,
    permit: &Permit<TakePart>,
    room: &Room,
    who: Who,
    identity: &str,
    said: Said,
) -> Result<()> {
    state.cache.limit(&format!("chat:{}:{identity}", room.id), MESSAGES, MINUTE).await?;
    if !may_write(room, who.hosts()) {
        return Err(Error::Forbidden);
    }
    if !room.chat_history {
        return Ok(());
    }
    let sender = inside(state, room, identity).await?;
    let message = Message {
        room_id: room.id,
        identity: identity.to_owned(),
        message_id: said.id,
        name: sender.name,
        text: said.text,
        reply_to: said.reply_to,
        sent_at: state.clock.now(),
    };
    let mut lent = state.db.lend().await?;
    if store::count(&mut lent.conn(), room.id).await? < MOST_KEPT {
        store::insert(&mut lent.conn(), permit, &message).await?;
    }
    Ok(())
}

/// What was written so far, oldest first; nothing where nothing is kept. Errors: `NotFound` who is not in the call, `RateLimited`,
/// `Upstream`.
pub async fn read(state: &AppState, permit: &Permit<TakePart>, room: &Room, identity: &str) -> Result<Vec<Message>> {
    state.cache.limit(&format!("chat-read:{}:{identity}", room.id), READINGS, MINUTE).await?;
    inside(state, room, identity).await?;
    if !room.chat_history {
        return Ok(Vec::new());
    }
    let mut lent = state.db.lend().await?;
    let mut messages = store::latest(&mut lent.conn(), permit, room.id, MOST_TOLD).await?;
    messages.reverse();
    Ok(messages)
}

/// The call is over, and what was written in it with it.
pub async fn meeting_ended(state: AppState, ended: Ended) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::forget(&mut lent.conn(), ended.room, ended.at).await?)
}

/// Forgets what belongs to calls whose end nobody heard of.
pub async fn sweep(state: &AppState) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::sweep(&mut lent.conn(), state.clock.now() - OLDEST).await?)
}

/// Whoever is in the call now. LiveKit lets people in a moment before its API lists them (seen: 1.13.5), so who is not there is looked
/// for once more. Errors: `NotFound`.
async fn inside(state: &AppState, room: &Room, identity: &str) -> Result<ParticipantInfo> {
    let (client, room) = (state.livekit.client(), room.id.to_string());
    match client.get_participant(&room, identity).await {
        Err(Failure::NotFound) => {
            tokio::time::sleep(MOMENT).await;
            Ok(client.get_participant(&room, identity).await?)
        }
        found => Ok(found?),
    }
}
