//! From what a clock on the wall says to the moment.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The moment of a form's `datetime-local` in a zone; `None`: it is no time, or none that calendars know.
///
/// As calendars do it (RFC 5545 §3.3.5): a time that a zone has twice is the first of them, one that it skips is told by the clock
/// as it went before.
pub fn at(text: &str, zone: &str) -> Option<DateTime<Utc>> {
    let zone: Tz = zone.parse().ok()?;
    let text = text.trim();
    let wall = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    let years = 2000..=2200;
    if !years.contains(&chrono::Datelike::year(&wall)) {
        return None;
    }
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) => Some(at),
        LocalResult::Ambiguous(first, second) => Some(first.min(second)),
        LocalResult::None => {
            // No zone skips more than a day.
            let day = TimeDelta::days(1);
            let before = zone.from_local_datetime(&(wall - day)).earliest()?;
            Some(before + day)
        }
    }
    .map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_of_a_zone() {
        for (text, zone, moment) in [
            ("2026-11-30T10:30", "Europe/Paris", Some("2026-11-30T09:30:00Z")),
            ("2026-07-01T10:30", "Europe/Paris", Some("2026-07-01T08:30:00Z")),
            ("2026-07-01T10:30:59", "UTC", Some("2026-07-01T10:30:59Z")),
            ("2026-07-01T10:30", "Asia/Kolkata", Some("2026-07-01T05:00:00Z")),
            // Twice that night: the first.
            ("2026-10-25T02:30", "Europe/Paris", Some("2026-10-25T00:30:00Z")),
            // Skipped that night: half an hour after two by the clock as it went before.
            ("2026-03-29T02:30", "Europe/Paris", Some("2026-03-29T01:30:00Z")),
            ("2026-07-01T10:30", "Mars/Olympus", None),
            ("", "UTC", None),
            ("tomorrow", "UTC", None),
            ("2026-02-30T10:30", "UTC", None),
            ("0001-01-01T00:00", "UTC", None),
            ("9999-12-31T23:59", "America/New_York", None),
            ("2026-07-01T10:30\r\nX:1", "UTC", None),
        ] {
            let wanted = moment.map(|text| text.parse::<DateTime<Utc>>().expect("a time"));
            assert_eq!(at(text, zone), wanted, "{text:?} {zone}");
        }
    }
}
