//! The cache of a single process.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use parking_lot::Mutex;

use super::hub::Hub;
use crate::clock::Clock;

/// Above this many entries the expired ones are thrown out before another is added, and if none is, the one that ends first:
/// an attacker who invents keys must not fill the memory.
const MOST: usize = 100_000;

#[derive(Clone, Debug)]
pub struct Memory {
    clock: Clock,
    entries: Arc<Mutex<HashMap<String, Entry>>>,
    hub: Hub,
}

#[derive(Clone, Debug)]
struct Entry {
    ends: DateTime<Utc>,
    value: String,
    count: u64,
}

impl Memory {
    pub fn new(clock: Clock) -> Self {
        Self { clock, entries: Arc::default(), hub: Hub::default() }
    }

    pub(super) fn hub(&self) -> &Hub {
        &self.hub
    }

    pub fn put(&self, key: &str, value: &str, ttl: Duration) {
        let now = self.clock.now();
        let entry = Entry { ends: now + ttl, value: value.to_owned(), count: 0 };
        Self::insert(&mut self.entries.lock(), now, key, entry);
    }

    pub fn get(&self, key: &str) -> Option<String> {
        let now = self.clock.now();
        self.entries.lock().get(key).filter(|entry| entry.ends > now).map(|entry| entry.value.clone())
    }

    pub fn take(&self, key: &str) -> Option<String> {
        let now = self.clock.now();
        self.entries.lock().remove(key).filter(|entry| entry.ends > now).map(|entry| entry.value)
    }

    pub fn count(&self, key: &str, window: Duration) -> (u64, Duration) {
        let now = self.clock.now();
        // One lock for looking and adding: of two first counts at once, neither may be lost.
        let mut entries = self.entries.lock();
        if let Some(entry) = entries.get_mut(key).filter(|entry| entry.ends > now) {
            entry.count += 1;
            return (entry.count, (entry.ends - now).to_std().unwrap_or_default());
        }
        Self::insert(&mut entries, now, key, Entry { ends: now + window, value: String::new(), count: 1 });
        (1, window)
    }

    pub fn uncount(&self, key: &str) {
        let mut entries = self.entries.lock();
        if let Some(entry) = entries.get_mut(key) {
            entry.count = entry.count.saturating_sub(1);
            if entry.count == 0 {
                entries.remove(key);
            }
        }
    }

    fn insert(entries: &mut HashMap<String, Entry>, now: DateTime<Utc>, key: &str, entry: Entry) {
        if entries.len() >= MOST {
            entries.retain(|_, entry| entry.ends > now);
        }
        if entries.len() >= MOST
            && let Some(first) = entries.iter().min_by_key(|(_, entry)| entry.ends).map(|(key, _)| key.clone())
        {
            entries.remove(&first);
        }
        entries.insert(key.to_owned(), entry);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn memory() -> (Memory, Clock) {
        let clock = Clock::manual(DateTime::UNIX_EPOCH);
        (Memory::new(clock.clone()), clock)
    }

    #[test]
    fn a_value_lasts_its_time_and_is_taken_once() {
        let (cache, clock) = memory();
        cache.put("a", "1", MINUTE);
        assert_eq!(cache.get("a").as_deref(), Some("1"));
        assert_eq!(cache.take("a").as_deref(), Some("1"));
        assert_eq!(cache.take("a"), None);
        cache.put("b", "2", MINUTE);
        clock.advance(TimeDelta::seconds(60));
        assert_eq!(cache.get("b"), None);
    }

    #[test]
    fn a_window_begins_with_its_first_count() {
        let (cache, clock) = memory();
        assert_eq!(cache.count("k", MINUTE), (1, MINUTE));
        clock.advance(TimeDelta::seconds(20));
        assert_eq!(cache.count("k", MINUTE), (2, Duration::from_secs(40)));
        cache.uncount("k");
        assert_eq!(cache.count("k", MINUTE).0, 2);
        clock.advance(TimeDelta::seconds(41));
        assert_eq!(cache.count("k", MINUTE), (1, MINUTE));
    }

    #[test]
    fn what_was_taken_back_fills_no_memory() {
        let (cache, _) = memory();
        cache.count("k", MINUTE);
        cache.uncount("k");
        assert!(cache.entries.lock().is_empty());
    }

    #[test]
    fn no_count_is_lost_among_many_at_once() {
        let (cache, _) = memory();
        for round in 0..200 {
            let key = format!("k{round}");
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| cache.count(&key, MINUTE));
                }
            });
            assert_eq!(cache.count(&key, MINUTE).0, 5, "{key}");
        }
    }
}
