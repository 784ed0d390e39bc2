//! Time zones by their IANA names, and what a clock on the wall says there.

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

/// Where people live. The rest of the database is old spellings, kept so that old data can be read.
const REGIONS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

/// Whether there is a zone of this name, spelled exactly so.
pub fn exists(name: &str) -> bool {
    name.parse::<Tz>().is_ok()
}

/// The zones to choose from: UTC, then by name.
pub fn choices() -> Vec<&'static str> {
    let mut all: Vec<_> = TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| REGIONS.iter().any(|region| name.starts_with(region)))
        .collect();
    all.sort_unstable();
    all.insert(0, "UTC");
    all
}

/// Day and time on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall {
    /// Such as 2026.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
}

/// The moment as somebody in this zone writes it; UTC for a name that is none.
pub fn wall(at: DateTime<Utc>, zone: &str) -> Wall {
    let there = at.with_timezone(&zone.parse::<Tz>().unwrap_or(Tz::UTC));
    Wall { year: there.year(), month: there.month(), day: there.day(), hour: there.hour(), minute: there.minute() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_their_names() {
        for good in ["UTC", "Europe/Paris", "America/Argentina/Ushuaia", "Asia/Kolkata"] {
            assert!(exists(good) && choices().contains(&good), "{good}");
        }
        assert!(exists("US/Pacific") && !choices().contains(&"US/Pacific"), "old spellings are read, not offered");
        for bad in ["", "europe/paris", "Europe/Paris ", "Mars/Olympus", "+02:00", "Europe/Paris\0"] {
            assert!(!exists(bad), "{bad:?}");
        }
    }

    #[test]
    fn the_wall_follows_the_zone_and_its_summers() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        let winter = wall(at("2026-12-31T23:30:00Z"), "Europe/Paris");
        assert_eq!(winter, Wall { year: 2027, month: 1, day: 1, hour: 0, minute: 30 });
        assert_eq!(wall(at("2026-07-01T12:00:00Z"), "Europe/Paris").hour, 14);
        assert_eq!(wall(at("2026-07-01T12:00:00Z"), "nowhere").hour, 12);
    }
}
