//! What an invitation is, and what may stand in it.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    error::{Error, FieldError, Result},
    i18n::Lang,
    rooms::calendar::{self, LONGEST, SHORTEST},
    users::{defaults::words, model::Email},
};

/// Longest personal message, in characters.
pub const LONGEST_MESSAGE: usize = 1000;
/// Most addresses of one request.
pub const MOST: usize = 100;

/// What became of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// To be sent.
    Pending,
    /// The mail server took it.
    Sent,
    /// It could not be sent, and is not tried any more.
    Failed,
    /// Taken back: it opens nothing any more.
    Cancelled,
}

words!(Status { Pending = "pending", Sent = "sent", Failed = "failed", Cancelled = "cancelled" });

/// Why a letter did not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The mail server refuses the address.
    Refused,
    /// It was tried for hours in vain.
    Unreachable,
    /// The meeting was over before it could be sent.
    Late,
}

words!(Failure { Refused = "refused", Unreachable = "unreachable", Late = "late" });

/// One invitation, as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invitation {
    /// Key.
    pub id: Uuid,
    /// The room.
    pub room_id: Uuid,
    /// What was sent together: one meeting in people's calendars.
    pub batch_id: Uuid,
    /// The address, as it was written.
    pub email: String,
    /// The same for comparison.
    pub email_folded: String,
    /// What the inviter called them.
    pub name: Option<String>,
    /// Who invited; none: the account is gone.
    pub invited_by: Option<Uuid>,
    /// Language of the letter.
    pub lang: String,
    /// The inviter's words; may be empty.
    pub message: String,
    /// When the meeting begins, if it has a time.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub ends_at: Option<DateTime<Utc>>,
    /// The clock that its time is told by.
    pub zone: Option<String>,
    /// Grows with every change that calendars are told of.
    pub sequence: i32,
    /// What became of the letter.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Why the last letter did not go out.
    pub failure: Option<String>,
    /// How often sending the last letter failed so far.
    pub tries: i32,
    /// When the address was first written to.
    pub sent_at: Option<DateTime<Utc>>,
    /// The last letter that the mail server took.
    pub told: Option<i32>,
    /// The address of who invites, as calendars were told first; none: ours.
    pub organizer: Option<String>,
    /// The role that came by it, and goes with it.
    pub gave_access: Option<Uuid>,
    /// Who came by it.
    pub accepted_by: Option<Uuid>,
    /// When.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Invitation {
    /// The time of its meeting.
    pub fn time(&self) -> Option<Time> {
        let zone = self.zone.clone()?;
        Some(Time { from: self.starts_at?, to: self.ends_at?, zone })
    }

    /// Why the last letter did not go out.
    pub fn failure(&self) -> Option<Failure> {
        self.failure.as_deref().and_then(|word| word.parse().ok())
    }

    /// Whether it can be sent once more: not while a letter is on its way, and not to who is there already.
    pub fn may_go_again(&self) -> bool {
        matches!(self.status, Status::Sent | Status::Failed) && self.accepted_at.is_none()
    }
}

/// When a meeting is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its beginning.
    pub from: DateTime<Utc>,
    /// Its end.
    pub to: DateTime<Utc>,
    /// The clock that it is told by.
    pub zone: String,
}

impl Time {
    /// From a form. Errors: fields `at` (`time_invalid`, `time_past`), `minutes`, `zone`.
    pub fn parse(at: &str, minutes: &str, zone: &str, now: DateTime<Utc>) -> Result<Self> {
        let mut wrong = Vec::new();
        if !crate::users::timezone::exists(zone) {
            wrong.push(FieldError::new("zone", "timezone_unknown"));
        }
        let from = calendar::at(at, if wrong.is_empty() { zone } else { "UTC" });
        match from {
            None => wrong.push(FieldError::new("at", "time_invalid")),
            Some(from) if from < now => wrong.push(FieldError::new("at", "time_past")),
            Some(_) => {}
        }
        let minutes = minutes.trim().parse().ok().filter(|minutes| (SHORTEST..=LONGEST).contains(minutes));
        if minutes.is_none() {
            wrong.push(FieldError::new("minutes", "minutes_invalid"));
        }
        match (from, minutes) {
            (Some(from), Some(minutes)) if wrong.is_empty() => {
                Ok(Self { from, to: from + TimeDelta::minutes(minutes), zone: zone.to_owned() })
            }
            _ => Err(Error::Invalid(wrong)),
        }
    }

    /// How long it is, in minutes.
    pub fn minutes(&self) -> i64 {
        (self.to - self.from).num_minutes()
    }
}

/// Somebody who is to be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Where to.
    pub email: Email,
    /// What the inviter calls them.
    pub name: Option<String>,
}

/// Invitations that are to be made together.
#[derive(Clone, Debug)]
pub struct New {
    /// To whom; every address once.
    pub to: Vec<Addressee>,
    /// The inviter's words.
    pub message: String,
    /// Language of the letter.
    pub lang: Lang,
    /// When the meeting is.
    pub time: Option<Time>,
}

/// A person's words: lines end in one way, and nothing in them is hidden, turns the text around or ends a letter early. Errors:
/// `invitation_too_long`.
pub fn message(text: &str) -> Result<String, &'static str> {
    let hidden = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let text: String = text.chars().filter(|c| *c == '\n' || !(c.is_control() || hidden(*c))).collect();
    let text = text.trim();
    if text.chars().count() > LONGEST_MESSAGE { Err("invitation_too_long") } else { Ok(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_lines_of_text_and_nothing_else() {
        for (text, expected) in [
            ("  Hello\r\nyou\rthere \n", "Hello\nyou\nthere"),
            ("a\u{0}b\u{1b}[31m\u{202e}c", "ab[31mc"),
            ("a\u{2028}X:1", "a\nX:1"),
            ("نور 👩‍👩‍👧", "نور 👩‍👩‍👧"),
        ] {
            assert_eq!(message(text).as_deref(), Ok(expected), "{text:?}");
        }
        assert!(message(&"é".repeat(LONGEST_MESSAGE)).is_ok());
        assert_eq!(message(&"é".repeat(LONGEST_MESSAGE + 1)), Err("invitation_too_long"));
    }

    #[test]
    fn a_time_is_ahead_and_by_a_clock_that_exists() {
        let now = "2026-11-30T09:00:00Z".parse().expect("a time");
        let time = Time::parse("2026-11-30T10:30", "45", "Europe/Paris", now).expect("fine");
        assert_eq!((time.from.to_rfc3339(), time.minutes()), ("2026-11-30T09:30:00+00:00".to_owned(), 45));
        for (at, minutes, zone, expected) in [
            ("2026-11-30T09:59", "45", "Europe/Paris", vec!["time_past"]),
            ("", "0", "Europe/Paris", vec!["time_invalid", "minutes_invalid"]),
            ("2026-11-30T10:30", "45", "Mars/Olympus", vec!["timezone_unknown"]),
            ("2026-11-30T10:30\r\nX:1", "1441", "UTC", vec!["time_invalid", "minutes_invalid"]),
        ] {
            let Err(Error::Invalid(wrong)) = Time::parse(at, minutes, zone, now) else { panic!("{at}") };
            assert_eq!(wrong.iter().map(|one| one.code).collect::<Vec<_>>(), expected, "{at}");
        }
    }
}
