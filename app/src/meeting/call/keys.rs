//! Escape closes what is open; a press elsewhere closes what popped up.

use super::Desk;
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*};
use wasm_bindgen::JsCast;

/// For as long as the call is on the screen.
pub fn listen(desk: Desk) {
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() != "Escape" || event.is_composing() {
            return;
        }
        if desk.pop.get_untracked().is_some() {
            desk.close_pop();
        } else {
            desk.close_panel();
        }
    });
    let presses = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let inside = target.is_some_and(|target| target.closest(".anchor").ok().flatten().is_some());
        if !inside && desk.pop.get_untracked().is_some() {
            desk.pop.set(None);
        }
    });
    on_cleanup(move || {
        keys.remove();
        presses.remove();
    });
}
