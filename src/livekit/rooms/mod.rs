//! Rooms on LiveKit exist because we made them: it runs with `auto_create: false`, and a token for a room that is not
//! there is answered 404. So a room is made before its token is handed out.
//!
//! Invariants (each has a test):
//! 1. `ensure_live` returns `Ok` only if LiveKit confirmed the room, and this was not forgotten before the call.
//! 2. Callers that come together for one room cause one call to LiveKit; other rooms do not wait for it.
//! 3. Success is remembered until [`Rooms::forget`] or [`Rooms::forget_all`]; failure is never remembered.
//! 4. A flight belongs to nobody: a caller that goes away neither ends it nor spoils it for the others.
//! 5. Forgetting wins: what a flight that began before it brings home is not remembered.
//! 6. At most [`REMEMBERED`] rooms are remembered; the oldest memory goes first, which costs one idempotent call.

mod memory;

use std::sync::Arc;

use futures_util::{FutureExt, future::Shared};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use super::client::{Client, Failure, RoomOptions};
use crate::error::Result;
use memory::{Found, Memory};

/// How many rooms are remembered as live.
pub const REMEMBERED: usize = 10_000;

/// Where a flight's outcome arrives, for any number of waiters.
type Outcome = Shared<oneshot::Receiver<Result<(), Failure>>>;

/// Knows which rooms are live, and makes those that are not.
#[derive(Clone, Debug)]
pub struct Rooms {
    client: Client,
    memory: Arc<Mutex<Memory<Outcome>>>,
}

impl Rooms {
    pub(super) fn new(client: Client) -> Self {
        Self { client, memory: Arc::new(Mutex::new(Memory::new(REMEMBERED))) }
    }

    /// Makes sure that `room` exists on LiveKit. `again`: somebody found it missing, so a memory of it is worth nothing
    /// (a flight still in the air is joined all the same: it asks LiveKit right now).
    pub async fn ensure_live(&self, room: &str, again: bool) -> Result<()> {
        self.ensure_live_for(room, again, None).await
    }

    /// [`Rooms::ensure_live`]; a room that is made anew takes at most so many.
    pub async fn ensure_live_for(&self, room: &str, again: bool, most: Option<u32>) -> Result<()> {
        let Some(outcome) = self.outcome(room, again, most) else { return Ok(()) };
        match outcome.await {
            Ok(landed) => landed.map_err(Into::into),
            Err(_) => Err(Failure::Other("making the room was interrupted".into()).into()),
        }
    }

    /// `room` may be gone from LiveKit.
    pub fn forget(&self, room: &str) {
        self.memory.lock().forget(room);
    }

    /// Every room may be gone from LiveKit.
    pub fn forget_all(&self) {
        self.memory.lock().forget_all();
    }

    /// The flight to wait for; `None` if the room is known to be live.
    fn outcome(&self, room: &str, again: bool, most: Option<u32>) -> Option<Outcome> {
        let mut memory = self.memory.lock();
        match memory.find(room) {
            Some(Found::Live) if !again => return None,
            Some(Found::Flying(outcome)) => return Some(outcome),
            _ => memory.forget(room),
        }
        let (land, landing) = oneshot::channel();
        let outcome = landing.shared();
        let flight = memory.depart(room, outcome.clone());
        drop(memory);
        tokio::spawn(self.clone().fly(room.to_owned(), most, flight, land));
        Some(outcome)
    }

    async fn fly(self, room: String, most: Option<u32>, flight: u64, land: oneshot::Sender<Result<(), Failure>>) {
        let mut landing = Landing { memory: &self.memory, room: &room, flight, success: false };
        let made =
            self.client.create_room(&room, &RoomOptions { max_participants: most, ..RoomOptions::default() }).await;
        if let Err(failure) = &made {
            tracing::warn!(room, %failure, "a room could not be made on LiveKit");
        }
        landing.success = made.is_ok();
        drop(landing);
        // Nobody may be waiting any more; the memory has it either way.
        let _ = land.send(made.map(drop));
    }
}

/// Takes the flight out of the memory whatever becomes of it, a panic included.
struct Landing<'a> {
    memory: &'a Mutex<Memory<Outcome>>,
    room: &'a str,
    flight: u64,
    success: bool,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        self.memory.lock().land(self.room, self.flight, self.success);
    }
}

#[cfg(test)]
mod tests;
