//! Muting: what somebody sends stops, until they send again by themselves. Nobody can be unmuted by others.

use futures_util::{StreamExt, stream};
use std::time::Duration;

use super::{Moderated, account_of, noted, target};
use crate::{
    error::{Error, Result},
    livekit::{
        Identity,
        client::{Failure, TrackInfo},
        tokens::Source,
    },
    rooms::{
        audit::{Action, Target},
        inside,
        model::Room,
        permissions::{Permit, TakePart},
        rights::Rights,
    },
    state::AppState,
};

const MINUTE: Duration = Duration::from_secs(60);
/// How often somebody who does not run the meeting mutes others within a [`MINUTE`].
const OFTEN: u64 = 20;
/// How many are muted at once.
const AT_ONCE: usize = 16;

/// By somebody who runs the meeting: anything that somebody sends. Errors: `NotFound`, `Upstream`.
pub async fn by_host(state: &AppState, on: &Moderated<'_>, identity: &str, track_sid: &str) -> Result<()> {
    // LiveKit tells "not there" from "not now" only when it is asked who is there (seen: 1.13.5).
    let there = on.person(state, identity).await?;
    if !there.tracks.iter().any(|track| track.sid == track_sid) {
        return Err(Error::NotFound);
    }
    state.livekit.client().mute_track(&on.room.id.to_string(), identity, track_sid).await?;
    let account = account_of(state, identity).await?;
    noted(state, on.room.id, Some(on.by.id), Action::Muted, target(account.as_ref(), identity), None).await;
    Ok(())
}

/// By anybody in the call, where the room lets them: microphones alone. Errors: `Forbidden` where it does not, refused
/// `presence_unknown` who is not in the call themselves, `NotFound`, `RateLimited`, `Upstream`.
pub async fn by_participant(
    state: &AppState,
    _permit: &Permit<TakePart>,
    room: &Room,
    own: &str,
    identity: &str,
    track_sid: &str,
) -> Result<()> {
    if !Rights::of(&room.configuration).mute {
        return Err(Error::Forbidden);
    }
    state.cache.limit(&format!("mute:{}:{own}", room.id), OFTEN, MINUTE).await?;
    let (client, name) = (state.livekit.client(), room.id.to_string());
    // A token that outlived a removal mutes nobody.
    client.get_participant(&name, own).await.map_err(|_| Error::Refused("presence_unknown"))?;
    let there = client.get_participant(&name, identity).await?;
    let track = there.tracks.iter().find(|track| track.sid == track_sid).ok_or(Error::NotFound)?;
    if track.source != Some(Source::Microphone) {
        return Err(Error::Forbidden);
    }
    client.mute_track(&name, identity, track_sid).await?;
    let by = account_of(state, own).await?.map(|user| user.id);
    let account = account_of(state, identity).await?;
    let guest = by.is_none().then_some(own);
    noted(state, room.id, by, Action::Muted, target(account.as_ref(), identity), guest).await;
    Ok(())
}

/// The microphones of everybody who does not run the meeting; how many were on. Errors: `Upstream`.
pub async fn everybody(state: &AppState, on: &Moderated<'_>) -> Result<usize> {
    let people = on.people(state).await?;
    let hosts = inside::hosts(state, &on.room).await?;
    let others = people.iter().filter(|one| !hosts.contains(Identity::parse(&one.identity).subject()));
    let open: Vec<(&str, &str)> = others
        .flat_map(|one| {
            one.tracks.iter().filter(|track| is_open(track)).map(|track| (one.identity.as_str(), track.sid.as_str()))
        })
        .collect();
    let name = on.room.id.to_string();
    let muting: Vec<_> = open.iter().map(|(identity, sid)| mute(state, &name, identity, sid)).collect();
    let done: Vec<Result<(), Failure>> = stream::iter(muting).buffer_unordered(AT_ONCE).collect().await;
    // Who left or went quiet meanwhile is muted, too.
    let failed = done.into_iter().find(|one| !matches!(one, Ok(()) | Err(Failure::NotFound)));
    failed.unwrap_or(Ok(()))?;
    noted(state, on.room.id, Some(on.by.id), Action::MutedAll, Target::None, None).await;
    Ok(open.len())
}

async fn mute(state: &AppState, room: &str, identity: &str, sid: &str) -> Result<(), Failure> {
    state.livekit.client().mute_track(room, identity, sid).await
}

fn is_open(track: &TrackInfo) -> bool {
    track.source == Some(Source::Microphone) && !track.muted
}
