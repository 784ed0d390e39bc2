//! Hearing who comes and goes, and telling who is there.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    model::{Kind, Meeting, Participant, Report, Stay, What},
    store,
};
use crate::{
    db::Conn,
    error::Result,
    jobs::Handlers,
    livekit::{Identity, colour},
    rooms::{
        self,
        model::Room,
        permissions::{Enter, Permit},
        word::{self, Changed},
    },
    state::AppState,
    users,
};

/// The job that notes a [`Report`].
pub const KIND: &str = "livekit.presence";

/// Somebody who is in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name that the others see.
    pub name: String,
    /// The colour that the others see.
    pub color: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// How many people are in each of these rooms; rooms without any are left out.
pub async fn counts(state: &AppState, rooms: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    let mut lent = state.db.lend().await?;
    Ok(store::counts(&mut lent.conn(), rooms).await?.into_iter().collect())
}

/// Who is in a room, for those who may come in; who is there longest first.
pub async fn people(state: &AppState, room: Uuid, permit: &Permit<Enter>) -> Result<Vec<Person>> {
    let mut lent = state.db.lend().await?;
    let mut people: Vec<(String, Person)> = Vec::new();
    for stay in store::here(&mut lent.conn(), permit, room).await? {
        // Who just reloaded may be there twice for a moment.
        if stay.kind.is_person() && !people.iter().any(|(identity, _)| *identity == stay.identity) {
            let person = Person { color: colour(&stay.identity), name: stay.name, since: stay.joined_at };
            people.push((stay.identity, person));
        }
    }
    Ok(people.into_iter().map(|(_, person)| person).collect())
}

/// Adds the handler of this feature's job.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    handlers.of(KIND, state, noted)
}

async fn noted(state: AppState, report: Report) -> Result<()> {
    hear(&state, &report).await
}

/// Notes what happened. Reports come in any order and more than once; rooms that are gone are nobody's.
pub async fn hear(state: &AppState, report: &Report) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let Some(room) = rooms::store::locked(&mut tx.conn(), report.room).await? else { return Ok(()) };
    let changed = note(&mut tx.conn(), &room, report).await?;
    tx.commit().await?;
    if changed {
        word::tell(state, report.room, Changed::Presence).await;
    }
    Ok(())
}

/// Under the room's lock; whether somebody came or went.
async fn note(conn: &mut Conn<'_>, room: &Room, report: &Report) -> sqlx::Result<bool> {
    let known = store::meeting(conn, &report.room_sid).await?;
    let meeting = Meeting::after(known.as_ref(), report);
    if let Some(meeting) = meeting.as_ref().filter(|meeting| known.as_ref() != Some(meeting)) {
        store::put_meeting(conn, meeting).await?;
    }
    let finished = meeting.and_then(|meeting| meeting.finished_at);
    let (participant, left) = match &report.what {
        What::Started => return Ok(false),
        What::Finished => return Ok(store::end_stays(conn, room.id, &report.room_sid, report.at).await? > 0),
        What::Joined(participant) => (participant, None),
        What::Left(participant) => (participant, Some(report.at)),
    };
    let before = store::stay(conn, room.id, &participant.sid).await?;
    let stay = match &before {
        Some(_) => Stay::seen(room.id, &report.room_sid, participant, report.at),
        None => seen(conn, room, &report.room_sid, participant, report.at).await?,
    };
    let stay = stay.until(left).merged(before.as_ref()).until(finished);
    if before.as_ref() == Some(&stay) {
        return Ok(false);
    }
    store::put_stay(conn, &stay).await?;
    Ok(true)
}

/// A stay that is new to us, with whose it is.
pub(super) async fn seen(
    conn: &mut Conn<'_>,
    room: &Room,
    room_sid: &str,
    participant: &Participant,
    at: DateTime<Utc>,
) -> sqlx::Result<Stay> {
    let subject = Identity::parse(&participant.identity);
    let user_id = match participant.kind {
        Kind::Standard => users::store::by_subject(conn, subject.subject()).await?.map(|user| user.id),
        _ => None,
    };
    Ok(Stay { user_id, told: room.attendance, ..Stay::seen(room.id, room_sid, participant, at) })
}

/// How long LiveKit may repeat an event.
const HEARD: TimeDelta = TimeDelta::minutes(15);

/// Deletes what is over.
pub async fn sweep(state: &AppState) -> Result<()> {
    let now = state.clock.now();
    let kept = TimeDelta::days(state.settings.database.attendance_days.into());
    let mut lent = state.db.lend().await?;
    store::sweep_places(&mut lent.conn(), now).await?;
    Ok(store::sweep(&mut lent.conn(), now - HEARD, now - TimeDelta::days(1), now - kept).await?)
}
