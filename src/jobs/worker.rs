//! The worker: claims one job after the other.

use std::{collections::HashMap, future::Future, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{MAX_ATTEMPTS, backoff, store};
use crate::{clock::Clock, db::Db, error::Result};

/// How long a claim lasts.
const CLAIM: Duration = Duration::from_secs(150);
/// A handler that takes longer is cut off well before its claim ends, so that no job ever runs twice at once.
const LIMIT: Duration = Duration::from_secs(120);
/// How often an idle worker looks.
const IDLE: Duration = Duration::from_secs(1);

type Handler = Arc<dyn Fn(Value) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> + Send + Sync>;

/// Which function serves which kind of job.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<&'static str, Handler>);

impl std::fmt::Debug for Handlers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Handlers {
    /// Adds a handler for a kind.
    pub fn on<F, Fut>(mut self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Value) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        self.0.insert(kind, Arc::new(move |payload| Box::pin(handler(payload))));
        self
    }
}

/// Runs jobs until it is stopped.
#[derive(Clone, Debug)]
pub struct Worker {
    /// Where the jobs are.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Who serves them.
    pub handlers: Handlers,
}

impl Worker {
    /// Works until `stop`; the job at hand is finished first.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let worked = self.run_one().await.unwrap_or_else(|error| {
                tracing::error!(%error, "The job table cannot be read");
                false
            });
            if !worked {
                tokio::select! { () = stop.cancelled() => {}, () = tokio::time::sleep(IDLE) => {} }
            }
        }
    }

    /// Runs the job that is due longest, if there is one.
    pub async fn run_one(&self) -> Result<bool> {
        let now = self.clock.now();
        let claimed = store::claim(&mut self.db.lend().await?.conn(), now, now + CLAIM).await?;
        let Some(job) = claimed else { return Ok(false) };
        let outcome = match self.handlers.0.get(job.kind.as_str()) {
            Some(handler) => {
                // A handler that panics fails like any other: the worker, and every other job, lives on.
                let work = AssertUnwindSafe(async { handler(job.payload.0).await }).catch_unwind();
                match tokio::time::timeout(LIMIT, work).await {
                    Ok(Ok(outcome)) => outcome,
                    Ok(Err(_)) => Err(anyhow::anyhow!("panicked").into()),
                    Err(_) => Err(anyhow::anyhow!("took longer than {LIMIT:?}").into()),
                }
            }
            None => Err(anyhow::anyhow!("no handler for {}", job.kind).into()),
        };
        let mut lent = self.db.lend().await?;
        match outcome {
            Ok(()) => store::done(&mut lent.conn(), job.id).await?,
            Err(error) if job.attempts >= MAX_ATTEMPTS => {
                tracing::error!(job.id = %job.id, job.kind, %error, "Gave up job {} after {} attempts", job.id, job.attempts);
                store::give_up(&mut lent.conn(), job.id, self.clock.now(), &error.to_string()).await?;
            }
            Err(error) => {
                let pause = backoff(job.attempts);
                tracing::warn!(job.id = %job.id, job.kind, %error, ?pause, "Job {} failed, attempt {}", job.id, job.attempts);
                let run_at = self.clock.now() + TimeDelta::from_std(pause).unwrap_or(TimeDelta::hours(1));
                store::retry(&mut lent.conn(), job.id, run_at, &error.to_string()).await?;
            }
        }
        Ok(true)
    }

    /// Enqueues a job of a recurring kind unless one waits already.
    pub async fn ensure(&self, random: &crate::random::Random, kind: &'static str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if !store::pending(&mut tx.conn(), kind).await? {
            super::enqueue(&mut tx.conn(), random, &self.clock, kind, &Value::Null, self.clock.now()).await?;
        }
        Ok(tx.commit().await?)
    }
}
