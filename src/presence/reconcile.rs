//! Puts right what webhooks did not tell: they get lost when we, the network or LiveKit are away.
//!
//! What we believe is read before LiveKit is asked. So whatever LiveKit does not know then is over, and what it tells is newer than
//! what we believed; what webhooks told meanwhile is left alone. While LiveKit cannot be asked nothing changes.

use std::{collections::HashSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    came::{self, Came},
    ended::{self, Ended},
    model::{Kind, Meeting, Participant, Stay, room_of},
    service,
    store::{self, Session},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    jobs::Handlers,
    livekit::client::{Failure, ParticipantInfo, RoomInfo},
    rooms::{
        self,
        word::{self, Changed},
    },
    state::AppState,
};

/// The job that looks where numbers differ, again and again.
const KIND: &str = "livekit.reconcile";
/// The job that looks everywhere, once at each start.
pub const AT_START: &str = "livekit.reconcile_all";
/// How often.
const PERIOD: Duration = Duration::from_secs(30);
/// Every room is looked into once within so many rounds, even if the numbers are the same.
const ROUNDS: i64 = 10;
/// How long LiveKit may not list a room before its meeting is over: a restart brings the same people back within seconds.
const MISSING: TimeDelta = TimeDelta::seconds(90);
/// How long after its end LiveKit may still list a room.
const CLOSING: TimeDelta = TimeDelta::seconds(10);

/// How much is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Where LiveKit counts others than we do, and a few more in turn.
    Differing,
    /// Everywhere.
    All,
}

/// Adds the handlers of these jobs.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    handlers.every(KIND, PERIOD, state, regularly).of(AT_START, state, once)
}

/// LiveKit being away is no failure here: in half a minute it is asked again.
async fn regularly(state: AppState) -> Result<()> {
    match run(&state, Depth::Differing).await {
        Err(Error::Upstream(cause)) => {
            tracing::debug!(cause = format!("{cause:#}"), "LiveKit cannot be asked who is there");
            Ok(())
        }
        result => result,
    }
}

async fn once(state: AppState, (): ()) -> Result<()> {
    run(&state, Depth::All).await
}

/// What we believed before LiveKit was asked.
struct Believed {
    meetings: Vec<Meeting>,
    sessions: Vec<Session>,
}

/// Makes what we believe equal to what LiveKit says. Errors: `Upstream`: LiveKit cannot be asked; what it told before holds.
pub async fn run(state: &AppState, depth: Depth) -> Result<()> {
    let believed = {
        let mut lent = state.db.lend().await?;
        Believed {
            meetings: store::open_meetings(&mut lent.conn()).await?,
            sessions: store::open_sessions(&mut lent.conn()).await?,
        }
    };
    let listed = state.livekit.client().list_rooms(&[]).await?;
    let ours = |room: &RoomInfo| room_of(&room.name).filter(|_| state.settings.livekit.is_ours(&room.name));
    let live: Vec<_> = listed.into_iter().filter_map(|room| Some((ours(&room)?, room))).collect();
    let now = state.clock.now();
    for (id, room) in &live {
        if depth == Depth::All || differs(&believed, *id, room) || due(*id, now) {
            compare(state, *id, room).await?;
        }
        let others = believed.of(*id).filter(|sid| *sid != room.sid.as_str());
        for sid in others.collect::<HashSet<_>>() {
            replaced(state, *id, sid).await?;
        }
    }
    let live: HashSet<_> = live.iter().map(|(id, _)| *id).collect();
    for id in believed.rooms().filter(|id| !live.contains(id)).collect::<HashSet<_>>() {
        for sid in believed.of(id).collect::<HashSet<_>>() {
            missing(state, id, sid).await?;
        }
    }
    Ok(())
}

impl Believed {
    fn rooms(&self) -> impl Iterator<Item = Uuid> {
        let meetings = self.meetings.iter().map(|meeting| meeting.room_id);
        meetings.chain(self.sessions.iter().map(|session| session.room_id))
    }

