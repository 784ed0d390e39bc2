//! What of a room's settings was changed, as a line of the log keeps it: a list of words.

use super::Action;
use crate::{
    rooms::model::{AccessLevel, Room},
    users::defaults::words,
};

/// One thing about a room that was changed, and to what where one word says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its name.
    Name,
    /// Everybody with the link comes in.
    Public,
    /// Everybody who is signed in comes in.
    Trusted,
    /// Those with a role come in.
    Restricted,
    /// What people may do.
    Rights,
    /// How many may be in its call.
    Most,
    /// As many as come may be in its call.
    NoMost,
    /// Everybody waits for a host.
    HostsOn,
    /// Nobody waits for a host any more.
    HostsOff,
    /// Accounts alone.
    VerifiedOn,
    /// Everybody, again.
    VerifiedOff,
    /// Everybody writes.
    ChatOn,
    /// Hosts alone write.
    ChatOff,
    /// Messages are kept for those who come later.
    HistoryOn,
    /// They are not.
    HistoryOff,
    /// It is kept who was here.
    AttendanceOn,
    /// It is not.
    AttendanceOff,
    /// A former link was given up.
    Link,
}

words!(Part {
    Name = "name",
    Public = "public",
    Trusted = "trusted",
    Restricted = "restricted",
    Rights = "rights",
    Most = "most",
    NoMost = "no_most",
    HostsOn = "hosts_on",
    HostsOff = "hosts_off",
    VerifiedOn = "verified_on",
    VerifiedOff = "verified_off",
    ChatOn = "chat_on",
    ChatOff = "chat_off",
    HistoryOn = "history_on",
    HistoryOff = "history_off",
    AttendanceOn = "attendance_on",
    AttendanceOff = "attendance_off",
    Link = "link"
});

impl Part {
    /// What differs between a room and what becomes of it.
    pub fn between(before: &Room, after: &Room) -> Vec<Self> {
        let level = match after.access_level {
            AccessLevel::Public => Self::Public,
            AccessLevel::Trusted => Self::Trusted,
            AccessLevel::Restricted => Self::Restricted,
        };
        let most = if after.max_participants.is_some() { Self::Most } else { Self::NoMost };
        let switch = |before: bool, after: bool, on, off| (before != after, if after { on } else { off });
        [
            (before.name != after.name, Self::Name),
            (before.access_level != after.access_level, level),
            (before.configuration != after.configuration, Self::Rights),
            (before.max_participants != after.max_participants, most),
            switch(before.hosts_required, after.hosts_required, Self::HostsOn, Self::HostsOff),
            switch(before.verified_only, after.verified_only, Self::VerifiedOn, Self::VerifiedOff),
            switch(before.chat, after.chat, Self::ChatOn, Self::ChatOff),
            switch(before.chat_history, after.chat_history, Self::HistoryOn, Self::HistoryOff),
            switch(before.attendance, after.attendance, Self::AttendanceOn, Self::AttendanceOff),
        ]
        .into_iter()
        .filter_map(|(differs, part)| differs.then_some(part))
        .collect()
    }

    /// The detail of a line.
    pub fn list(parts: &[Self]) -> String {
        parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(",")
    }

    /// What a line tells of. Words of another version are left out.
    pub fn read(action: Action, detail: &str) -> Vec<Self> {
        if action != Action::Settings {
            return Vec::new();
        }
        detail.split(',').filter_map(|word| word.parse().ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written_and_unknown_words_are_left_out() {
        let parts = [Part::Name, Part::Restricted, Part::VerifiedOff];
        assert_eq!(Part::read(Action::Settings, &Part::list(&parts)), parts);
        assert_eq!(Part::read(Action::Settings, "hologram,link,"), [Part::Link]);
        assert_eq!(Part::read(Action::Rights, "name"), []);
    }
}
