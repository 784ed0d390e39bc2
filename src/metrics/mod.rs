//! What the instance does, in numbers, for Prometheus. No label holds an id, a name or an address: routes are patterns.

mod labels;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

pub use labels::{Job, Join, Pool, Request};

/// Bounds of the durations, in seconds: from a page out of memory to what people give up waiting for.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// How long what LiveKit told is told again, however often somebody asks.
const FRESH: Duration = Duration::from_secs(5);

/// A family of one, which can be taken away.
type NoLabel = [(&'static str, &'static str); 0];
type Durations<L> = Family<L, Histogram, fn() -> Histogram>;

/// Every number there is. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    livekit_asked: Arc<Mutex<Option<Instant>>>,
    requests: Durations<Request>,
    joins: Durations<Join>,
    /// Jobs by state.
    pub jobs: Family<Job, Gauge>,
    /// How long the job that is due longest has been waiting.
    pub jobs_overdue: Gauge,
    /// Connections to the database by state.
    pub pool: Family<Pool, Gauge>,
    /// How many connections to the database there can be.
    pub pool_most: Gauge,
    /// Sessions that have not ended.
    pub sessions: Gauge,
    /// Whether LiveKit answers us.
    pub livekit_up: Gauge,
    /// Rooms on LiveKit; gone while it does not answer.
    pub rooms: Family<NoLabel, Gauge>,
    /// People in them; gone while LiveKit does not answer.
    pub participants: Family<NoLabel, Gauge>,
}

fn durations() -> Histogram {
    Histogram::new(SECONDS)
}

/// What a cache that several processes share is asked, and fails to do.
#[derive(Clone, Debug, Default)]
pub struct CacheCounts {
    /// Questions.
    pub operations: Counter,
    /// Those of them that it did not answer.
    pub failures: Counter,
}

impl Metrics {
    /// Nothing happened yet, except to a cache that came first.
    pub fn new(cache: &CacheCounts) -> Self {
        let mut registry = Registry::with_prefix("visavis");
        let mut metrics = Self {
            registry: Arc::default(),
            livekit_asked: Arc::default(),
            requests: Family::new_with_constructor(durations),
            joins: Family::new_with_constructor(durations),
            jobs: Family::default(),
            jobs_overdue: Gauge::default(),
            pool: Family::default(),
            pool_most: Gauge::default(),
            sessions: Gauge::default(),
            livekit_up: Gauge::default(),
            rooms: Family::default(),
            participants: Family::default(),
        };
        registry.register("build", "The version that runs", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        let (seconds, requests, joins) = (Unit::Seconds, metrics.requests.clone(), metrics.joins.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Requests and how long they took",
            seconds.clone(),
            requests,
        );
        registry.register_with_unit(
            "join_duration",
            "Entries into a call and how long they took",
            seconds.clone(),
            joins,
        );
        registry.register("jobs", "Follow-up work by state", metrics.jobs.clone());
        let overdue = metrics.jobs_overdue.clone();
        registry.register_with_unit(
            "jobs_overdue",
            "How long the job that is due longest has waited",
            seconds,
            overdue,
        );
        registry.register("cache_operations", "What was asked of the shared cache", cache.operations.clone());
        registry.register("cache_failures", "What the shared cache did not do", cache.failures.clone());
        registry.register("database_connections", "Open connections by state", metrics.pool.clone());
        registry.register("database_connections_max", "How many there can be", metrics.pool_most.clone());
        registry.register("sessions", "Sessions that have not ended", metrics.sessions.clone());
        registry.register("livekit_up", "Whether LiveKit answers and accepts our key", metrics.livekit_up.clone());
        registry.register("rooms", "Rooms that are live on LiveKit", metrics.rooms.clone());
        registry.register("participants", "People in live rooms", metrics.participants.clone());
        metrics.registry = Arc::new(registry);
        metrics
    }

    /// Counts a request that was answered.
    pub fn requested(&self, request: &Request, took: Duration) {
        self.requests.get_or_create(request).observe(took.as_secs_f64());
    }

    /// Counts an entry into a call that was granted (`ok`), refused, or failed.
    pub fn joined(&self, outcome: &Join, took: Duration) {
        self.joins.get_or_create(outcome).observe(took.as_secs_f64());
    }

    /// Whether LiveKit must be asked again; who hears yes asks it.
    pub fn livekit_is_due(&self) -> bool {
        let mut asked = self.livekit_asked.lock();
        let due = asked.is_none_or(|at| at.elapsed() >= FRESH);
        if due {
            *asked = Some(Instant::now());
        }
        due
    }

    /// All of it, as Prometheus reads it (OpenMetrics).
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
