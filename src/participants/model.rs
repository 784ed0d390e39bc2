//! How a raised hand is written down, as clients know it.

use chrono::{DateTime, SecondsFormat, Utc};

/// The attribute that says since when a hand is up; empty or absent: it is down.
pub const RAISED: &str = "handRaisedAt";

/// Its value. The time is ours, so nobody gets ahead of those who wait already; to the microsecond, and always as long, so the order
/// of the texts is that of the hands.
pub fn raised_at(now: DateTime<Utc>) -> String {
    now.to_rfc3339_opts(SecondsFormat::Micros, false)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_written_as_the_contract_has_it() {
        let moment = DateTime::from_timestamp(1_795_252_169, 561_270_000).expect("a time");
        assert_eq!(raised_at(moment), "2026-11-21T09:09:29.561270+00:00");
        assert_eq!(raised_at(DateTime::from_timestamp(1_795_252_169, 0).expect("a time")).len(), 32);
    }

    proptest! {
        #[test]
        fn the_order_of_the_texts_is_that_of_the_hands(first in 0_i64..4_000_000_000_000_000, later in 1_i64..10_000_000_000) {
            let first = DateTime::from_timestamp_micros(first).expect("a time");
            prop_assert!(raised_at(first) < raised_at(first + TimeDelta::microseconds(later)));
        }
    }
}
