//! Values that may be lost at any time: throttles and short-lived hand-overs. What was decided lives in the database.

mod memory;

use std::time::Duration;

use crate::clock::Clock;

/// The cache that the configuration chose. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Cache {
    /// In this process.
    Memory(memory::Memory),
}

impl Cache {
    /// A cache in this process, reading the time from `clock`.
    pub fn memory(clock: Clock) -> Self {
        Self::Memory(memory::Memory::new(clock))
    }

    /// Keeps a value for `ttl`.
    pub async fn put(&self, key: &str, value: &str, ttl: Duration) {
        match self {
            Self::Memory(memory) => memory.put(key, value, ttl),
        }
    }

    /// The value, while it lasts.
    pub async fn get(&self, key: &str) -> Option<String> {
        match self {
            Self::Memory(memory) => memory.get(key),
        }
    }

    /// The value, once.
    pub async fn take(&self, key: &str) -> Option<String> {
        match self {
            Self::Memory(memory) => memory.take(key),
        }
    }

    /// Counts one more within a window that began with the first count; the total so far, and what is left of the window.
    pub async fn count(&self, key: &str, window: Duration) -> (u64, Duration) {
        match self {
            Self::Memory(memory) => memory.count(key, window),
        }
    }

    /// Takes one count back: what it stood for turned out not to count.
    pub async fn uncount(&self, key: &str) {
        match self {
            Self::Memory(memory) => memory.uncount(key),
        }
    }
}
