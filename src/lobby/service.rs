//! Asking to come in.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{
    model::{self, Asked, Asker, Entry, Status},
    now::Standing,
    places, store,
};
use crate::{
    error::{Error, Result},
    livekit::Identity,
    rooms::{
        model::Room,
        permissions::{self, Enter, Permit},
        word::{self, Changed},
    },
    state::AppState,
    users::model::User,
    web::{
        device::Browser,
        remote::{Remote, network},
    },
};

/// How many may wait at one door. A room that is overrun stays one that a host can look at.
pub const MOST_WAITING: i64 = 1000;
/// From here on the door may be being filled on purpose.
const MANY_WAITING: i64 = 500;
/// How many more may come from one address within an [`HOUR`] then.
const OF_ONE_ADDRESS: u64 = 100;
const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
/// How long somebody who finds the door full is told to stay away.
const FULL: std::time::Duration = std::time::Duration::from_secs(30);
/// How often a request is judged anew because somebody else changed what it found.
const ROUNDS: usize = 8;
/// What is sent to everybody in the call when somebody new waits (contract §4.5). It says nothing of whom.
const NOTICE: &str = r#"{"type":"participantWaiting"}"#;

/// What becomes of asking.
#[derive(Debug)]
pub enum Verdict {
    /// May come in; what was stored of them, if anything was.
    In(Permit<Enter>, Option<Entry>),
    /// Waits.
    Waiting(Entry),
    /// Was refused a moment ago.
    Denied(Entry),
    /// Was removed from the call, and no host has let them back.
    Removed,
    /// There is no place left.
    Full,
}

impl Asker {
    /// Who asks from this browser.
    pub fn new(user: Option<&User>, browser: &Browser) -> Self {
        Self { participant_id: browser.id, user_id: user.map(|user| user.id) }
    }
}

/// Somebody's request to come in.
#[derive(Clone, Copy, Debug)]
pub struct Knock<'k> {
    /// Who.
    pub asker: &'k Asker,
    /// The name hosts see.
    pub name: &'k str,
    /// How long they count as waiting unless they ask again.
    pub stay: TimeDelta,
    /// Where from.
    pub from: Remote,
    /// Who they will be on LiveKit.
    pub identity: &'k Identity,
}

/// Somebody asks to come in: at once where the room itself lets them, else as soon as a host does.
///
/// Errors: refused `account_required`; `RateLimited` when too many wait.
pub async fn ask(state: &AppState, room: &Room, standing: &Standing, knock: &Knock<'_>) -> Result<Verdict> {
    match judge(state, room, standing, knock).await? {
        Verdict::In(permit, _) if standing.counts() && !places::take(state, room, knock.identity, &permit).await? => {
            Ok(Verdict::Full)
        }
        verdict => Ok(verdict),
    }
}

async fn judge(state: &AppState, room: &Room, standing: &Standing, knock: &Knock<'_>) -> Result<Verdict> {
    let Knock { asker, name, stay, from, .. } = *knock;
    if standing.who.removed {
        return Ok(Verdict::Removed);
    }
    if let Ok(permit) = standing.enter() {
        return passed(state, room, asker, permit).await;
    }
    if standing.lacks_account() {
        return Err(Error::Refused("account_required"));
    }
    if standing.is_full() {
        return Ok(Verdict::Full);
    }
    let times = &state.settings.lobby;
    for _ in 0..ROUNDS {
        let now = state.clock.now();
        let mut lent = state.db.lend().await?;
        let conn = &mut lent.conn();
        let stored = store::find(conn, room.id, asker.participant_id).await?;
        let holding = stored.clone().filter(|entry| standing.honours(room, entry));
        match model::ask(holding, asker, room.id, name, now, stay, times) {
            // What a host decided stays, for when there is one.
            Asked::Accepted(entry) if standing.awaits_host() => return Ok(Verdict::Waiting(entry)),
            Asked::Accepted(entry) => {
                let admission = entry.admission().ok_or(Error::Forbidden)?;
                let permit = permissions::enter_admitted(&admission, asker.participant_id, asker.user_id, now)?;
                return Ok(Verdict::In(permit, Some(entry)));
            }
            Asked::Denied(entry) => return Ok(Verdict::Denied(entry)),
            Asked::Waiting { entry, new } => {
                if new {
                    let waiting = store::count_waiting(conn, room.id, now).await?;
                    room_left(state, room.id, waiting, from).await?;
                }
                if store::put_waiting(conn, stored.as_ref(), &entry).await? {
                    drop(lent);
                    if new {
                        tell(state, room.id).await;
                    }
                    return Ok(Verdict::Waiting(entry));
                }
            }
        }
    }
    Err(anyhow::anyhow!("an entry of the lobby changes faster than it can be judged").into())
}

