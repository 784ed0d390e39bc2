//! LiveKit's webhooks: a JSON body, vouched for by a token in `Authorization` (without "Bearer") that is signed with our
//! key and carries the body's hash. Deliveries are repeated and reordered; what they cause must bear that.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{Settings, client::Permission, tokens};
use crate::error::Error;

/// LiveKit signs a delivery for five minutes, its retries included. Older ones are replays.
const AGE: TimeDelta = TimeDelta::minutes(5);

/// Why a delivery is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no `Authorization` header.
    #[error("no Authorization header")]
    Missing,
    /// The token is not LiveKit's, is not for this body, or is over.
    #[error("the webhook's token is not good: {0}")]
    Bad(&'static str),
    /// Vouched for, and still not an event.
    #[error("the body is no webhook event")]
    Unreadable,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Missing | Refusal::Bad(_) => Self::Unauthorized,
            Refusal::Unreadable => Self::field("body", "invalid"),
        }
    }
}

/// One verified event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// LiveKit's id of the event; the same in every repetition.
    pub id: String,
    /// When it happened, to the second.
    pub created_at: Option<DateTime<Utc>>,
    /// The room it happened in, where there is one.
    pub room: Option<Room>,
    /// What happened.
    pub event: Event,
}

/// A room, as far as webhooks tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, from = "RoomBody")]
pub struct Room {
    /// LiveKit's id of this session of the room.
    pub sid: String,
    /// The room's name.
    pub name: String,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
}

/// What we act upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The room was made. Nobody is inside yet.
    RoomStarted {
        /// The room's name.
        room: String,
        /// LiveKit's id of this session of the room.
        sid: String,
    },
    /// The room is gone.
    RoomFinished {
        /// The room's name.
        room: String,
        /// LiveKit's id of this session of the room.
        sid: String,
    },
    /// Somebody is inside.
    ParticipantJoined {
        /// The room's name.
        room: String,
        /// Who.
        participant: Participant,
    },
    /// Somebody is no longer inside.
    ParticipantLeft {
        /// The room's name.
        room: String,
        /// Who.
        participant: Participant,
    },
    /// Something that nobody here acts upon; its name.
    Other(String),
}