    /// The sessions of a room.
    fn of(&self, room: Uuid) -> impl Iterator<Item = &str> {
        let meetings = self.meetings.iter().filter(move |meeting| meeting.room_id == room);
        let sessions = self.sessions.iter().filter(move |session| session.room_id == room);
        meetings.map(|meeting| meeting.room_sid.as_str()).chain(sessions.map(|session| session.room_sid.as_str()))
    }
}

/// Whether LiveKit counts others than we do. It counts recorders as little as we do.
fn differs(believed: &Believed, id: Uuid, room: &RoomInfo) -> bool {
    let known = believed.meetings.iter().any(|meeting| meeting.room_sid == room.sid && meeting.missing_since.is_none());
    let session = believed.sessions.iter().find(|session| session.room_id == id && session.room_sid == room.sid);
    !known || session.map_or(0, |session| session.people) != i64::from(room.participants)
}

/// Whether it is this room's turn.
fn due(id: Uuid, now: DateTime<Utc>) -> bool {
    let rounds = ROUNDS.unsigned_abs();
    let turn = now.timestamp().unsigned_abs() / PERIOD.as_secs() % rounds;
    id.as_u128() % u128::from(rounds) == u128::from(turn)
}

/// Looks into one room.
async fn compare(state: &AppState, id: Uuid, room: &RoomInfo) -> Result<()> {
    let mut lent = state.db.lend().await?;
    if rooms::store::by_id(&mut lent.conn(), id).await?.is_none() {
        return Ok(());
    }
    let before = store::stays_around(&mut lent.conn(), id, &room.sid).await?;
    drop(lent);
    let inside = match state.livekit.client().list_participants(&room.name).await {
        Ok(inside) => inside,
        // It ended just now; its webhook, or the next round, says so.
        Err(Failure::NotFound) => return Ok(()),
        Err(failure) => return Err(failure.into()),
    };
    let mut tx = state.db.begin().await?;
    let changed = equal(state, &mut tx.conn(), id, room, &before, inside).await?;
    tx.commit().await?;
    if changed {
        state.jobs.ring();
        word::tell(state, id, Changed::Presence).await;
    }
    Ok(())
}

async fn equal(
    state: &AppState,
    conn: &mut Conn<'_>,
    id: Uuid,
    info: &RoomInfo,
    before: &[Stay],
    inside: Vec<ParticipantInfo>,
) -> Result<bool> {
    let now = state.clock.now();
    let Some(room) = rooms::store::locked(conn, id).await? else { return Ok(false) };
    let known = store::meeting(conn, &info.sid).await?;
    if known.as_ref().and_then(|known| known.finished_at).is_some_and(|finished| finished + CLOSING > now) {
        return Ok(false);
    }
    let began = info.created_at.unwrap_or(now);
    let meeting = Meeting {
        room_sid: info.sid.clone(),
        room_id: id,
        started_at: known.as_ref().map_or(began, |known| known.started_at),
        finished_at: None,
        missing_since: None,
    };
    if known.as_ref() != Some(&meeting) {
        store::put_meeting(conn, &meeting).await?;
    }
    let mut changed = false;
    let here: HashSet<_> = inside.iter().map(|one| one.sid.clone()).collect();
    for gone in before.iter().filter(|stay| stay.left_at.is_none() && !here.contains(&stay.participant_sid)) {
        changed |= end(conn, id, &gone.participant_sid, now).await?;
    }
    for one in inside.into_iter().filter(|one| one.active) {
        let known = before.iter().find(|stay| stay.participant_sid == one.sid);
        let participant = Participant::from(one.clone());
        if be_here(conn, &room, &info.sid, known, &participant, now).await? {
            changed = true;
            welcome(state, conn, &room, &one).await?;
        }
    }
    Ok(changed)
}

