//! A moment, as the reader's clock and language say it. Pages and mails say it alike.

use chrono::{DateTime, Utc};

use super::timezone::{Wall, wall};
use crate::i18n::{Lang, account};

/// Such as "21 November 2026, 15:16".
pub fn when(lang: Lang, at: DateTime<Utc>, zone: &str) -> String {
    let wall = wall(at, zone);
    let minute = format!("{:02}", wall.minute);
    account::moment(lang, day(lang, &wall), wall.hour, minute, month(lang, &wall), wall.year)
}

/// Such as "21"; the first of a month may be said otherwise.
pub fn day(lang: Lang, wall: &Wall) -> String {
    if wall.day == 1 { account::first_of_month(lang).to_owned() } else { wall.day.to_string() }
}

/// The month's name.
pub fn month(lang: Lang, wall: &Wall) -> &'static str {
    let months = [
        account::month_1,
        account::month_2,
        account::month_3,
        account::month_4,
        account::month_5,
        account::month_6,
        account::month_7,
        account::month_8,
        account::month_9,
        account::month_10,
        account::month_11,
        account::month_12,
    ];
    months.get(wall.month as usize - 1).map_or("", |name| name(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_in_words() {
        let at = "2026-12-31T23:05:00Z".parse().expect("a time");
        assert_eq!(when(Lang::En, at, "UTC"), "31 December 2026, 23:05");
        assert_eq!(when(Lang::Fr, at, "Europe/Paris"), "1er janvier 2027 à 0\u{202f}h\u{202f}05");
        assert_eq!(when(Lang::De, at, "Europe/Berlin"), "1.\u{a0}Januar 2027 um 0:05\u{a0}Uhr");
        assert_eq!(when(Lang::Nl, at, "Europe/Amsterdam"), "1 januari 2027 om 0:05\u{a0}uur");
    }
}
