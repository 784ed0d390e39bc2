//! The cache that several processes share. Every question has a time limit, and while Redis is away none is asked: callers
//! count in this process, or hear at once that it does not work.

mod keeper;

use std::{fmt, sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use redis::{Client, FromRedisValue, Pipeline, aio::MultiplexedConnection, pipe};
use tokio::{sync::watch, task::AbortHandle, time::timeout};

use super::{hub::Hub, memory::Memory};
use crate::{
    clock::Clock,
    error::{Error, Result},
    metrics::CacheCounts,
};

/// How long Redis may take to answer; it usually takes less than a millisecond.
const ANSWER: Duration = Duration::from_secs(1);

/// Takes one back unless the window is over: a plain DECR would begin a new one that never ends.
const UNCOUNT: &str = "local n = redis.call('GET', KEYS[1]) if not n then return 0 end \
    if tonumber(n) <= 1 then return redis.call('DEL', KEYS[1]) end return redis.call('DECR', KEYS[1])";

/// A Redis server. Cheap to clone.
#[derive(Clone)]
pub struct Redis {
    shared: Arc<Shared>,
    _keeper: Arc<Keeper>,
}

/// What the commands and the [`keeper`] share.
struct Shared {
    prefix: String,
    hub: Hub,
    /// Counts while Redis is away.
    alone: Memory,
    /// `None` while Redis is away, or has just failed.
    connection: watch::Sender<Option<Numbered>>,
    counts: CacheCounts,
}

/// A connection, and which one since the start: a late failure of an old one says nothing about its successor.
type Numbered = (u64, MultiplexedConnection);

/// Ends the keeper with the last clone.
struct Keeper(AbortHandle);

impl Drop for Keeper {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis").field("prefix", &self.shared.prefix).finish_non_exhaustive()
    }
}

impl Redis {
    /// Begins to connect, again and again until it works. Must be called inside the runtime.
    pub fn new(url: &str, prefix: &str, clock: Clock) -> Result<Self> {
        let client = Client::open(url).context("the Redis URL cannot be used")?;
        let shared = Arc::new(Shared {
            prefix: prefix.to_owned(),
            hub: Hub::default(),
            alone: Memory::new(clock),
            counts: CacheCounts::default(),
            connection: watch::Sender::new(None),
        });
        let keeper = tokio::spawn(keeper::keep(client, shared.clone())).abort_handle();
        Ok(Self { shared, _keeper: Arc::new(Keeper(keeper)) })
    }

    pub(super) fn counts(&self) -> &CacheCounts {
        &self.shared.counts
    }

    pub(super) fn hub(&self) -> &Hub {
        &self.shared.hub
    }

    /// Waits until Redis is there, at most `limit`.
    pub async fn settle(&self, limit: Duration) -> Result<()> {
        let mut connection = self.shared.connection.subscribe();
        let there = timeout(limit, connection.wait_for(Option::is_some)).await;
        there.map(drop).map_err(|_| away())
    }

    pub async fn put(&self, key: &str, value: &str, ttl: Duration) -> Result<()> {
        self.ask(pipe().cmd("SET").arg(self.key(key)).arg(value).arg("PX").arg(millis(ttl)).ignore()).await
    }

    pub async fn get(&self, key: &str) -> Result<Option<String>> {
        let (value,) = self.ask(pipe().cmd("GET").arg(self.key(key))).await?;
        Ok(value)
    }

    pub async fn take(&self, key: &str) -> Result<Option<String>> {
        let (value,) = self.ask(pipe().cmd("GETDEL").arg(self.key(key))).await?;
        Ok(value)
    }

    pub async fn count(&self, key: &str, window: Duration) -> (u64, Duration) {
        let name = self.key(key);
        // One transaction: the window begins with the first count and cannot be lost between two commands.
        let mut questions = pipe();
        questions.atomic().cmd("SET").arg(&name).arg(0).arg("PX").arg(millis(window)).arg("NX").ignore();
        questions.cmd("INCR").arg(&name).cmd("PTTL").arg(&name);
        match self.ask::<(u64, i64)>(&questions).await {
            Ok((count, left)) => (count, Duration::from_millis(left.try_into().unwrap_or_default())),
            Err(_) => self.shared.alone.count(key, window),
        }
    }

    pub async fn uncount(&self, key: &str) {
        if self.ask::<()>(pipe().cmd("EVAL").arg(UNCOUNT).arg(1).arg(self.key(key)).ignore()).await.is_err() {
            self.shared.alone.uncount(key);
        }
    }

    /// While Redis is away, at least this process hears it; the others are told that they missed something.
    pub async fn publish(&self, channel: &str, text: &str) {
        let message = format!("{channel}\n{text}");
        if self.ask::<()>(pipe().cmd("PUBLISH").arg(self.shared.channel()).arg(message).ignore()).await.is_err() {
            self.shared.hub.tell(channel, text);
        }
    }

    /// Whether Redis is there and takes what we write.
    pub async fn ping(&self) -> Result<()> {
        self.ask(&self.shared.check()).await
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.shared.prefix)
    }

    async fn ask<T: FromRedisValue>(&self, questions: &Pipeline) -> Result<T> {
        self.shared.counts.operations.inc();
        let answer = self.answer(questions).await;
        if answer.is_err() {
            self.shared.counts.failures.inc();
        }
        answer
    }

    async fn answer<T: FromRedisValue>(&self, questions: &Pipeline) -> Result<T> {
        let (number, mut connection) = self.shared.connection.borrow().clone().ok_or_else(away)?;
        let error = match timeout(ANSWER, questions.query_async(&mut connection)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => anyhow!(error).context("Redis"),
            Err(_) => anyhow!("Redis did not answer in time"),
        };
        tracing::warn!(error = format!("{error:#}"), "Redis failed");
        self.shared.connection.send_if_modified(|current| {
            let mine = current.as_ref().is_some_and(|(current, _)| *current == number);
            if mine {
                *current = None;
            }
            mine
        });
        Err(Error::Unavailable(error))
    }
}

impl Shared {
    /// The one channel of Redis that carries all of ours: who is connected hears everything, so there is never a moment in which
    /// somebody has subscribed with us and not yet with Redis.
    fn channel(&self) -> String {
        format!("{}events", self.prefix)
    }

    /// A question that only a Redis answers well which is there, loaded, and takes writes.
    fn check(&self) -> Pipeline {
        let mut check = pipe();
        check.cmd("SET").arg(format!("{}alive", self.prefix)).arg(1).arg("PX").arg(1000).ignore();
        check
    }
}

fn away() -> Error {
    Error::Unavailable(anyhow!("Redis is away"))
}

/// Redis takes no lifetime of zero.
fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX).max(1)
}
