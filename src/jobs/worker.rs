//! The worker: claims one job after the other.

use std::{collections::HashMap, future::Future, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Job, MAX_ATTEMPTS, backoff, store};
use crate::{
    clock::Clock,
    db::Db,
    error::{Error, Result},
};

/// How long a claim lasts.
const CLAIM: Duration = Duration::from_secs(150);
/// A handler that takes longer is cut off well before its claim ends, so that no job ever runs twice at once.
const LIMIT: Duration = Duration::from_secs(120);
/// How long the job at hand may go on when we are told to stop.
const GRACE: Duration = Duration::from_secs(4);
/// The pause between attempts to note what became of a job.
const NOTE: Duration = Duration::from_millis(500);
/// How often an idle worker looks.
const IDLE: Duration = Duration::from_secs(1);

/// What became of a job.
enum Outcome {
    Done,
    Failed(Error),
    /// We were told to stop before it was finished.
    CutOff,
}

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

    /// The same for a handler that needs what all of them share, and whose payload has a type.
    pub fn of<S, P, F, Fut>(self, kind: &'static str, shared: &S, handler: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        P: DeserializeOwned + Send,
        F: Fn(S, P) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        let shared = shared.clone();
        self.on(kind, move |payload| {
            let shared = shared.clone();
            async move { handler(shared, serde_json::from_value(payload).map_err(anyhow::Error::from)?).await }
        })
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
    /// Works until `stop`; the job at hand gets a moment to finish, then it is given back.
    pub async fn run(self, stop: CancellationToken) {
        let mut failing = false;
        while !stop.is_cancelled() {
            let worked = match self.run_one_until(&stop).await {
                Ok(worked) => {
                    failing = false;
                    worked
                }
                // Once, not every second of an outage.
                Err(error) => {
                    if !failing {
                        tracing::warn!(%error, "The job table cannot be read; work waits until it can");
                    }
                    failing = true;
                    false
                }
            };
            if !worked {
                tokio::select! { () = stop.cancelled() => {}, () = tokio::time::sleep(IDLE) => {} }
            }
        }
    }

    /// Runs the job that is due longest, if there is one.
    pub async fn run_one(&self) -> Result<bool> {
        self.run_one_until(&CancellationToken::new()).await
    }

    async fn run_one_until(&self, stop: &CancellationToken) -> Result<bool> {
        let now = self.clock.now();
        let claimed = store::claim(&mut self.db.lend().await?.conn(), now, now + CLAIM).await?;
        let Some(job) = claimed else { return Ok(false) };
        let claimed = Instant::now();
        let outcome = self.outcome(&job, stop).await;
        // What was done must not be done again because the database was away for a moment: it is noted as long as the claim lasts.
        while let Err(error) = self.note(&job, &outcome).await {
            if claimed.elapsed() >= CLAIM - NOTE {
                return Err(error);
            }
            tokio::time::sleep(NOTE).await;
        }
        if let Outcome::Failed(error) = &outcome {
            let id = job.id;
            if job.attempts >= MAX_ATTEMPTS {
                tracing::error!(job.id = %id, job.kind, %error, "Gave up job {id} after {} attempts", job.attempts);
            } else {
                tracing::warn!(job.id = %id, job.kind, %error, "Job {id} failed, attempt {}", job.attempts);
            }
        }
        Ok(true)
    }

    async fn outcome(&self, job: &Job, stop: &CancellationToken) -> Outcome {
        let Some(handler) = self.handlers.0.get(job.kind.as_str()) else {
            return Outcome::Failed(anyhow::anyhow!("no handler for {}", job.kind).into());
        };
        // A handler that panics fails like any other: the worker, and every other job, lives on.
        let work = AssertUnwindSafe(async { handler(job.payload.0.clone()).await }).catch_unwind();
        let stopped = async {
            stop.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            biased;
            ended = tokio::time::timeout(LIMIT, work) => match ended {
                Ok(Ok(Ok(()))) => Outcome::Done,
                Ok(Ok(Err(error))) => Outcome::Failed(error),
                Ok(Err(_)) => Outcome::Failed(anyhow::anyhow!("panicked").into()),
                Err(_) => Outcome::Failed(anyhow::anyhow!("took longer than {LIMIT:?}").into()),
            },
            () = stopped => Outcome::CutOff,
        }
    }

    async fn note(&self, job: &Job, outcome: &Outcome) -> Result<()> {
        let (id, attempt) = (job.id, job.attempts);
        let mut lent = self.db.lend().await?;
        let conn = &mut lent.conn();
        match outcome {
            Outcome::Done => store::done(conn, id, attempt).await?,
            Outcome::CutOff => store::give_back(conn, id, attempt).await?,
            Outcome::Failed(error) if attempt >= MAX_ATTEMPTS => {
                store::give_up(conn, id, attempt, self.clock.now(), &error.to_string()).await?;
            }
            Outcome::Failed(error) => {
                let pause = TimeDelta::from_std(backoff(attempt)).unwrap_or(TimeDelta::hours(1));
                store::retry(conn, id, attempt, self.clock.now() + pause, &error.to_string()).await?;
            }
        }
        Ok(())
    }

    /// Enqueues a job of a recurring kind unless one waits already. Of processes that start together, one does.
    pub async fn ensure(&self, kind: &'static str) -> Result<()> {
        let mut lent = self.db.lend().await?;
        if !store::pending(&mut lent.conn(), kind).await? {
            let digest = Sha256::digest(format!("recurring job {kind}"));
            let id = Uuid::from_slice(&digest[..16]).map_err(anyhow::Error::from)?;
            store::insert_once(&mut lent.conn(), id, kind, self.clock.now()).await?;
        }
        Ok(())
    }
}
