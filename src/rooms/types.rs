//! What the browser and the server both know of a room.

use serde::{Deserialize, Serialize};

/// What the meeting island asks for when somebody presses the button, and again after each lost connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRequest {
    /// The last part of the room's link.
    pub slug: String,
    /// The name others will see. The server trims, checks and may replace it.
    pub name: String,
    /// The call was lost, or LiveKit said that the room does not exist: whatever was remembered of the room must be checked again.
    pub again: bool,
}

/// Everything a browser needs to be in the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// LiveKit's URL as the browser reaches it, `ws(s)://…`; a path prefix is kept.
    pub url: String,
    /// The participant token (JWT). Lives for minutes; LiveKit renews it during the call.
    pub token: String,
    /// LiveKit identity of this participant.
    pub identity: String,
    /// The name that was granted.
    pub name: String,
}
