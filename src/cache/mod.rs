//! Values that may be lost at any time: throttles, short-lived hand-overs, and word of what has changed. What was decided lives
//! in the database.

mod hub;
mod memory;
mod redis;

use std::time::Duration;

use crate::{
    clock::Clock,
    error::{Error, Result},
    metrics::CacheCounts,
};

pub use hub::{Heard, Subscription};

/// The cache that the configuration chose. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Cache {
    /// In this process.
    Memory(memory::Memory),
    /// In a Redis, which several processes share.
    Redis(redis::Redis),
}

impl Cache {
    /// A cache in this process, reading the time from `clock`.
    pub fn memory(clock: Clock) -> Self {
        Self::Memory(memory::Memory::new(clock))
    }

    /// A cache in the Redis at `url`; every key begins with `prefix`. Works before Redis does: see [`Cache::settle`].
    pub fn redis(url: &str, prefix: &str, clock: Clock) -> Result<Self> {
        Ok(Self::Redis(redis::Redis::new(url, prefix, clock)?))
    }

    /// Waits until the cache is there, at most `limit`. `Unavailable`: it is not there yet, and will be used once it is.
    pub async fn settle(&self, limit: Duration) -> Result<()> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(redis) => redis.settle(limit).await,
        }
    }

    /// Keeps a value for `ttl`. `Unavailable`: it could not be kept.
    pub async fn put(&self, key: &str, value: &str, ttl: Duration) -> Result<()> {
        match self {
            Self::Memory(memory) => memory.put(key, value, ttl),
            Self::Redis(redis) => redis.put(key, value, ttl).await?,
        }
        Ok(())
    }

    /// The value, while it lasts. `Unavailable`: nobody knows.
    pub async fn get(&self, key: &str) -> Result<Option<String>> {
        match self {
            Self::Memory(memory) => Ok(memory.get(key)),
            Self::Redis(redis) => redis.get(key).await,
        }
    }

    /// The value, once: of several who ask at once one gets it. `Unavailable`: nobody knows.
    pub async fn take(&self, key: &str) -> Result<Option<String>> {
        match self {
            Self::Memory(memory) => Ok(memory.take(key)),
            Self::Redis(redis) => redis.take(key).await,
        }
    }

    /// Counts one more within a window that began with the first count; the total so far, and what is left of the window.
    /// While a shared cache is away, what this process saw is counted: a limit that is loose for a while, and nobody locked out.
    pub async fn count(&self, key: &str, window: Duration) -> (u64, Duration) {
        match self {
            Self::Memory(memory) => memory.count(key, window),
            Self::Redis(redis) => redis.count(key, window).await,
        }
    }

    /// [`Cache::count`], with a refusal once there are more than `most`. Errors: `RateLimited`.
    pub async fn limit(&self, key: &str, most: u64, window: Duration) -> Result<()> {
        let (count, retry_after) = self.count(key, window).await;
        if count > most { Err(Error::RateLimited { retry_after }) } else { Ok(()) }
    }

    /// Takes one count back: what it stood for turned out not to count.
    pub async fn uncount(&self, key: &str) {
        match self {
            Self::Memory(memory) => memory.uncount(key),
            Self::Redis(redis) => redis.uncount(key).await,
        }
    }

    /// Tells every process that something changed. `channel` must not hold a line break.
    pub async fn publish(&self, channel: &str, text: &str) {
        match self {
            Self::Memory(memory) => memory.hub().tell(channel, text),
            Self::Redis(redis) => redis.publish(channel, text).await,
        }
    }

    /// Hears what is published from now on. So: subscribe first, then look.
    pub fn subscribe(&self, channel: &str) -> Subscription {
        match self {
            Self::Memory(memory) => memory.hub().subscribe(channel),
            Self::Redis(redis) => redis.hub().subscribe(channel),
        }
    }

    /// What it is asked, and fails to do; nothing for the one in this process, which cannot fail.
    pub fn counts(&self) -> CacheCounts {
        match self {
            Self::Memory(_) => CacheCounts::default(),
            Self::Redis(redis) => redis.counts().clone(),
        }
    }

    /// Whether the cache works.
    pub async fn ping(&self) -> Result<()> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(redis) => redis.ping().await,
        }
    }
}
