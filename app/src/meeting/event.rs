//! What `app/js/call.ts` tells.

use super::{
    people::Person,
    state::{Devices, Message, Rights},
};
use serde::Deserialize;

/// One event of the call.
#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// Somebody came or changed.
    Person {
        /// As they are now.
        person: Person,
    },
    /// Somebody left.
    Gone {
        /// Who.
        identity: String,
    },
    /// After a first or renewed connection.
    Everybody {
        /// All who are here.
        people: Vec<Person>,
    },
    /// What we may send changed.
    Rights {
        /// As they are now.
        rights: Rights,
    },
    /// Devices came, went or were switched.
    Devices {
        /// As they are now.
        devices: Devices,
    },
    /// A device could not be used.
    Refused {
        /// `mic`, `camera` or `share`.
        kind: String,
        /// A word of `app/js/trouble.ts`.
        trouble: String,
    },
    /// A chat message.
    Chat {
        /// What was written.
        message: Message,
    },
    /// Whether the browser keeps us silent.
    Sound {
        /// It does.
        blocked: bool,
    },
    /// LiveKit tries to come back by itself.
    Reconnecting,
    /// It did.
    Reconnected,
    /// The connection is over.
    Lost {
        /// LiveKit's `DisconnectReason`.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_script() {
        let lost: Event = serde_json::from_str(r#"{"event":"lost","reason":"SERVER_SHUTDOWN"}"#).expect("parses");
        assert!(matches!(lost, Event::Lost { reason } if reason == "SERVER_SHUTDOWN"));
        let person: Event =
            serde_json::from_str(r#"{"event":"person","person":{"identity":"a","own":false,"joined":1.5e12}}"#)
                .expect("parses");
        assert!(matches!(person, Event::Person { person } if person.identity == "a"));
        assert!(matches!(serde_json::from_str(r#"{"event":"reconnecting"}"#), Ok(Event::Reconnecting)));
    }
}