/// Whether one more may wait. Once many do, nobody at one address may take all the places that are left.
async fn room_left(state: &AppState, room: Uuid, waiting: i64, from: Remote) -> Result<()> {
    if waiting >= MOST_WAITING {
        return Err(Error::RateLimited { retry_after: FULL });
    }
    if waiting >= MANY_WAITING {
        state.cache.limit(&format!("door:{room}:{}", network(from.0)), OF_ONE_ADDRESS, HOUR).await?;
    }
    Ok(())
}

/// Who need not wait leaves the queue.
async fn passed(state: &AppState, room: &Room, asker: &Asker, permit: Permit<Enter>) -> Result<Verdict> {
    let mut lent = state.db.lend().await?;
    let stored = store::find(&mut lent.conn(), room.id, asker.participant_id).await?;
    let stored = stored.filter(|entry| entry.is_of(asker));
    if stored.as_ref().is_some_and(|entry| entry.status == Status::Waiting) {
        store::remove_waiting(&mut lent.conn(), room.id, asker.participant_id, state.clock.now()).await?;
        drop(lent);
        word::tell(state, room.id, Changed::Lobby).await;
    }
    Ok(Verdict::In(permit, stored))
}

/// Somebody who asked is still there: their place is kept for so much longer, if it is theirs yet.
pub async fn stay(state: &AppState, room: Uuid, asker: &Asker, stay: TimeDelta) -> Result<()> {
    let (now, times) = (state.clock.now(), &state.settings.lobby);
    let mut lent = state.db.lend().await?;
    let conn = &mut lent.conn();
    let stored = store::find(conn, room, asker.participant_id).await?;
    let Some(entry) = stored.filter(|entry| entry.is_of(asker) && entry.is_kept(now, times)) else { return Ok(()) };
    store::stay(conn, room, &[asker.participant_id], entry.until.max(now + stay)).await?;
    drop(lent);
    if !entry.is_seen(now, times) {
        tell(state, room).await;
    }
    Ok(())
}

/// Somebody waits no longer.
pub async fn give_up(state: &AppState, room: Uuid, asker: &Asker) -> Result<()> {
    let mut lent = state.db.lend().await?;
    let stored = store::find(&mut lent.conn(), room, asker.participant_id).await?;
    let removed = stored.is_some_and(|entry| entry.is_of(asker))
        && store::remove_waiting(&mut lent.conn(), room, asker.participant_id, state.clock.now()).await?;
    drop(lent);
    if removed {
        word::tell(state, room, Changed::Lobby).await;
    }
    Ok(())
}

/// Where somebody stands whom the room itself does not let in.
#[derive(Debug)]
pub enum Stands {
    /// Has not asked, or no longer waits.
    Nowhere,
    /// Waits, under this name.
    Waiting(String),
    /// A host let them in.
    Admitted(Permit<Enter>),
}

/// Where somebody stands at this door just now. What a host decided counts while it opens the door: where the room was locked since, is
/// full or waits for a host, nobody is told who is inside.
pub async fn stands(state: &AppState, room: &Room, standing: &Standing, asker: &Asker) -> Result<Stands> {
    let mut lent = state.db.lend().await?;
    let stored = store::find(&mut lent.conn(), room.id, asker.participant_id).await?;
    let (now, times) = (state.clock.now(), &state.settings.lobby);
    let stored = stored.filter(|entry| entry.is_of(asker));
    let opens = |entry: &&Entry| standing.honours(room, entry) && standing.fits();
    if let Some(admission) = stored.as_ref().filter(opens).and_then(Entry::admission)
        && let Ok(permit) = permissions::enter_admitted(&admission, asker.participant_id, asker.user_id, now)
    {
        return Ok(Stands::Admitted(permit));
    }
    Ok(match stored.filter(|entry| entry.is_seen(now, times)) {
        Some(entry) => Stands::Waiting(entry.username),
        None => Stands::Nowhere,
    })
}

/// Tells every host that somebody new waits: those who look at our pages, and, for other clients, everybody in the call. In a task of
/// its own: LiveKit being away or slow keeps nobody at the door from an answer.
async fn tell(state: &AppState, room: Uuid) {
    word::tell(state, room, Changed::Lobby).await;
    let state = state.clone();
    tokio::spawn(async move {
        match state.livekit.client().send_data(&room.to_string(), NOTICE.as_bytes(), &[]).await {
            Ok(()) | Err(crate::livekit::client::Failure::NotFound) => {}
            Err(failure) => tracing::warn!(room.id = %room, %failure, "The call in room {room} was not told who waits"),
        }
    });
}

/// Deletes what nobody needs any more.
pub async fn sweep(state: &AppState) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::sweep(&mut lent.conn(), state.clock.now()).await?)
}
