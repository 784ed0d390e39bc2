//! The worker: claims one job after the other, in several lanes.

use std::{collections::HashMap, future::Future, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Bell, Job, MAX_ATTEMPTS, backoff, store};
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
/// How many jobs run at once, so that one that waits for a slow mail server keeps no other waiting.
pub const LANES: usize = 4;
/// A recurring job that failed is tried again after this long, or after its period if that is shorter.
const SOON: Duration = Duration::from_secs(60);

/// What became of a job.
enum Outcome {
    Done,
    Failed(Error),
    /// We were told to stop before it was finished.
    CutOff,
}

type Handler = Arc<dyn Fn(Value) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> + Send + Sync>;

/// What serves a kind of job.
#[derive(Clone)]
struct Served {
    by: Handler,
    /// How long after one run the next is due, for what recurs.
    every: Option<Duration>,
}

/// Which function serves which kind of job.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<&'static str, Served>);

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
        let by: Handler = Arc::new(move |payload| Box::pin(handler(payload)));
        self.0.insert(kind, Served { by, every: None });
        self
    }

    /// Adds a handler for a kind of which one job, made by [`Worker::ensure`], runs for ever, this long after it last ended. A run that
    /// fails is followed by another like any that works.
    pub fn every<S, F, Fut>(mut self, kind: &'static str, period: Duration, shared: &S, handler: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        let shared = shared.clone();
        let by: Handler = Arc::new(move |_| Box::pin(handler(shared.clone())));
        self.0.insert(kind, Served { by, every: Some(period) });
        self
    }

    /// The kinds that recur.
    fn recurring(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().filter(|(_, served)| served.every.is_some()).map(|(kind, _)| *kind)
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
    /// Tells that there may be one.
    pub bell: Bell,
}

impl Worker {
    /// Works until `stop`; the jobs at hand get a moment to finish, then they are given back.
    pub async fn run(self, stop: CancellationToken) {
        futures_util::future::join_all((0..LANES).map(|lane| self.lane(lane, &stop))).await;
    }

    /// The first lane looks now and then; a lane that found something wakes another one to look for more.
    async fn lane(&self, lane: usize, stop: &CancellationToken) {
        let mut failing = false;
        while !stop.is_cancelled() {
            let worked = match self.run_one_until(stop).await {
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
                let idle =
                    async { if lane == 0 { tokio::time::sleep(IDLE).await } else { std::future::pending().await } };
                tokio::select! { () = stop.cancelled() => {}, () = self.bell.rung() => {}, () = idle => {} }
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
        self.bell.ring();
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
            if job.attempts >= MAX_ATTEMPTS && self.period(&job).is_none() {
                tracing::error!(job.id = %id, job.kind, %error, "Gave up job {id} after {} attempts", job.attempts);
            } else {
                tracing::warn!(job.id = %id, job.kind, %error, "Job {id} failed, attempt {}", job.attempts);
            }
        }
        Ok(true)
    }

    async fn outcome(&self, job: &Job, stop: &CancellationToken) -> Outcome {
        let Some(served) = self.handlers.0.get(job.kind.as_str()) else {
            return Outcome::Failed(anyhow::anyhow!("no handler for {}", job.kind).into());
        };
        // A handler that panics fails like any other: the worker, and every other job, lives on.
        let work = AssertUnwindSafe(async { (served.by)(job.payload.0.clone()).await }).catch_unwind();
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
        let now = self.clock.now();
        let after = |pause: Duration| now + TimeDelta::from_std(pause).unwrap_or(TimeDelta::hours(1));
        match (outcome, self.period(job)) {
            (Outcome::CutOff, _) => store::give_back(conn, id, attempt).await?,
            (Outcome::Done, None) => store::done(conn, id, attempt).await?,
            (Outcome::Done, Some(period)) => store::again(conn, id, attempt, after(period), None).await?,
            (Outcome::Failed(error), Some(period)) => {
                store::again(conn, id, attempt, after(period.min(SOON)), Some(&error.to_string())).await?;
            }
            (Outcome::Failed(error), None) if attempt >= MAX_ATTEMPTS => {
                store::give_up(conn, id, attempt, now, &error.to_string()).await?;
            }
            (Outcome::Failed(error), None) => {
                store::again(conn, id, attempt, after(backoff(attempt)), Some(&error.to_string())).await?;
            }
        }
        Ok(())
    }

    fn period(&self, job: &Job) -> Option<Duration> {
        self.handlers.0.get(job.kind.as_str())?.every
    }

    /// [`Worker::ensure`] for every kind that recurs.
    pub async fn ensure_recurring(&self) -> Result<()> {
        for kind in self.handlers.recurring() {
            self.ensure(kind).await?;
        }
        Ok(())
    }

    /// Enqueues a job of this kind, without a payload, unless one waits already. Of processes that start together, one does.
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
