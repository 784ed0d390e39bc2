//! The participant token, claim by claim as the contract has it. Made here rather than by LiveKit's builder, which drops
//! empty claims and reads the system clock.

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::Settings;
use crate::error::{Error, Result};

/// How long a token opens the door. LiveKit renews it during a call, so this only bounds how late one may join.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// How far the clocks of two machines may differ: what LiveKit itself allows.
pub(super) const LEEWAY: TimeDelta = TimeDelta::seconds(60);

/// What a participant may publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The camera.
    Camera,
    /// The microphone.
    Microphone,
    /// A shared screen, window or tab.
    ScreenShare,
    /// The sound of what is shared.
    ScreenShareAudio,
}

impl Source {
    /// All there are, in the contract's order.
    pub const ALL: [Self; 4] = [Self::Camera, Self::Microphone, Self::ScreenShare, Self::ScreenShareAudio];

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Camera => "camera",
            Self::Microphone => "microphone",
            Self::ScreenShare => "screen_share",
            Self::ScreenShareAudio => "screen_share_audio",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Source {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|source| source.as_str() == name).ok_or(())
    }
}

/// One admission: who enters which room, as whom and with what rights.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The room's name on LiveKit.
    pub room: String,
    /// The participant's identity (see [`super::Identity`]).
    pub identity: String,
    /// The name the others see.
    pub name: String,
    /// May command the room through LiveKit.
    pub admin: bool,
    /// What may be published; empty means nothing.
    pub sources: Vec<Source>,
    /// May send messages and reactions.
    pub data: bool,
    /// The role in the room, as the contract spells it; `None` for a guest.
    pub role: Option<&'static str>,
    /// Is this somebody with an account?
    pub authenticated: bool,
    /// The participant's colour: [`super::colour()`].
    pub color: String,
    /// How long the token can be used to join: [`LIFETIME`] unless configured otherwise.
    pub lifetime: TimeDelta,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    nbf: i64,
    exp: i64,
    name: &'a str,
    video: Video<'a>,
    attributes: Attributes<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Video<'a> {
    room_admin: bool,
    room_join: bool,
    room: &'a str,
    can_publish: bool,
    can_subscribe: bool,
    can_publish_data: bool,
    can_publish_sources: &'a [Source],
    can_update_own_metadata: bool,
}

#[derive(Serialize)]
struct Attributes<'a> {
    color: &'a str,
    /// JSON null when there is none: clients tell "no role" from "unknown" by it.
    room_role: Option<&'a str>,
    is_authenticated: &'a str,
}

pub(super) fn mint(settings: &Settings, now: DateTime<Utc>, grant: &Grant) -> Result<String> {
    let claims = Claims {
        iss: &settings.api_key,
        sub: &grant.identity,
        nbf: now.timestamp(),
        exp: (now + grant.lifetime).timestamp(),
        name: &grant.name,
        video: Video {
            room_admin: grant.admin,
            room_join: true,
            room: &grant.room,
            can_publish: !grant.sources.is_empty(),
            can_subscribe: true,
            can_publish_data: grant.data,
            can_publish_sources: &grant.sources,
            can_update_own_metadata: false,
        },
        attributes: Attributes {
            color: &grant.color,
            room_role: grant.role,
            is_authenticated: if grant.authenticated { "true" } else { "false" },
        },
    };
    let key = EncodingKey::from_secret(settings.api_secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(|error| Error::Internal(error.into()))
}

/// What a verified participant token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantClaims {
    /// The room it opens.
    pub room: String,
    /// Whom it makes its bearer.
    pub identity: String,
    /// The name the others see.
    pub name: String,
    /// May its bearer command the room?
    pub admin: bool,
    /// As minted, or as changed during the call when LiveKit renewed the token.
    pub attributes: BTreeMap<String, Option<String>>,
    /// From when on it can no longer be used to join.
    pub expires_at: DateTime<Utc>,
}

/// Lenient where [`Claims`] is exact: tokens that LiveKit renews leave out what is empty.
#[derive(Deserialize)]
struct Presented {
    iss: String,
    sub: String,
    #[serde(default)]
    nbf: i64,
    exp: i64,
    #[serde(default)]
    name: String,
    video: PresentedVideo,
    #[serde(default)]
    attributes: BTreeMap<String, Option<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PresentedVideo {
    room: String,
    #[serde(default)]
    room_join: bool,
    #[serde(default)]
    room_admin: bool,
}

pub(super) fn verify(settings: &Settings, now: DateTime<Utc>, token: &str) -> Result<ParticipantClaims> {
    let claims: Presented = decode(settings, token).ok_or(Error::Unauthorized)?;
    let expires_at = DateTime::from_timestamp(claims.exp, 0).ok_or(Error::Unauthorized)?;
    let in_time = now < expires_at + LEEWAY && now.timestamp() >= claims.nbf.saturating_sub(LEEWAY.num_seconds());
    let ours = claims.iss == settings.api_key;
    let joins = claims.video.room_join && !claims.video.room.is_empty() && !claims.sub.is_empty();
    if !(in_time && ours && joins) {
        return Err(Error::Unauthorized);
    }
    Ok(ParticipantClaims {
        room: claims.video.room,
        identity: claims.sub,
        name: claims.name,
        admin: claims.video.room_admin,
        attributes: claims.attributes,
        expires_at,
    })
}

/// Checks the signature with the one algorithm we use. Times and issuer are the caller's: the library would ask the
/// machine's clock.
pub(super) fn decode<T: serde::de::DeserializeOwned>(settings: &Settings, token: &str) -> Option<T> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_secret(settings.api_secret.as_bytes());
    jsonwebtoken::decode(token, &key, &validation).ok().map(|data| data.claims)
}

#[cfg(test)]
mod tests;