async fn end(conn: &mut Conn<'_>, room: Uuid, participant_sid: &str, now: DateTime<Utc>) -> Result<bool> {
    match store::stay(conn, room, participant_sid).await? {
        Some(stay) if stay.left_at.is_none() => {
            store::put_stay(conn, &stay.until(Some(now))).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// What webhooks would have caused: nobody keeps the rights of an old token, or stays who was removed, because word of them was lost.
async fn welcome(
    state: &AppState,
    conn: &mut Conn<'_>,
    room: &rooms::model::Room,
    one: &ParticipantInfo,
) -> Result<()> {
    // Machines have the rights they were given.
    if Kind::of(&one.kind) != Kind::Standard {
        return Ok(());
    }
    rooms::inside::came(conn, state, room, &one.identity, Some((&one.permission, &one.attributes))).await?;
    came::enqueue(conn, state, &Came { room: room.id, identity: one.identity.clone() }).await
}

/// Somebody is inside. `before`: what was known when LiveKit was asked; what has been learnt since is newer than its answer.
async fn be_here(
    conn: &mut Conn<'_>,
    room: &rooms::model::Room,
    room_sid: &str,
    before: Option<&Stay>,
    participant: &Participant,
    now: DateTime<Utc>,
) -> Result<bool> {
    let stay = match before {
        Some(stay) if stay.left_at.is_none() && stay.room_sid == room_sid => return Ok(false),
        // It was believed to be over, wrongly; or nobody said to which session it belongs.
        Some(stay) => Stay { left_at: None, room_sid: room_sid.to_owned(), ..stay.clone() },
        None if store::stay(conn, room.id, &participant.sid).await?.is_some() => return Ok(false),
        None => service::seen(conn, room, room_sid, participant, now).await?,
    };
    store::put_stay(conn, &stay).await?;
    Ok(true)
}

/// LiveKit has the room in another session: this one is over, and the meeting goes on there.
async fn replaced(state: &AppState, id: Uuid, sid: &str) -> Result<()> {
    let mut tx = state.db.begin().await?;
    if rooms::store::locked(&mut tx.conn(), id).await?.is_none() {
        return Ok(());
    }
    let now = state.clock.now();
    let ended = store::end_stays(&mut tx.conn(), id, sid, now).await?;
    if let Some(meeting) = store::meeting(&mut tx.conn(), sid).await?.filter(|meeting| meeting.finished_at.is_none()) {
        let finished_at = Some(meeting.missing_since.unwrap_or(now));
        store::put_meeting(&mut tx.conn(), &Meeting { finished_at, ..meeting }).await?;
    }
    tx.commit().await?;
    if ended > 0 {
        word::tell(state, id, Changed::Presence).await;
    }
    Ok(())
}

/// LiveKit does not have the room: nobody is in it, and after a while the meeting is over.
async fn missing(state: &AppState, id: Uuid, sid: &str) -> Result<()> {
    let mut tx = state.db.begin().await?;
    if rooms::store::locked(&mut tx.conn(), id).await?.is_none() {
        return Ok(());
    }
    let now = state.clock.now();
    let left = store::end_stays(&mut tx.conn(), id, sid, now).await?;
    let mut news = left > 0;
    if let Some(mut meeting) =
        store::meeting(&mut tx.conn(), sid).await?.filter(|meeting| meeting.finished_at.is_none())
    {
        match meeting.missing_since {
            None => {
                news = true;
                meeting.missing_since = Some(now);
                store::put_meeting(&mut tx.conn(), &meeting).await?;
            }
            Some(at) if at + MISSING <= now => {
                news = true;
                meeting.finished_at = Some(at);
                store::put_meeting(&mut tx.conn(), &meeting).await?;
                ended::enqueue(&mut tx.conn(), state, &Ended { room: id, room_sid: meeting.room_sid, at }).await?;
            }
            Some(_) => {}
        }
    }
    tx.commit().await?;
    if news {
        state.jobs.ring();
        ended::forget(state, &id.to_string()).await;
        word::tell(state, id, Changed::Presence).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_room_has_its_turn() {
        let start = DateTime::from_timestamp(1_795_000_000, 0).expect("a time");
        for id in [Uuid::nil(), Uuid::max(), Uuid::from_u128(0x1234_5678_9abc)] {
            let turns = (0..ROUNDS * 3).filter(|round| due(id, start + TimeDelta::seconds(30 * round))).count();
            assert_eq!(turns, 3, "{id}");
        }
    }
}