/// A participant, as far as webhooks tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, from = "ParticipantBody")]
pub struct Participant {
    /// LiveKit's id of this stay; a reload gets a new one.
    pub sid: String,
    /// See [`super::Identity`].
    pub identity: String,
    /// The name the others see.
    pub name: String,
    /// `STANDARD`, `SIP`, `EGRESS`, `INGRESS`, `AGENT`; empty means standard.
    pub kind: String,
    /// Since when it is inside.
    pub joined_at: Option<DateTime<Utc>>,
    /// What it may do.
    pub permission: Option<Permission>,
    /// What our server says of it to everybody.
    pub attributes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    iat: Option<i64>,
    sha256: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RoomBody {
    sid: String,
    name: String,
    creation_time: Value,
    creation_time_ms: Value,
}

impl From<RoomBody> for Room {
    fn from(body: RoomBody) -> Self {
        let created_at = moment(&body.creation_time, &body.creation_time_ms);
        Self { sid: body.sid, name: body.name, created_at }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ParticipantBody {
    sid: String,
    identity: String,
    name: String,
    kind: String,
    joined_at: Value,
    joined_at_ms: Value,
    permission: Option<PermissionBody>,
    attributes: BTreeMap<String, String>,
}

/// Protobuf's JSON leaves out what is false or empty.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct PermissionBody {
    can_subscribe: bool,
    can_publish: bool,
    can_publish_data: bool,
    can_publish_sources: Vec<String>,
}

impl From<ParticipantBody> for Participant {
    fn from(body: ParticipantBody) -> Self {
        let joined_at = moment(&body.joined_at, &body.joined_at_ms);
        let permission = body.permission.map(Into::into);
        let ParticipantBody { sid, identity, name, kind, attributes, .. } = body;
        Self { sid, identity, name, kind, joined_at, permission, attributes }
    }
}

impl From<PermissionBody> for Permission {
    fn from(body: PermissionBody) -> Self {
        let sources = body.can_publish_sources.iter().filter_map(|name| name.to_ascii_lowercase().parse().ok());
        Self {
            can_subscribe: body.can_subscribe,
            can_publish: body.can_publish,
            can_publish_data: body.can_publish_data,
            sources: sources.collect(),
        }
    }
}

#[derive(Deserialize)]
struct Body {
    event: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    room: Option<Room>,
    #[serde(default)]
    participant: Option<Participant>,
    #[serde(default, rename = "createdAt")]
    created_at: Value,
}

pub(super) fn receive(
    settings: &Settings,
    now: DateTime<Utc>,
    authorization: Option<&str>,
    body: &[u8],
) -> Result<Delivery, Refusal> {
    let token = authorization.map(str::trim).filter(|token| !token.is_empty()).ok_or(Refusal::Missing)?;
    let claims: Claims = tokens::decode(settings, token).ok_or(Refusal::Bad("signature or claims"))?;
    check(settings, now, &claims, body)?;
    let body: Body = serde_json::from_slice(body).map_err(|_| Refusal::Unreadable)?;
    let (created_at, room) = (moment(&body.created_at, &Value::Null), body.room.clone());
    Ok(Delivery {
        created_at,
        id: body.id.clone(),
        room: room.filter(|room| !room.name.is_empty()),
        event: event(body)?,
    })
}

fn check(settings: &Settings, now: DateTime<Utc>, claims: &Claims, body: &[u8]) -> Result<(), Refusal> {
    let leeway = tokens::LEEWAY.num_seconds();
    let now = now.timestamp();
    if claims.iss != settings.api_key {
        return Err(Refusal::Bad("issuer"));
    }
    if now >= claims.exp.saturating_add(leeway) {
        return Err(Refusal::Bad("over"));
    }
    let signed = claims.iat.or(claims.nbf).unwrap_or(now);
    if signed.saturating_sub(leeway) > now || claims.nbf.unwrap_or(now).saturating_sub(leeway) > now {
        return Err(Refusal::Bad("from the future"));
    }
    if signed.saturating_add(AGE.num_seconds() + leeway) < now {
        return Err(Refusal::Bad("too old"));
    }
    let hash = BASE64_STANDARD.encode(Sha256::digest(body));
    if !bool::from(hash.as_bytes().ct_eq(claims.sha256.as_bytes())) {
        return Err(Refusal::Bad("not for this body"));
    }
    Ok(())
}

fn event(body: Body) -> Result<Event, Refusal> {
    let room = body.room.filter(|room| !room.name.is_empty());
    let participant = body.participant.filter(|participant| !participant.identity.is_empty());
    let (room, sid) = room.map(|room| (room.name, room.sid)).unzip();
    let named = || room.ok_or(Refusal::Unreadable);
    let who = || participant.ok_or(Refusal::Unreadable);
    Ok(match body.event.as_str() {
        "room_started" => Event::RoomStarted { room: named()?, sid: sid.unwrap_or_default() },
        "room_finished" => Event::RoomFinished { room: named()?, sid: sid.unwrap_or_default() },
        "participant_joined" => Event::ParticipantJoined { room: named()?, participant: who()? },
        "participant_left" => Event::ParticipantLeft { room: named()?, participant: who()? },
        _ => Event::Other(body.event),
    })
}

/// A time in seconds and, since lately, in milliseconds as well; zero is none.
fn moment(seconds: &Value, milliseconds: &Value) -> Option<DateTime<Utc>> {
    let exact = number(milliseconds).and_then(DateTime::from_timestamp_millis);
    exact.or_else(|| DateTime::from_timestamp(number(seconds)?, 0))
}

/// Protobuf's JSON writes 64-bit numbers as strings; a plain number means the same.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok()).filter(|number| *number != 0)
}

#[cfg(test)]
mod tests;
