//! Asking to come in, connecting, and doing both again when the connection is lost.

use super::{call_script, end, events, look_again};
use crate::{
    error::UiError,
    interop::page,
    meeting::{
        backoff,
        server::enter,
        state::{End, Meeting, Phase},
    },
};
use leptos::{prelude::*, task::spawn_local};
use visavis::{lobby::types::Answer, rooms::types::EntryRequest};

/// The button was pressed.
pub fn join(meeting: Meeting) {
    if meeting.phase.get_untracked() != Phase::Prejoin {
        return;
    }
    let name = meeting.name.with_untracked(|name| name.trim().to_owned());
    if name.is_empty() && meeting.given(|given| given.name_editable) {
        let mut missing = UiError::new("invalid");
        missing.fields.push(("name".to_owned(), "name_required".to_owned()));
        meeting.refusal.set(Some(missing));
        page::focus("name");
        return;
    }
    if meeting.given(|given| given.name_editable) {
        meeting.live.with_value(|live| live.script.as_ref().inspect(|script| script.remember_name(&name)).is_some());
    }
    meeting.refusal.set(None);
    meeting.phase.set(Phase::Connecting);
    connect(meeting, true);
}

/// A host let us in, or we ask again.
pub fn knock(meeting: Meeting) {
    meeting.phase.set(Phase::Connecting);
    connect(meeting, true);
}

/// The connection is gone, and nobody wanted that.
pub fn come_back(meeting: Meeting) {
    meeting.phase.set(Phase::Reconnecting);
    connect(meeting, false);
}

/// How one attempt went.
enum Outcome {
    In,
    AtTheDoor,
    Refused(UiError),
    Later { at_least: f64, admitted: bool },
}

fn connect(meeting: Meeting, first: bool) {
    if meeting.live.try_update_value(|live| std::mem::replace(&mut live.connecting, true)) != Some(false) {
        return;
    }
    spawn_local(async move {
        attempts(meeting, first).await;
        meeting.live.update_value(|live| live.connecting = false);
    });
}

async fn attempts(meeting: Meeting, first: bool) {
    let mut began = page::now();
    let limit = if first { backoff::GIVE_UP_JOINING } else { backoff::GIVE_UP };
    for number in 0.. {
        let begun = page::now();
        let outcome = attempt(meeting, !first || number > 0).await;
        if matches!(meeting.phase.get_untracked(), Phase::Ended(_)) {
            return;
        }
        match outcome {
            Outcome::In => return events::came_in(meeting, first && !meeting.has_been_in()),
            Outcome::AtTheDoor => {
                look_again(meeting);
                return meeting.phase.set(Phase::Waiting);
            }
            Outcome::Refused(error) if first => return explain(meeting, error),
            Outcome::Refused(error) if error.code == "account_required" => return end(meeting, End::SignedOut),
            Outcome::Refused(_) => return end(meeting, End::Refused),
            Outcome::Later { admitted, .. } if page::now() - began > limit => {
                return match (first, admitted) {
                    (true, false) => explain(meeting, UiError::new(UiError::UNREACHABLE)),
                    (true, true) => end(meeting, End::Failed),
                    (false, _) => end(meeting, End::Network),
                };
            }
            Outcome::Later { at_least, .. } => {
                let pause = backoff::pause(number + 1, page::chance()).max(at_least);
                page::pause(pause).await;
                // The machine slept: that was no time in which we tried, and its network may need a moment.
                if page::now() - begun > pause + backoff::LONGEST_ATTEMPT {
                    began = page::now();
                }
            }
        }
        if matches!(meeting.phase.get_untracked(), Phase::Ended(_)) {
            return;
        }
    }
}

/// Back to the prejoin, with the reason beside the field or the button.
fn explain(meeting: Meeting, error: UiError) {
    let field = error.fields.iter().any(|(field, _)| field == "name");
    meeting.refusal.set(Some(error));
    look_again(meeting);
    meeting.phase.set(Phase::Prejoin);
    page::focus(if field { "name" } else { "refusal" });
}

async fn attempt(meeting: Meeting, again: bool) -> Outcome {
    let later = |admitted| Outcome::Later { at_least: 0.0, admitted };
    let (slug, name) = (meeting.given(|given| given.slug.clone()), meeting.name.get_untracked().trim().to_owned());
    let entry = match enter(EntryRequest { slug, name, again }).await {
        Ok(Answer::Entered(entry)) => entry,
        // The page of who waits says the rest, also of a refusal that is too fresh to ask again.
        Ok(Answer::Waiting | Answer::Refused) => return Outcome::AtTheDoor,
        Err(error) if error.may_pass() => {
            return Outcome::Later { at_least: error.retry_after.unwrap_or(0) as f64 * 1000.0, admitted: false };
        }
        Err(error) => return Outcome::Refused(error),
    };
    let Some(script) = call_script(meeting).await else { return later(false) };
    let call = meeting.call().unwrap_or_else(|| {
        let call = script.begin(move |json| {
            if let Ok(event) = serde_json::from_str(&json) {
                events::happened(meeting, event);
            }
        });
        if let Some(devices) = meeting.opened() {
            devices.hand_over(&call);
        }
        meeting.live.update_value(|live| live.call = Some(call.clone()));
        call
    });
    if call.connect(&entry.url, &entry.token).await { Outcome::In } else { later(true) }
}
