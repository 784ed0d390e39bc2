//! What happens during the call.

use super::{coming, end};
use crate::{
    interop::page,
    meeting::{
        event::Event,
        flaps::BACK,
        people::Change,
        state::{End, Kind, Meeting, Phase},
    },
};
use leptos::prelude::*;
use std::time::Duration;
use visavis::i18n::meeting as words;

/// More people than that and every arrival would be noise.
const ANNOUNCED_UP_TO: usize = 20;

/// How long others may take to come back after a loss that hit us all.
const GRACE: Duration = Duration::from_secs(10);

/// We are connected, for the first time or again.
pub fn came_in(meeting: Meeting, first: bool) {
    meeting.phase.set(Phase::Call);
    if !first {
        meeting.say(words::reconnected(meeting.lang).to_owned());
        set_timeout(move || meeting.people.forget_absent(), GRACE);
        return;
    }
    let since = page::now();
    meeting.live.update_value(|live| live.since = since);
    page::focus("room-name");
    set_interval(
        move || {
            if !matches!(meeting.phase.get_untracked(), Phase::Ended(_)) {
                meeting.seconds.set(((page::now() - since) / 1000.0) as u32);
            }
        },
        Duration::from_secs(1),
    );
}

/// Takes an event in.
pub fn happened(meeting: Meeting, event: Event) {
    if matches!(meeting.phase.get_untracked(), Phase::Ended(_)) {
        return;
    }
    match event {
        Event::Person(person) => {
            let (own, identity) = (person.own, person.identity.clone());
            if own {
                // Renamed: whoever comes back after a loss comes back so.
                meeting.name.set(person.name.clone());
            }
            let change = meeting.people.put(person);
            if let Change::Came(name) = change
                && !own
                && meeting.live.try_update_value(|live| live.flaps.came(&identity)) == Some(true)
                && meeting.people.order.with_untracked(Vec::len) <= ANNOUNCED_UP_TO
            {
                meeting.say(words::joined(meeting.lang, name));
            }
        }
        // While the connection is gone nobody knows who left; `forget_absent` looks afterwards.
        Event::Gone(_) if meeting.phase.with_untracked(|phase| *phase == Phase::Reconnecting) => {}
        Event::Gone(identity) => {
            let many = meeting.people.order.with_untracked(Vec::len) > ANNOUNCED_UP_TO;
            if let Some(name) = meeting.people.remove(&identity)
                && !many
            {
                went(meeting, identity, name);
            }
        }
        Event::Everybody(people) => meeting.people.put_all(people),
        Event::Rights(rights) => meeting.rights.set(rights),
        Event::Devices(devices) => meeting.devices.set(devices),
        Event::Refused(what) => refused(meeting, &what.kind, &what.trouble),
        Event::Muffled(blocked) => meeting.muffled.set(blocked),
        Event::Reconnecting {} => meeting.phase.set(Phase::Reconnecting),
        Event::Reconnected {} => {
            meeting.phase.set(Phase::Call);
            meeting.say(words::reconnected(meeting.lang).to_owned());
            set_timeout(move || meeting.people.forget_absent(), GRACE);
        }
        Event::Lost(reason) => match reason.as_str() {
            "PARTICIPANT_REMOVED" => end(meeting, End::Removed),
            "ROOM_DELETED" => end(meeting, End::Closed),
            "DUPLICATE_IDENTITY" => end(meeting, End::Replaced),
            _ => coming::come_back(meeting),
        },
    }
}

/// Says that somebody left, unless they are back in a moment.
fn went(meeting: Meeting, identity: String, name: String) {
    let now = page::now();
    meeting.live.update_value(|live| live.flaps.went(&identity, now));
    set_timeout(
        move || {
            // A loss of our own may begin with others going: of them neither that nor their coming back is said.
            let here = meeting.people.get(&identity).is_some();
            if here || meeting.phase.with_untracked(|phase| *phase != Phase::Call) {
                return;
            }
            let told = meeting.live.try_update_value(|live| live.flaps.stayed_away(&identity, now));
            if told == Some(true) {
                meeting.say(words::left(meeting.lang, name));
            }
        },
        BACK,
    );
}

/// A device tells the rest itself, with what helps; a screen has no place of its own.
fn refused(meeting: Meeting, kind: &str, trouble: &str) {
    match (kind, trouble) {
        ("mic", _) => meeting.refused.set(Some(Kind::Mic)),
        ("camera", _) => meeting.refused.set(Some(Kind::Camera)),
        (_, "system") => meeting.tell(words::share_system(meeting.lang).to_owned()),
        _ => meeting.tell(words::share_failed(meeting.lang).to_owned()),
    }
}
