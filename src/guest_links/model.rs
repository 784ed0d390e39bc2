//! What a guest link is.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    error::{Error, FieldError, Result},
    users::model::clean_name,
};

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// The days that a link may last.
pub const DAYS: [i64; 4] = [1, 7, 30, 90];
/// How often a link may be good for, where it is not without end.
pub const USES: [i32; 4] = [1, 5, 20, 100];

/// A link, as it is stored: without what opens it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct GuestLink {
    /// Key.
    pub id: Uuid,
    /// The room.
    pub room_id: Uuid,
    /// What the host calls it.
    pub name: String,
    /// Whether it leads past the lobby.
    pub may_pass: bool,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
    /// How often; none: as often as one likes.
    pub max_uses: Option<i32>,
    /// How often it was.
    pub uses: i32,
    /// Who made it; none: the account is gone.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A link as a room's hosts see it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The link.
    pub link: GuestLink,
    /// What its maker is called; none: the account is gone.
    pub by: Option<String>,
}

/// What a link is good for just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be used.
    Good,
    /// It was used as often as it may.
    UsedUp,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl GuestLink {
    /// What it is good for just now.
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        if self.revoked_at.is_some() {
            Standing::Revoked
        } else if now >= self.expires_at {
            Standing::Expired
        } else if self.max_uses.is_some_and(|most| self.uses >= most) {
            Standing::UsedUp
        } else {
            Standing::Good
        }
    }
}

/// A link that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// What the host calls it.
    pub name: String,
    /// Whether it leads past the lobby.
    pub may_pass: bool,
    /// How long it lasts.
    pub lasts: TimeDelta,
    /// How often it may be used.
    pub max_uses: Option<i32>,
}

impl New {
    /// From a form; `uses` empty: as often as one likes. Errors: fields `link_name`, `days`, `uses`.
    pub fn parse(name: &str, may_pass: bool, days: &str, uses: &str) -> Result<Self> {
        let mut wrong = Vec::new();
        let name = clean_name(name, LONGEST_NAME).map_err(|code| wrong.push(FieldError::new("link_name", code)));
        let days = days.parse().ok().filter(|days| DAYS.contains(days));
        let max_uses =
            if uses.is_empty() { Some(None) } else { uses.parse().ok().filter(|n| USES.contains(n)).map(Some) };
        if days.is_none() {
            wrong.push(FieldError::new("days", "choice_unknown"));
        }
        if max_uses.is_none() {
            wrong.push(FieldError::new("uses", "choice_unknown"));
        }
        match (name, days, max_uses) {
            (Ok(name), Some(days), Some(max_uses)) => {
                Ok(Self { name, may_pass, lasts: TimeDelta::days(days), max_uses })
            }
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_is_good_for() {
        let now: DateTime<Utc> = "2026-11-30T09:30:00Z".parse().expect("a time");
        let link = |seconds, max_uses, uses, revoked: bool| GuestLink {
            id: Uuid::nil(),
            room_id: Uuid::nil(),
            name: "x".to_owned(),
            may_pass: true,
            expires_at: now + TimeDelta::seconds(seconds),
            max_uses,
            uses,
            created_by: None,
            created_at: now,
            revoked_at: revoked.then_some(now),
        };
        for (link, expected) in [
            (link(1, None, 1000, false), Standing::Good),
            (link(1, Some(2), 1, false), Standing::Good),
            (link(1, Some(2), 2, false), Standing::UsedUp),
            (link(0, Some(2), 0, false), Standing::Expired),
            (link(1, None, 0, true), Standing::Revoked),
        ] {
            assert_eq!(link.standing(now), expected);
        }
    }

    #[test]
    fn a_form_says_what_a_link_is_for() {
        let new = New::parse(" Anna \n of Acme", true, "7", "").expect("fine");
        assert_eq!((new.name.as_str(), new.lasts, new.max_uses), ("Anna of Acme", TimeDelta::days(7), None));
        assert_eq!(New::parse("x", false, "1", "5").expect("fine").max_uses, Some(5));
        for (name, days, uses, fields) in [
            ("", "7", "1", vec!["link_name"]),
            ("x", "36500", "0", vec!["days", "uses"]),
            ("x", "-1", "-1", vec!["days", "uses"]),
            ("x", "7", "99999999999", vec!["uses"]),
        ] {
            let Err(Error::Invalid(wrong)) = New::parse(name, true, days, uses) else { panic!("{name}") };
            assert_eq!(wrong.iter().map(|one| one.field.as_ref()).collect::<Vec<_>>(), fields);
        }
    }
}
