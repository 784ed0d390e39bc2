//! An entry of the lobby: somebody asked to come in, a host decides, and both hold for a while. Pure: what is stored and what the
//! clock says go in, what to answer and what to store come out.
//!
//! Nobody comes in by asking alone. A token is given on a [`Permit`](crate::rooms::permissions::Permit), and where the room itself
//! does not let somebody in, only an [`Admission`] makes one.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{config::Lobby as Times, rooms::permissions::Admission, users::defaults::words};

/// How long a place in the queue is kept for somebody who is not seen any more.
pub const KEPT: TimeDelta = TimeDelta::minutes(2);
/// How long after a decision another host's is taken for one of the same moment: the first holds. A host's own second thought does not
/// wait: whoever sees that they let in the wrong one shuts the door at once.
pub const SAME_MOMENT: TimeDelta = TimeDelta::seconds(5);
/// How long refusals are remembered once they are over, to make the next one last longer.
pub const REMEMBERED: TimeDelta = TimeDelta::hours(1);

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing yet.
    Waiting,
    /// May come in.
    Accepted,
    /// May not, for now.
    Denied,
}

words!(Status { Waiting = "waiting", Accepted = "accepted", Denied = "denied" });

/// What is stored of somebody who asked.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// The room.
    pub room_id: Uuid,
    /// The browser: what the signed cookie says, and a guest's LiveKit identity.
    pub participant_id: Uuid,
    /// The account; none for a guest. Another account on the same browser is somebody else.
    pub user_id: Option<Uuid>,
    /// The name they asked with.
    pub username: String,
    /// What was decided.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Since when they wait: the place in the queue.
    pub since: DateTime<Utc>,
    /// How long the status lasts; for who waits, until when they count as there.
    pub until: DateTime<Utc>,
    /// How often in a row they were refused.
    pub refusals: i32,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub decided_by: Option<Uuid>,
}

/// Somebody who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Their browser.
    pub participant_id: Uuid,
    /// Their account.
    pub user_id: Option<Uuid>,
}

/// What becomes of a request to come in, where the room itself does not let one in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A host let them in.
    Accepted(Entry),
    /// They wait; the entry is to be stored. `new`: hosts have not heard of it, or lost sight of it.
    Waiting {
        /// As it is to be stored.
        entry: Entry,
        /// Whether hosts should be told.
        new: bool,
    },
    /// Refused a moment ago.
    Denied(Entry),
}

impl Entry {
    /// Whether it is this person's.
    pub fn is_of(&self, asker: &Asker) -> bool {
        self.participant_id == asker.participant_id && self.user_id == asker.user_id
    }

    /// Whether hosts see somebody waiting.
    pub fn is_seen(&self, now: DateTime<Utc>, times: &Times) -> bool {
        self.status == Status::Waiting && now < self.until && !self.is_tired(now, times)
    }

    /// Whether they waited in vain for too long.
    pub fn is_tired(&self, now: DateTime<Utc>, times: &Times) -> bool {
        self.status == Status::Waiting && now >= self.since + times.patience
    }

    /// Whether a place in the queue is still theirs, though they may not be seen just now.
    pub fn is_kept(&self, now: DateTime<Utc>, times: &Times) -> bool {
        self.status == Status::Waiting && now < self.until + KEPT && !self.is_tired(now, times)
    }

    /// What lets them in, if a host did. Whoever checks it must still ask whose it is.
    pub fn admission(&self) -> Option<Admission> {
        (self.status == Status::Accepted).then_some(Admission {
            participant_id: self.participant_id,
            user_id: self.user_id,
            until: self.until,
        })
    }

    /// How long a refusal still lasts.
    pub fn refused_for(&self, now: DateTime<Utc>) -> Option<Duration> {
        let left = (self.status == Status::Denied).then(|| (self.until - now).to_std().ok()).flatten();
        left.filter(|left| !left.is_zero())
    }
}

/// Somebody asks. `stay`: how long they count as there.
pub fn ask(
    stored: Option<Entry>,
    asker: &Asker,
    room: Uuid,
    username: &str,
    now: DateTime<Utc>,
    stay: TimeDelta,
    times: &Times,
) -> Asked {
    let refusals = stored.as_ref().map_or(0, |entry| entry.refusals);
    match stored.filter(|entry| entry.is_of(asker)) {
        Some(entry) if entry.status == Status::Accepted && now < entry.until => Asked::Accepted(entry),
        Some(entry) if entry.status == Status::Denied && now < entry.until => Asked::Denied(entry),
        Some(entry) if entry.is_kept(now, times) => {
            let new = !entry.is_seen(now, times);
            Asked::Waiting { entry: Entry { until: entry.until.max(now + stay), ..entry }, new }
        }
        _ => {
            let entry = Entry {
                room_id: room,
                participant_id: asker.participant_id,
                user_id: asker.user_id,
                username: username.to_owned(),
                status: Status::Waiting,
                since: now,
                until: now + stay,
                refusals,
                decided_at: None,
                decided_by: None,
            };
            Asked::Waiting { entry, new: true }
        }
    }
}

/// What a host decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// To be stored.
    Write,
    /// Somebody else decided in the same moment; that holds.
    Decided,
    /// Nobody is there to decide on.
    Gone,
}

/// A host lets somebody in or refuses them.
pub fn decide(entry: &Entry, allow: bool, by: Uuid, now: DateTime<Utc>, times: &Times) -> (Decision, Entry) {
    let decided = |entry: &Entry| {
        let refusals = if allow { 0 } else { entry.refusals.saturating_add(1) };
        let (status, lasts) =
            if allow { (Status::Accepted, times.accepted) } else { (Status::Denied, refusal(refusals, times)) };
        Entry { status, until: now + lasts, refusals, decided_at: Some(now), decided_by: Some(by), ..entry.clone() }
    };
    let repeated = entry.decided_by != Some(by) || (entry.status == Status::Accepted) == allow;
    let fresh = repeated && entry.decided_at.is_some_and(|at| now < at + SAME_MOMENT);
    match entry.status {
        Status::Waiting if entry.is_kept(now, times) => (Decision::Write, decided(entry)),
        Status::Accepted | Status::Denied if fresh => (Decision::Decided, entry.clone()),
        Status::Accepted | Status::Denied if now < entry.until => (Decision::Write, decided(entry)),
        _ => (Decision::Gone, entry.clone()),
    }
}

/// How long the given refusal in a row lasts: who keeps asking is kept waiting.
fn refusal(number: i32, times: &Times) -> TimeDelta {
    let longer = match number {
        ..=2 => TimeDelta::zero(),
        3 => TimeDelta::seconds(30),
        4 => TimeDelta::minutes(2),
        5.. => TimeDelta::minutes(10),
    };
    times.denied.max(longer)
}

#[cfg(test)]
pub(super) mod tests;
