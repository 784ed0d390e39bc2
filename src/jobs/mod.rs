//! Durable follow-up work. A job is enqueued in the transaction of what causes it, so it exists exactly when its cause does.
//!
//! Delivery is at least once: a worker that dies leaves its claim to run out, and the next one repeats the work, so every
//! handler is idempotent. Infrastructure: it knows no feature; who runs it says which handler serves which kind.

mod bell;
mod store;
mod worker;

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{clock::Clock, db::Conn, error::Result, random::Random};
pub use bell::Bell;
pub use store::{Count, Job, count};
pub use worker::{Handlers, LANES, Worker};

/// How often a job is tried before it is given up and kept as failed.
pub const MAX_ATTEMPTS: i32 = 8;

/// Enqueues a job that is due at `run_at`.
pub async fn enqueue(
    conn: &mut Conn<'_>,
    random: &Random,
    clock: &Clock,
    kind: &'static str,
    payload: &impl Serialize,
    run_at: DateTime<Utc>,
) -> Result<()> {
    let payload = serde_json::to_value(payload).map_err(anyhow::Error::from)?;
    Ok(store::insert(conn, random.uuid(), kind, payload, run_at, clock.now()).await?)
}

/// The pause after the given number of failed attempts: 2 s, 8 s, 32 s, … at most an hour.
pub fn backoff(attempts: i32) -> Duration {
    let exponent = u32::try_from(attempts.saturating_sub(1).max(0)).unwrap_or(0).min(6);
    Duration::from_secs((2 * 4_u64.pow(exponent)).min(3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let seconds: Vec<u64> = (1..=8).map(|n| backoff(n).as_secs()).collect();
        assert_eq!(seconds, [2, 8, 32, 128, 512, 2048, 3600, 3600]);
        assert_eq!(backoff(i32::MIN), backoff(0));
    }
}
