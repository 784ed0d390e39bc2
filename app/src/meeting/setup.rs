//! What the page knows when it is rendered.

use serde::{Deserialize, Serialize};
use visavis::i18n::Lang;

/// Given by the server with the page; the island needs nothing else until somebody presses the button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingSetup {
    /// The reader's language.
    pub lang: Lang,
    /// Every text of the meeting, in that language, in the order of their keys.
    pub words: Vec<String>,
    /// The last part of the room's link.
    pub slug: String,
    /// The room's name, or its slug when it has none.
    pub room_name: String,
    /// Absolute link to hand on.
    pub room_link: String,
    /// The name to begin with; empty when nothing is known.
    pub name: String,
    /// Whether the visitor may choose another name.
    pub name_editable: bool,
    /// What the button says: what a press will do.
    pub button: String,
    /// Whether this browser waits at the door already: it goes on waiting without a press.
    pub waiting: bool,
    /// What stands below the room's name: who is in already, or what to do here.
    pub present: String,
    /// What to do when the browser refuses a device: the steps of this browser.
    pub denied_help: String,
    /// What to do when the system refuses the browser: the steps of this system.
    pub system_help: String,
    /// Hashed URL of `call.js`.
    pub call_script: String,
    /// Hashed URL of `wait.js`.
    pub wait_script: String,
    /// Hashed URL of `lobby.js`.
    pub lobby_script: String,
    /// Hashed URL of `shims.js`.
    pub shims_script: String,
    /// Hashed URL of `devices.js`.
    pub devices_script: String,
    /// LiveKit's address when it is not ours: worth connecting to beforehand. Our own is warm already.
    pub livekit_url: Option<String>,
    /// What the instance is called.
    pub product: String,
    /// Where *Home* leads.
    pub home: String,
}
