//! Time as a parameter, so that tests can turn it.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use parking_lot::Mutex;

/// Tells the time, truncated to microseconds: what both databases keep.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still until [`Clock::advance`] moves it. For tests.
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `start`.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(Mutex::new(start)))
    }

    /// The present moment (UTC, microseconds).
    pub fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
        let now = match self {
            Self::System => Utc::now(),
            Self::Manual(at) => *at.lock(),
        };
        now.trunc_subsecs(6)
    }

    /// Moves a manual clock forward; the machine's clock is left alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Manual(at) = self {
            *at.lock() += by;
        }
    }
}
