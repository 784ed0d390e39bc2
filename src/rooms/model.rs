//! What a room is.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;

use crate::livekit::tokens::Source;

/// Longest name, in characters (contract §1.3).
pub const LONGEST_NAME: usize = 500;

/// A room.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Room {
    /// Key, and its name on LiveKit.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// The last part of its link.
    pub slug: String,
    /// Who comes in without being asked.
    #[sqlx(try_from = "String")]
    pub access_level: AccessLevel,
    /// Rights of those who are in.
    pub configuration: Json<Configuration>,
    /// Number to dial in with.
    pub pin_code: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Who comes in without being asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessLevel {
    /// Everybody with the link.
    #[default]
    Public,
    /// Everybody who is signed in.
    Trusted,
    /// Those with a role.
    Restricted,
}

/// What somebody is in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May always come in.
    Member,
    /// Runs meetings.
    Administrator,
    /// Also decides on the room itself.
    Owner,
}

/// The contract's RoomConfiguration: keys that are absent leave the instance's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// What those without a hosting role may send; absent or null: everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub can_publish_sources: Option<Vec<Source>>,
    /// Whether everyone may mute others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub everyone_can_mute: Option<bool>,
}

impl Configuration {
    /// What a request asks for; `None` if it is no RoomConfiguration. Each source counts once, however often it stands there:
    /// they travel in every token of the room.
    pub fn parse(value: &serde_json::Value) -> Option<Self> {
        // serde would take a list for the fields in their order.
        let mut parsed: Self = value.is_object().then(|| serde_json::from_value(value.clone()).ok()).flatten()?;
        if let Some(sources) = &mut parsed.can_publish_sources {
            sources.sort_unstable();
            sources.dedup();
        }
        Some(parsed)
    }
}

/// Somebody's role in a room.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Access {
    /// Key.
    pub id: Uuid,
    /// The room.
    pub room_id: Uuid,
    /// The person.
    pub user_id: Uuid,
    /// The role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// When it was given.
    pub created_at: DateTime<Utc>,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ }) => {
        impl $type {
            /// The wire value.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl FromStr for $type {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text { $($word => Ok(Self::$variant),)+ other => Err(format!("unknown value {other:?}")) }
            }
        }
        impl TryFrom<String> for $type {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }
    };
}

words!(AccessLevel { Public = "public", Trusted = "trusted", Restricted = "restricted" });
words!(Role { Member = "member", Administrator = "administrator", Owner = "owner" });

impl Role {
    /// Whether this role runs meetings.
    pub const fn is_host(self) -> bool {
        matches!(self, Self::Administrator | Self::Owner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_configuration_is_an_object_and_names_each_source_once() {
        for wrong in [json!([]), json!([null, true]), json!(null), json!("x"), json!({ "x": 1 })] {
            assert_eq!(Configuration::parse(&wrong), None, "{wrong}");
        }
        let many = json!({ "can_publish_sources": ["microphone", "camera", "microphone", "camera"] });
        let sources = Configuration::parse(&many).and_then(|parsed| parsed.can_publish_sources);
        assert_eq!(sources, Some(vec![Source::Camera, Source::Microphone]));
    }
}
