//! What the browser and the server both know of coming in.

use serde::{Deserialize, Serialize};

use crate::rooms::types::Entry;

/// What becomes of asking to come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// In: everything it takes to connect.
    Entered(Entry),
    /// At the door, until a host decides.
    Waiting,
    /// Refused a moment ago: too early to ask again.
    Refused,
}
