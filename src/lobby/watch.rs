//! Watching a room's door for everybody in this process who stands there: one task a room, which looks when it hears of a change and
//! hands what it saw to all. It hears first and looks then, so nothing is missed; and it looks from time to time, so that what is
//! missed all the same is found.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
    time::Duration,
};

use chrono::TimeDelta;
use futures_util::FutureExt;
use parking_lot::Mutex;
use tokio::{
    sync::{Notify, watch},
    task::AbortHandle,
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{model::Asker, service, snapshot::Snapshot, store};
use crate::{
    cache::Subscription,
    error::{Error, Result},
    rooms::word::{self, Changed},
    state::AppState,
};

/// How often it looks in any case, and says who is still connected.
const BEAT: Duration = Duration::from_secs(15);
/// How long who is connected counts as waiting; longer than a restart of ours takes.
const CONNECTED: TimeDelta = TimeDelta::seconds(45);
/// How long after the connection ended: a reload, another network.
const LINGER: TimeDelta = TimeDelta::seconds(8);
/// Who would drop out of sight before the next beat is noted at once.
const FADES: TimeDelta = TimeDelta::seconds(15);
/// How many pages of one browser listen at one door.
const PAGES: usize = 8;
/// How soon it looks again when the database did not answer.
const AGAIN: Duration = Duration::from_secs(1);
/// It looks no more often than this on the clock alone.
const SHORTEST: Duration = Duration::from_millis(100);

/// The doors that somebody in this process watches.
#[derive(Debug, Default)]
struct Watches(Mutex<HashMap<Uuid, Weak<Watch>>>);

/// What is seen at a door; ends when nobody holds it any more.
#[derive(Debug)]
pub struct Watch {
    room: Uuid,
    seen: watch::Receiver<Option<Arc<Snapshot>>>,
    here: Arc<Here>,
    look: Arc<Notify>,
    task: AbortHandle,
}

/// Who is connected, and how often.
type Here = Mutex<HashMap<Uuid, usize>>;

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Watches a room's door, beside others who do.
pub fn watch(state: &AppState, room: Uuid) -> Arc<Watch> {
    let watches = state.shared::<Watches>();
    let mut all = watches.0.lock();
    if let Some(watch) = all.get(&room).and_then(Weak::upgrade) {
        return watch;
    }
    all.retain(|_, watch| watch.strong_count() > 0);
    let (sender, seen) = watch::channel(None);
    let here = Arc::new(Here::default());
    let heard = word::listen(state, room);
    let now = Arc::new(Notify::new());
    let task = tokio::spawn(look(state.clone(), room, heard, sender, (here.clone(), now.clone()))).abort_handle();
    let watch = Arc::new(Watch { room, seen, here, look: now, task });
    all.insert(room, Arc::downgrade(&watch));
    watch
}

async fn look(
    state: AppState,
    room: Uuid,
    mut heard: Subscription,
    sender: watch::Sender<Option<Arc<Snapshot>>>,
    (here, now): (Arc<Here>, Arc<Notify>),
) {
    let mut beat = Instant::now() + BEAT;
    loop {
        if beat <= Instant::now() {
            beat = Instant::now() + BEAT;
            let connected: Vec<Uuid> = here.lock().keys().copied().collect();
            stay(&state, room, &connected).await;
        }
        let next = match Snapshot::take(&state, room).await {
            Ok(snapshot) => {
                // Whose other connection ended, at another process perhaps, still has this one.
                let times = &state.settings.lobby;
                let fading: Vec<Uuid> =
                    here.lock().keys().copied().filter(|id| snapshot.fades(*id, FADES, times)).collect();
                stay(&state, room, &fading).await;
                let holds = snapshot.holds(times).max(SHORTEST);
                sender.send_replace(Some(Arc::new(snapshot)));
                beat.min(Instant::now() + holds)
            }
            Err(error) => {
                tracing::warn!(room.id = %room, %error, "The door of room {room} cannot be watched just now");
                // Once it answers, who is connected must be noted before anybody is taken for gone.
                beat = Instant::now() + AGAIN;
                beat
            }
        };
        tokio::select! {
            () = tokio::time::sleep_until(next) => {}
            word = heard.next() => if word.is_none() { return },
            () = now.notified() => {}
        }
        // What was said meanwhile is seen in the same look.
        while let Some(Some(_)) = heard.next().now_or_never() {}
    }
}

/// Who is connected still waits.
async fn stay(state: &AppState, room: Uuid, connected: &[Uuid]) {
    if let Err(error) = set_until(state, room, connected, CONNECTED).await {
        tracing::warn!(room.id = %room, %error, "Who waits at room {room} could not be noted");
    }
}

async fn set_until(state: &AppState, room: Uuid, who: &[Uuid], stay: TimeDelta) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::stay(&mut lent.conn(), room, who, state.clock.now() + stay).await?)
}

impl Watch {
    /// What is seen from now on.
    pub fn seen(&self) -> watch::Receiver<Option<Arc<Snapshot>>> {
        let mut seen = self.seen.clone();
        seen.mark_changed();
        seen
    }

    /// Somebody is connected and waits, until what is returned is dropped. `stop`: we are about to end, which makes nobody leave.
    ///
    /// Errors: `RateLimited` when too many pages of this browser listen.
    pub async fn arrive(
        self: &Arc<Self>,
        state: &AppState,
        asker: &Asker,
        stop: CancellationToken,
    ) -> Result<Connected> {
        let participant = asker.participant_id;
        {
            let mut here = self.here.lock();
            let pages = here.entry(participant).or_default();
            if *pages >= PAGES {
                return Err(Error::RateLimited { retry_after: BEAT });
            }
            *pages += 1;
        }
        let (watch, state) = (self.clone(), state.clone());
        let mut connected = Connected { watch, state, participant, since: Instant::now(), stop };
        service::stay(&connected.state, self.room, asker, CONNECTED).await?;
        connected.since = Instant::now();
        self.look.notify_one();
        Ok(connected)
    }
}

/// Somebody who is connected.
#[derive(Debug)]
pub struct Connected {
    watch: Arc<Watch>,
    state: AppState,
    participant: Uuid,
    /// What was seen before says nothing of them.
    pub since: Instant,
    stop: CancellationToken,
}

impl Connected {
    /// What is seen from now on.
    pub fn seen(&self) -> watch::Receiver<Option<Arc<Snapshot>>> {
        self.watch.seen()
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        let mut here = self.watch.here.lock();
        let left = here.get_mut(&self.participant).map_or(0, |count| {
            *count -= 1;
            *count
        });
        if left > 0 {
            return;
        }
        here.remove(&self.participant);
        drop(here);
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if self.stop.is_cancelled() {
            return;
        }
        let (state, room, participant) = (self.state.clone(), self.watch.room, self.participant);
        runtime.spawn(async move {
            // Where the database is away they count as there a little longer.
            if set_until(&state, room, &[participant], LINGER).await.is_ok() {
                word::tell(&state, room, Changed::Lobby).await;
            }
        });
    }
}
