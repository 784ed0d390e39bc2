//! What a calendar is told.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::time;
use crate::{
    error::{Error, FieldError, Result},
    rooms::{
        model::Room,
        permissions::{Enter, Permit},
    },
};

/// Shortest meeting, in minutes.
pub const SHORTEST: i64 = 5;
/// Longest meeting, in minutes.
pub const LONGEST: i64 = 24 * 60;

/// One meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The room: what is told again of the same room and time replaces what was told before.
    pub room: Uuid,
    /// Its name.
    pub name: String,
    /// Its link.
    pub link: String,
    /// When it begins.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub to: DateTime<Utc>,
    /// The invitation's words.
    pub text: String,
}

impl Event {
    /// A meeting in a room, for those who may enter it. `text` is told in the calendar's own words beside the link.
    ///
    /// Errors: fields `at` (`time_invalid`), `minutes` (`minutes_invalid`).
    pub fn parse(
        _permit: &Permit<Enter>,
        room: &Room,
        origin: &str,
        (at, minutes, zone): (&str, &str, &str),
    ) -> Result<Self> {
        let from = time::at(at, zone);
        let minutes = minutes.trim().parse().ok().filter(|minutes| (SHORTEST..=LONGEST).contains(minutes));
        let (Some(from), Some(minutes)) = (from, minutes) else {
            let wrong = [(from.is_none(), "at", "time_invalid"), (minutes.is_none(), "minutes", "minutes_invalid")];
            let wrong = wrong.into_iter().filter(|(wrong, ..)| *wrong);
            return Err(Error::Invalid(wrong.map(|(_, field, code)| FieldError::new(field, code)).collect()));
        };
        Ok(Self {
            room: room.id,
            name: room.name.clone(),
            link: format!("{origin}/{}", room.slug),
            from,
            to: from + TimeDelta::minutes(minutes),
            text: String::new(),
        })
    }
}
