//! A room's call is over: what features do about it. Each does its own in a job of its own, so that one that fails keeps no other
//! from its work.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use super::listeners::{enqueue, on};
use crate::state::AppState;

/// Channel of rooms that LiveKit no longer has.
pub const CHANNEL: &str = "livekit.ends";

/// What is over. Another session of the same room may have begun since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The room.
    pub room: Uuid,
    /// LiveKit's id of the session.
    pub room_sid: String,
    /// When it ended.
    pub at: DateTime<Utc>,
}

/// No process may believe any longer that LiveKit has this room.
pub async fn forget(state: &AppState, room: &str) {
    state.livekit.forget(room);
    state.cache.publish(CHANNEL, room).await;
}
