//! What a message is.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Longest text, in characters: what clients let people write.
pub const LONGEST_TEXT: usize = 2000;
/// Longest id of a message, in bytes. Clients use UUIDs.
pub const LONGEST_ID: usize = 64;

/// A message of the call that is on.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Message {
    /// Where.
    pub room_id: Uuid,
    /// The sender on LiveKit.
    pub identity: String,
    /// The id that the sender's client gave it; unique together with the sender.
    pub message_id: String,
    /// What the sender was called then.
    pub name: String,
    /// What was written.
    pub text: String,
    /// Id of the message that it answers.
    pub reply_to: Option<String>,
    /// When we heard of it.
    pub sent_at: DateTime<Utc>,
}
