//! What is known about rooms: live, or being made. Pure bookkeeping; the invariants are those of the parent.

use std::collections::{BTreeMap, HashMap};

enum State<F> {
    Flying(F),
    Live,
}

/// What the memory says of a room.
pub(super) enum Found<F> {
    /// It was made and not forgotten since.
    Live,
    /// It is being made.
    Flying(F),
}

/// Rooms by name; each entry carries the number of the flight that made it, so that a late landing of a forgotten
/// flight cannot be taken for a newer one.
pub(super) struct Memory<F> {
    capacity: usize,
    flights: u64,
    rooms: HashMap<String, (u64, State<F>)>,
    /// The live ones by age of their flight: what is dropped first comes first.
    live: BTreeMap<u64, String>,
}

impl<F: Clone> Memory<F> {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, flights: 0, rooms: HashMap::new(), live: BTreeMap::new() }
    }

    pub(super) fn find(&self, room: &str) -> Option<Found<F>> {
        self.rooms.get(room).map(|(_, state)| match state {
            State::Live => Found::Live,
            State::Flying(flight) => Found::Flying(flight.clone()),
        })
    }

    /// Notes that `room` is being made; the number is for [`Memory::land`].
    pub(super) fn depart(&mut self, room: &str, flight: F) -> u64 {
        self.flights += 1;
        self.rooms.insert(room.to_owned(), (self.flights, State::Flying(flight)));
        self.flights
    }

    /// The flight is over. Remembered if it succeeded and was not forgotten meanwhile.
    pub(super) fn land(&mut self, room: &str, flight: u64, success: bool) {
        let Some((number, state)) = self.rooms.get_mut(room) else { return };
        if *number != flight {
            return;
        }
        if !success {
            self.rooms.remove(room);
            return;
        }
        *state = State::Live;
        self.live.insert(flight, room.to_owned());
        while self.live.len() > self.capacity {
            if let Some((_, oldest)) = self.live.pop_first() {
                self.rooms.remove(&oldest);
            }
        }
    }

    pub(super) fn forget(&mut self, room: &str) {
        if let Some((number, _)) = self.rooms.remove(room) {
            self.live.remove(&number);
        }
    }

    pub(super) fn forget_all(&mut self) {
        self.rooms.clear();
        self.live.clear();
    }
}

impl<F> std::fmt::Debug for Memory<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Memory").field("rooms", &self.rooms.len()).field("live", &self.live.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_memory_goes_first() {
        let mut memory = Memory::new(2);
        for room in ["a", "b", "c"] {
            let flight = memory.depart(room, ());
            memory.land(room, flight, true);
        }
        assert!(memory.find("a").is_none());
        assert!(matches!(memory.find("b"), Some(Found::Live)));
        assert!(matches!(memory.find("c"), Some(Found::Live)));
        assert_eq!((memory.rooms.len(), memory.live.len()), (2, 2));
    }

    #[test]
    fn a_forgotten_flight_does_not_pass_for_a_newer_one() {
        let mut memory = Memory::new(2);
        let first = memory.depart("a", 1);
        memory.forget("a");
        let second = memory.depart("a", 2);
        memory.land("a", first, true);
        assert!(matches!(memory.find("a"), Some(Found::Flying(2))));
        memory.land("a", second, true);
        assert!(matches!(memory.find("a"), Some(Found::Live)));
        memory.forget("a");
        assert_eq!((memory.rooms.len(), memory.live.len()), (0, 0));
    }
}
