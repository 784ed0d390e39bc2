//! What LiveKit tells, in whatever order and however often, made into meetings and stays. Pure.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    livekit::{Identity, client::ParticipantInfo, webhook},
    users::defaults::words,
};

/// By what somebody is in a room, or what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A browser or an app.
    Standard,
    /// A telephone.
    Sip,
    /// A program that listens or speaks.
    Agent,
    /// A recorder.
    Egress,
    /// A stream that is fed in.
    Ingress,
}

words!(Kind { Standard = "standard", Sip = "sip", Agent = "agent", Egress = "egress", Ingress = "ingress" });

impl Kind {
    /// As LiveKit spells it. What it may come to know besides brings people in by other ways.
    pub fn of(livekit: &str) -> Self {
        livekit.to_ascii_lowercase().parse().unwrap_or(Self::Standard)
    }

    /// Whether people count it as one of them.
    pub const fn is_person(self) -> bool {
        !matches!(self, Self::Agent | Self::Egress)
    }
}

/// One session of a room on LiveKit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Meeting {
    /// LiveKit's id of it.
    pub room_sid: String,
    /// The room.
    pub room_id: Uuid,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Since when LiveKit has no longer listed it, without having said that it is over.
    pub missing_since: Option<DateTime<Utc>>,
}

/// One stay in a room.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Stay {
    /// The room.
    pub room_id: Uuid,
    /// LiveKit's id of the stay.
    pub participant_sid: String,
    /// The session of the room; empty when LiveKit did not say.
    pub room_sid: String,
    /// Who, on LiveKit.
    pub identity: String,
    /// The name that the others saw.
    pub name: String,
    /// By what.
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    /// Which browser of an account.
    pub device: Option<String>,
    /// The account.
    pub user_id: Option<Uuid>,
    /// Since when.
    pub joined_at: DateTime<Utc>,
    /// Until when.
    pub left_at: Option<DateTime<Utc>>,
    /// Whether they were told, when they came, that hosts can see it afterwards.
    pub told: bool,
}

/// Somebody, or something, in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// LiveKit's id of the stay.
    pub sid: String,
    /// Who, on LiveKit.
    pub identity: String,
    /// The name that the others see.
    pub name: String,
    /// By what.
    pub kind: Kind,
    /// Since when; not always told.
    pub joined_at: Option<DateTime<Utc>>,
}

impl From<webhook::Participant> for Participant {
    fn from(told: webhook::Participant) -> Self {
        Self {
            kind: Kind::of(&told.kind),
            sid: told.sid,
            identity: told.identity,
            name: told.name,
            joined_at: told.joined_at,
        }
    }
}

impl From<ParticipantInfo> for Participant {
    fn from(info: ParticipantInfo) -> Self {
        Self {
            kind: Kind::of(&info.kind),
            sid: info.sid,
            identity: info.identity,
            name: info.name,
            joined_at: info.joined_at,
        }
    }
}

/// What happened in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The room.
    pub room: Uuid,
    /// The session of the room; empty when LiveKit did not say.
    pub room_sid: String,
    /// When that began, where LiveKit says so.
    pub began: Option<DateTime<Utc>>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What.
    pub what: What,
}

/// The kinds of [`Report`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The room was made. Nobody is inside yet.
    Started,
    /// The room is gone.
    Finished,
    /// Somebody is inside.
    Joined(Participant),
    /// Somebody is no longer inside.
    Left(Participant),
}

/// The earlier one of two moments of which either may be unknown.
fn earlier<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl Meeting {
    /// The meeting as a report leaves it; none when LiveKit did not say which.
    pub fn after(known: Option<&Self>, report: &Report) -> Option<Self> {
        if report.room_sid.is_empty() {
            return None;
        }
        let finished = matches!(report.what, What::Finished).then_some(report.at);
        let began = report.began.unwrap_or(report.at).min(report.at);
        Some(Self {
            room_sid: report.room_sid.clone(),
            room_id: known.map_or(report.room, |known| known.room_id),
            started_at: known.map_or(began, |known| known.started_at.min(began)),
            finished_at: earlier(known.and_then(|known| known.finished_at), finished),
            missing_since: known.and_then(|known| known.missing_since),
        })
    }
}

/// The room that LiveKit calls by this name, if it is one of ours: they are called by their keys, written in one way.
pub fn room_of(name: &str) -> Option<Uuid> {
    Uuid::try_parse(name).ok().filter(|id| id.to_string() == name)
}

impl Stay {
    /// Somebody who was seen inside at this moment.
    pub fn seen(room: Uuid, room_sid: &str, participant: &Participant, at: DateTime<Utc>) -> Self {
        let device = Identity::parse(&participant.identity).device().map(|device| device.as_str().to_owned());
        Self {
            room_id: room,
            participant_sid: participant.sid.clone(),
            room_sid: room_sid.to_owned(),
            identity: participant.identity.clone(),
            name: participant.name.clone(),
            kind: participant.kind,
            device: device.filter(|_| participant.kind == Kind::Standard),
            user_id: None,
            joined_at: participant.joined_at.unwrap_or(at),
            left_at: None,
            told: false,
        }
    }

    /// The same stay with what was known of it: it began when it is first said to have begun, and is over when anybody says so.
    pub fn merged(self, before: Option<&Self>) -> Self {
        let Some(before) = before else { return self };
        Self {
            room_sid: if before.room_sid.is_empty() { self.room_sid } else { before.room_sid.clone() },
            joined_at: self.joined_at.min(before.joined_at),
            left_at: earlier(self.left_at, before.left_at),
            ..before.clone()
        }
    }

    /// Over at that moment at the latest, where there is one; nobody leaves before having come.
    pub fn until(self, end: Option<DateTime<Utc>>) -> Self {
        let left_at = earlier(self.left_at, end).map(|left| left.max(self.joined_at));
        Self { left_at, ..self }
    }
}

#[cfg(test)]
mod tests;
