//! Coming in, staying in, going out. Runs in the browser only.

mod coming;
mod events;

use super::{
    flaps::Flaps,
    state::{End, Kind, Meeting, Phase},
    wish::Wish,
};
use crate::{
    error::UiError,
    interop::{
        call::{self, Call, CallScript},
        devices::{self, Devices, DevicesScript},
        page, wait,
    },
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

/// Handles of the scripts.
#[derive(Default)]
pub struct Live {
    script: Option<DevicesScript>,
    devices: Option<Devices>,
    call_script: Option<CallScript>,
    call: Option<Call>,
    /// A loop is trying to connect.
    connecting: bool,
    /// When we came in.
    since: f64,
    /// Whose coming and going is no news.
    flaps: Flaps,
    /// Ends the wait.
    stop_waiting: Option<js_sys::Function>,
}

impl Meeting {
    /// The opened devices of the prejoin.
    pub fn opened(&self) -> Option<Devices> {
        self.live.with_value(|live| live.devices.clone())
    }

    /// Whether there was a call before: who comes back from the door has its time and its words still.
    pub fn has_been_in(&self) -> bool {
        self.live.with_value(|live| live.since > 0.0)
    }

    /// The call, once there is one.
    pub fn call(&self) -> Option<Call> {
        self.live.with_value(|live| live.call.clone())
    }

    /// Says a sentence to who does not see the screen. The same words once more are news, too, but a live region says only what changes:
    /// hence the moment of silence.
    pub fn say(self, sentence: String) {
        self.spoken.set(String::new());
        set_timeout(move || self.spoken.set(sentence), std::time::Duration::from_millis(50));
    }

    /// Shows a sentence for a few seconds, and says it.
    pub fn tell(self, sentence: String) {
        self.say(sentence.clone());
        self.toast.set(sentence.clone());
        set_timeout(
            move || {
                if self.toast.with_untracked(|now| *now == sentence) {
                    self.toast.set(String::new());
                }
            },
            std::time::Duration::from_secs(6),
        );
    }
}

/// Once the page stands: brings it to life.
pub fn begin(meeting: Meeting) {
    Effect::new(move || start(meeting));
}

/// Brings the page to life: devices first, then, while the visitor looks at the preview, the call's script.
fn start(meeting: Meeting) {
    spawn_local(async move {
        let Some(script) = devices::load(&meeting.given(|given| given.devices_script.clone())).await else {
            // Without it one can still come in, and switch things on there.
            meeting.alive.set(true);
            return;
        };
        prefill(meeting, &script);
        let devices = open(meeting, &script);
        meeting.live.update_value(|live| live.script = Some(script));
        meeting.alive.set(true);
        if meeting.given(|given| given.waiting) {
            coming::join(meeting);
        }
        let _ = wasm_bindgen_futures::JsFuture::from(devices.start()).await;
        if let (Some(script), Some(url)) =
            (call_script(meeting).await, meeting.given(|given| given.livekit_url.clone()))
        {
            let _ = script.prepare(&url);
        }
    });
}

/// The devices of a preview, which tells their state from now on.
fn open(meeting: Meeting, script: &DevicesScript) -> Devices {
    let devices = script.watch(move |json| {
        if let Ok(state) = serde_json::from_str(&json) {
            meeting.devices.set(state);
        }
    });
    meeting.live.update_value(|live| live.devices = Some(devices.clone()));
    devices
}

/// Out of a call, and before it again: the preview opens anew what was on, and what it shows and switches is what comes in. A shared
/// screen does not.
fn look_again(meeting: Meeting) {
    let Some(call) = meeting.live.try_update_value(|live| live.call.take()).flatten() else { return };
    drop(call.leave());
    meeting.devices.set(Default::default());
    let Some(script) = meeting.live.with_value(|live| live.script.clone()) else { return };
    let devices = open(meeting, &script);
    // What is drawn already looks at these.
    meeting.alive.set(true);
    drop(devices.start());
}

/// What was typed before the page came to life counts most, then what the server knows, then what this browser remembers.
fn prefill(meeting: Meeting, script: &DevicesScript) {
    let field = page::element("name").and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(field) = field.filter(|_| meeting.given(|given| given.name_editable)) else { return };
    script.prefill(&field);
    meeting.name.set(field.value());
}

/// Loads what shows hosts who waits.
pub fn watch_door(meeting: Meeting) {
    let script = meeting.given(|given| given.lobby_script.clone());
    spawn_local(async move { page::run(&script).await });
}

/// Waits at the door, in this element.
pub fn wait(meeting: Meeting, root: web_sys::HtmlElement) {
    spawn_local(async move {
        let (script, path) = meeting.given(|given| (given.wait_script.clone(), format!("/{}/wait", given.slug)));
        let Some(script) = wait::load(&script).await else {
            meeting.refusal.set(Some(UiError::new(UiError::UNREACHABLE)));
            return meeting.phase.set(Phase::Prejoin);
        };
        // Where the form was, which had the focus.
        let _ = root.focus();
        let stop = script.begin(&root, &path, move |word| {
            if matches!(word.as_str(), "admitted" | "ask") {
                coming::knock(meeting);
            }
        });
        meeting.live.update_value(|live| live.stop_waiting = Some(stop));
    });
}

/// Waits no longer.
pub fn stop_waiting(meeting: Meeting) {
    if let Some(stop) = meeting.live.try_update_value(|live| live.stop_waiting.take()).flatten() {
        let _ = stop.call0(&wasm_bindgen::JsValue::NULL);
    }
}

/// Does what the prejoin asks for.
pub fn grant(meeting: Meeting, wish: Wish) {
    if wish == Wish::Join {
        return coming::join(meeting);
    }
    let Some(devices) = meeting.opened() else { return };
    match wish {
        Wish::Turn(kind, on) => drop(devices.turn(kind.name(), on)),
        Wish::Pick(kind, id) => drop(devices.pick(kind.name(), &id)),
        Wish::TestSpeaker => spawn_local(async move {
            meeting.testing.set(true);
            let _ = wasm_bindgen_futures::JsFuture::from(devices.test_speaker()).await;
            meeting.testing.set(false);
        }),
        Wish::Join => {}
    }
}

/// Switches a device during the call.
pub fn turn(meeting: Meeting, kind: Kind, on: bool) {
    if let Some(call) = meeting.call() {
        drop(call.turn(kind.name(), on));
    }
}

/// Chooses a device during the call.
pub fn pick(meeting: Meeting, kind: Kind, id: &str) {
    if let Some(call) = meeting.call() {
        drop(call.pick(kind.name(), id));
    }
}

/// Out, for this reason.
pub fn end(meeting: Meeting, end: End) {
    if let Some(call) = meeting.call() {
        drop(call.leave());
    }
    if let Some(devices) = meeting.opened() {
        devices.close();
    }
    meeting.panel.set(None);
    meeting.phase.set(Phase::Ended(end));
    page::focus("ended");
}

async fn call_script(meeting: Meeting) -> Option<CallScript> {
    if let Some(script) = meeting.live.with_value(|live| live.call_script.clone()) {
        return Some(script);
    }
    let (shims, script) = meeting.given(|given| (given.shims_script.clone(), given.call_script.clone()));
    let script = call::load(&script, &shims).await?;
    meeting.live.update_value(|live| live.call_script = Some(script.clone()));
    Some(script)
}
