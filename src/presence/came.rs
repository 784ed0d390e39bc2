//! Somebody is in a call whose coming no webhook told of: what features do about it. Each does its own in a job of its own.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use super::listeners::{enqueue, on};

/// Who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// The room.
    pub room: Uuid,
    /// Who they are on LiveKit.
    pub identity: String,
}
