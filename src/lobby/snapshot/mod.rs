//! A room's door at one moment, and what each who stands there sees of it. Looking is one thing for all of them: fifty who wait ask
//! the database once.

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;
use uuid::Uuid;

use super::{
    decisions::has_door,
    model::{Asker, Entry, Status},
    store,
};
use crate::{
    config::Lobby as Times,
    error::Result,
    presence,
    rooms::{
        self,
        model::{AccessLevel, Room},
        removals::KeptOut,
    },
    state::AppState,
};

/// The door at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The room; none: it is there no more.
    pub room: Option<Room>,
    /// Whether a host is in the call.
    pub host_here: bool,
    /// Who was removed, and does not come in.
    pub kept_out: KeptOut,
    /// What hosts tell those who wait.
    pub message: Option<String>,
    /// When this was seen.
    pub at: DateTime<Utc>,
    /// When looking began: what was written before stands in it.
    pub began: Instant,
    entries: Vec<Entry>,
    /// Where in `entries` a browser's stands.
    by_browser: HashMap<Uuid, usize>,
    /// Place in the queue, from 1 on.
    places: HashMap<Uuid, usize>,
}

/// Whether the room itself lets somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passes {
    /// It does.
    Yes,
    /// It takes a host.
    No,
    /// They were removed.
    Removed,
    /// There is no place left.
    Full,
    /// Whoever was let in waits all the same: no host is there.
    Awaits,
}

/// What somebody who asked sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// At the door.
    Waiting {
        /// Place in the queue, from 1 on.
        place: usize,
        /// Whether a host is in the call.
        host_here: bool,
        /// What hosts say.
        message: Option<String>,
        /// Whether signing in would let them in.
        sign_in_helps: bool,
    },
    /// May come in.
    Admitted,
    /// Refused; may ask again from then on.
    Refused(DateTime<Utc>),
    /// Nobody answered for too long; may ask again.
    TimedOut,
    /// Was removed from the call; comes in once a host lets them back.
    Removed,
    /// There is no place left; comes in once there is.
    Full,
    /// Does not wait here, or the room is no more.
    Gone,
}

impl View {
    /// Whether nothing follows until somebody asks again.
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Waiting { .. } | Self::Removed | Self::Full)
    }
}

impl Snapshot {
    /// Looks.
    pub async fn take(state: &AppState, room: Uuid) -> Result<Self> {
        let (began, at) = (Instant::now(), state.clock.now());
        let mut lent = state.db.lend().await?;
        let conn = &mut lent.conn();
        let found = rooms::store::by_id(conn, room).await?;
        let entries = store::all(conn, room).await?;
        let host_here = presence::store::host_is_here(conn, room).await?;
        let message = store::message(conn, room).await?;
        let kept_out = rooms::removals::store::kept_out(conn, room).await?;
        Ok(Self { began, kept_out, ..Self::of(found, entries, host_here, message, at, &state.settings.lobby) })
    }

    fn of(
        room: Option<Room>,
        entries: Vec<Entry>,
        host_here: bool,
        message: Option<String>,
        at: DateTime<Utc>,
        times: &Times,
    ) -> Self {
        let seen = entries.iter().filter(|entry| entry.is_seen(at, times));
        Self {
            places: seen.enumerate().map(|(before, entry)| (entry.participant_id, before + 1)).collect(),
            by_browser: entries.iter().enumerate().map(|(at, entry)| (entry.participant_id, at)).collect(),
            room,
            host_here,
            kept_out: KeptOut::default(),
            message,
            at,
            began: Instant::now(),
            entries,
        }
    }

    /// Whether an account is what somebody without one lacks.
    fn asks_for_account(&self) -> bool {
        self.room.as_ref().is_some_and(|room| room.verified_only || room.access_level == AccessLevel::Trusted)
    }

    /// Those who wait, in the order in which they came. Nobody waits where everybody comes in.
    pub fn waiting(&self) -> impl Iterator<Item = &Entry> {
        let open = !self.room.as_ref().is_some_and(has_door);
        self.entries.iter().filter(move |entry| !open && self.places.contains_key(&entry.participant_id))
    }

    /// What `asker` sees.
    pub fn view(&self, asker: &Asker, passes: Passes, times: &Times) -> View {
        if self.room.is_none() {
            return View::Gone;
        }
        match passes {
            Passes::Yes => return View::Admitted,
            Passes::Removed => return View::Removed,
            Passes::Full => return View::Full,
            Passes::No | Passes::Awaits => {}
        }
        let stored = self.by_browser.get(&asker.participant_id).and_then(|at| self.entries.get(*at));
        let Some(entry) = stored.filter(|entry| entry.is_of(asker)) else { return View::Gone };
        match entry.status {
            Status::Accepted if self.at >= entry.until => View::Gone,
            Status::Accepted if passes != Passes::Awaits => View::Admitted,
            Status::Denied => View::Refused(entry.until),
            Status::Waiting if entry.is_tired(self.at, times) => View::TimedOut,
            Status::Waiting if !entry.is_kept(self.at, times) => View::Gone,
            Status::Waiting | Status::Accepted => View::Waiting {
                // Who is not seen for a moment comes after all who are.
                place: self.places.get(&asker.participant_id).copied().unwrap_or(self.places.len() + 1),
                host_here: self.host_here,
                message: self.message.clone(),
                sign_in_helps: asker.user_id.is_none() && self.asks_for_account(),
            },
        }
    }

    /// Whether somebody who waits is about to drop out of sight, or has just done so.
    pub fn fades(&self, participant: Uuid, within: TimeDelta, times: &Times) -> bool {
        let entry = self.by_browser.get(&participant).and_then(|at| self.entries.get(*at));
        entry.is_some_and(|entry| entry.is_kept(self.at, times) && entry.until < self.at + within)
    }

    /// How long this holds if nobody does anything: until the first of those who wait drops out.
    pub fn holds(&self, times: &Times) -> Duration {
        let waiting = self.entries.iter().filter(|entry| self.places.contains_key(&entry.participant_id));
        let first = waiting.map(|entry| entry.until.min(entry.since + times.patience) - self.at).min();
        first.unwrap_or(TimeDelta::MAX).to_std().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
