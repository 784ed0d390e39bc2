//! How long who asks to come in is waited for, and what was decided holds.

use std::num::NonZeroU32;

use chrono::TimeDelta;

use super::{Source, setting::settings};

const SECONDS: &str = "a number of seconds";

settings! {
    /// How long somebody counts as waiting after asking, for clients that ask again and again.
    WAITING: "lobby_waiting_timeout", SECONDS, default "3";
    /// How long a refusal lasts before one may ask again; repeated refusals last longer.
    DENIED: "lobby_denied_timeout", SECONDS, default "5";
    /// How long an admission lasts, unless the meeting ends before.
    ACCEPTED: "lobby_accepted_timeout", SECONDS, default "21600";
    /// How long somebody waits without an answer before being told that there is none.
    PATIENCE: "lobby_patience", SECONDS, default "3600";
}

/// Lifetimes of what is asked and decided at the door.
#[derive(Clone, Copy, Debug)]
pub struct Lobby {
    /// How long somebody counts as waiting after asking.
    pub waiting: TimeDelta,
    /// How long a first refusal lasts.
    pub denied: TimeDelta,
    /// How long an admission lasts.
    pub accepted: TimeDelta,
    /// How long one waits without an answer.
    pub patience: TimeDelta,
}

impl Lobby {
    pub(super) fn read(source: &mut Source) -> Self {
        let mut seconds = |setting| {
            let seconds: NonZeroU32 = source.value(setting);
            TimeDelta::seconds(seconds.get().into())
        };
        Self {
            waiting: seconds(&WAITING),
            denied: seconds(&DENIED),
            accepted: seconds(&ACCEPTED),
            patience: seconds(&PATIENCE),
        }
    }
}
