//! The time that was asked for, from the address of the page.

use chrono::{DateTime, TimeDelta, Utc};
use visavis::{
    error::Result as Outcome,
    i18n::Lang,
    rooms::{
        calendar::Event,
        model::Room,
        permissions::{Enter, Permit},
    },
    users::timezone::{self, wall},
    web::extract::Params,
};

use super::text;
use crate::{pages::account::when::when, pages::path::escaped};

/// What was typed, or stands there to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// As `datetime-local` has it.
    pub at: String,
    /// How long.
    pub minutes: String,
    /// By which clock.
    pub zone: String,
    /// Whether it was asked for.
    pub asked: bool,
}

/// Longest value of a parameter that is shown again.
const LONGEST: usize = 64;

impl Typed {
    /// From the query; without one the next full hour, for an hour, by the reader's clock.
    pub fn of(params: &Params, zone: Option<&str>, now: DateTime<Utc>) -> Self {
        let given = |name: &str| params.get(name).map(|text| text.chars().take(LONGEST).collect::<String>());
        let zone = given("zone").filter(|zone| timezone::exists(zone)).or(zone.map(str::to_owned));
        let zone = zone.unwrap_or_else(|| "UTC".to_owned());
        let next = wall(now + TimeDelta::hours(1), &zone);
        let next = format!("{:04}-{:02}-{:02}T{:02}:00", next.year, next.month, next.day, next.hour);
        Self {
            asked: params.get("at").is_some(),
            at: given("at").unwrap_or(next),
            minutes: given("minutes").unwrap_or_else(|| "60".to_owned()),
            zone,
        }
    }

    /// The same as a query.
    pub fn query(&self) -> String {
        format!("?at={}&minutes={}&zone={}", escaped(&self.at), escaped(&self.minutes), escaped(&self.zone))
    }

    /// The meeting, in words for a calendar. Errors: fields `at`, `minutes`.
    pub fn event(&self, lang: Lang, permit: &Permit<Enter>, room: &Room, origin: &str) -> Outcome<Event> {
        let wanted = (self.at.as_str(), self.minutes.as_str(), self.zone.as_str());
        let event = Event::parse(permit, room, origin, wanted)?;
        let words = text::words(lang, &event.name, &event.link, None);
        Ok(Event { text: words, ..event })
    }

    /// When it begins, as the reader says it.
    pub fn words(&self, lang: Lang, event: &Event) -> String {
        visavis::i18n::rooms::when_moment(lang, when(lang, event.from, &self.zone), self.zone.replace('_', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_full_hour_by_the_readers_clock() {
        let now = "2026-11-21T23:10:00Z".parse().expect("a time");
        let typed = Typed::of(&Params::of(""), Some("Europe/Paris"), now);
        assert_eq!((typed.at.as_str(), typed.minutes.as_str(), typed.asked), ("2026-11-22T01:00", "60", false));
        let typed = Typed::of(&Params::of("at=x%0d%0ay&minutes=1&zone=Mars/Olympus"), None, now);
        assert_eq!((typed.at.as_str(), typed.zone.as_str(), typed.asked), ("x\r\ny", "UTC", true));
        assert_eq!(typed.query(), "?at=x%0D%0Ay&minutes=1&zone=UTC");
        let long = Typed::of(&Params::of(&format!("at={}", "x".repeat(5000))), None, now);
        assert_eq!(long.at.len(), LONGEST);
    }
}
