//! What `app/js/call.ts` tells: `{"<event>": <body>}`.

use super::{
    people::Person,
    state::{Devices, Rights},
};
use serde::Deserialize;

/// One event of the call.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// Somebody came or changed.
    Person(Person),
    /// This identity left.
    Gone(String),
    /// All who are here, after a first or renewed connection.
    Everybody(Vec<Person>),
    /// What we may send changed.
    Rights(Rights),
    /// Devices came, went or were switched.
    Devices(Devices),
    /// A device could not be used.
    Refused(Refused),
    /// Whether the browser keeps us silent.
    Muffled(bool),
    /// LiveKit tries to come back by itself.
    Reconnecting {},
    /// It did.
    Reconnected {},
    /// The connection is over, for this reason (LiveKit's `DisconnectReason`).
    Lost(String),
}

/// What could not be used, and why.
#[derive(Debug, Deserialize)]
pub struct Refused {
    /// `mic`, `camera` or `share`.
    pub kind: String,
    /// A word of `app/js/trouble.ts`.
    pub trouble: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_script() {
        let lost: Event = serde_json::from_str(r#"{"lost":"SERVER_SHUTDOWN"}"#).expect("parses");
        assert!(matches!(lost, Event::Lost(reason) if reason == "SERVER_SHUTDOWN"));
        let person: Event =
            serde_json::from_str(r#"{"person":{"identity":"a","own":false,"joined":1.5e12}}"#).expect("parses");
        assert!(matches!(person, Event::Person(person) if person.identity == "a"));
        assert!(matches!(serde_json::from_str(r#"{"reconnecting":{}}"#), Ok(Event::Reconnecting {})));
    }
}
