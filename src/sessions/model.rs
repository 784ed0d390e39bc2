//! How long things last, and one-time links.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A session of somebody signed in that is not used for this long ends (contract §0.3).
pub const LIFETIME: TimeDelta = TimeDelta::hours(12);
/// However much it is used, a session ends so long after signing in: a device that was left somewhere does not stay signed in
/// for ever. Ours; the contract has no such limit.
pub const LONGEST_LIFETIME: TimeDelta = TimeDelta::days(30);
/// For so long after signing in somebody without a password need not sign in again to do what cannot be undone.
pub const FRESH: TimeDelta = TimeDelta::minutes(10);
/// A stranger's session only carries a form's errors to the next page: anybody can have as many made as they like.
pub const STRANGERS_LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How long a use of a session may go unnoted, so that not every request writes.
pub const UNNOTED: TimeDelta = TimeDelta::minutes(5);

/// How long a link can be used.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// A link that signs somebody in, once. Only the hash of its token is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Link {
    /// Whom it signs in; none: it makes the first administrator.
    pub user_id: Option<Uuid>,
    /// From when on it is dead.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

impl Link {
    /// Whether it still works.
    pub fn usable(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_until_it_is_used_or_old() {
        let now = DateTime::UNIX_EPOCH;
        let fresh = Link { user_id: None, expires_at: now + LINK_LIFETIME, used_at: None };
        assert!(fresh.usable(now));
        assert!(!fresh.usable(now + LINK_LIFETIME));
        assert!(!Link { used_at: Some(now), ..fresh }.usable(now));
    }
}
