//! What a room is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;

use crate::users::defaults::words;
pub use crate::users::defaults::{AccessLevel, Configuration};

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
    /// Whether hosts may see afterwards who was here. Set by `presence::attendance`.
    pub attendance: bool,
    /// Whether everybody writes in its call, or hosts alone. Set by `chat::switch`.
    pub chat: bool,
    /// Whether those who come later read what was written before.
    pub chat_history: bool,
    /// Since when everybody new has to be let in. Set by `moderation::lock`.
    pub locked_at: Option<DateTime<Utc>>,
    /// How many may be in its call at once; hosts come in all the same.
    pub max_participants: Option<i32>,
    /// The limit that the running call began with, where it was raised or lifted since: LiveKit keeps to it until the call is over.
    /// Set by `rooms::door`.
    pub meeting_limit: Option<i32>,
    /// Whether everybody waits until somebody who runs it is there.
    pub hosts_required: bool,
    /// Whether those alone come in who have an account, under its name.
    pub verified_only: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Room {
    /// How many may be in its call just now.
    pub fn limit(&self) -> Option<i32> {
        [self.max_participants, self.meeting_limit].into_iter().flatten().min()
    }
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

words!(Role { Member = "member", Administrator = "administrator", Owner = "owner" });

impl Role {
    /// Whether this role runs meetings.
    pub const fn is_host(self) -> bool {
        matches!(self, Self::Administrator | Self::Owner)
    }
}
