//! When a room was last used, in words.

use chrono::{DateTime, Days, NaiveDate, Utc};
use visavis::{
    i18n::{Lang, rooms},
    users::timezone::{Wall, wall},
};

use crate::pages::account::when::{day, month};

/// As somebody in this zone says it now.
pub fn used(lang: Lang, at: Option<DateTime<Utc>>, now: DateTime<Utc>, zone: &str) -> String {
    let Some(at) = at else { return rooms::used_never(lang).to_owned() };
    let (then, today) = (wall(at, zone), wall(now, zone));
    let date = |wall: &Wall| NaiveDate::from_ymd_opt(wall.year, wall.month, wall.day);
    let yesterday = date(&today).and_then(|today| today.checked_sub_days(Days::new(1)));
    if date(&then) >= date(&today) {
        rooms::used_today(lang).to_owned()
    } else if date(&then) == yesterday {
        rooms::used_yesterday(lang).to_owned()
    } else if then.year == today.year {
        rooms::used_on(lang, day(lang, &then), month(lang, &then))
    } else {
        rooms::used_on_year(lang, day(lang, &then), month(lang, &then), then.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_days_of_the_readers_wall() {
        let time = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        let now = time("2026-11-21T23:30:00Z");
        let said = |at: &str, zone: &str| used(Lang::En, Some(time(at)), now, zone);
        assert_eq!(said("2026-11-21T00:10:00Z", "UTC"), "Last used today");
        // In Paris it is the 22nd already.
        assert_eq!(said("2026-11-21T22:50:00Z", "Europe/Paris"), "Last used yesterday");
        assert_eq!(said("2026-11-21T23:10:00Z", "Europe/Paris"), "Last used today");
        assert_eq!(said("2026-11-20T10:00:00Z", "UTC"), "Last used yesterday");
        assert_eq!(said("2026-11-03T10:00:00Z", "UTC"), "Last used on 3 November");
        assert_eq!(said("2025-11-20T10:00:00Z", "UTC"), "Last used on 20 November 2025");
        assert_eq!(said("2026-11-22T10:00:00Z", "UTC"), "Last used today", "a clock that goes wrong");
        assert_eq!(used(Lang::En, None, now, "UTC"), "Not used yet");
    }
}
