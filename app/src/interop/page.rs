//! The few things of the page itself that the meeting touches.

use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;

// Waits, but no longer than until the network is back.
#[wasm_bindgen(inline_js = "export function pause(ms) {
    return new Promise((done) => {
        const ready = () => { clearTimeout(timer); removeEventListener('online', ready); done() };
        const timer = setTimeout(ready, ms);
        addEventListener('online', ready);
    })
}
export async function post(path, body) {
    const answer = await fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json', accept: 'application/json' } })
    return [answer.ok, await answer.text()]
}
export function chromium() {
    return /Chrom(e|ium)\\//.test(navigator.userAgent)
}
export function time(at) {
    return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}")]
extern "C" {
    fn time(at: f64) -> String;
    fn chromium() -> bool;
    #[wasm_bindgen(js_name = post)]
    fn send(path: &str, body: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = pause)]
    fn wait(milliseconds: f64) -> js_sys::Promise;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<js_sys::Promise, JsValue>;
}

/// Milliseconds since 1970, of this machine.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Waits, but no longer than until the network is back.
pub async fn pause(milliseconds: f64) {
    let _ = JsFuture::from(wait(milliseconds)).await;
}

/// Posts JSON; whether the answer was a success, and its text. `None` when there was none.
pub async fn post(path: &str, body: &str) -> Option<(bool, String)> {
    let answer: js_sys::Array = JsFuture::from(send(path, body)).await.ok()?.unchecked_into();
    Some((answer.get(0).is_truthy(), answer.get(1).as_string()?))
}

/// Runs a script that works by itself; a second time does nothing.
pub async fn run(url: &str) {
    let _: Option<JsValue> = super::load(url).await;
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What this browser remembers under a name; empty for nothing, also where it may not remember.
pub fn remembered(name: &str) -> String {
    storage().and_then(|storage| storage.get_item(name).ok()?).unwrap_or_default()
}

/// Between 0 and 1.
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// Copies to the clipboard; whether that worked.
pub async fn copy(text: &str) -> bool {
    match write_text(text) {
        Ok(done) => JsFuture::from(done).await.is_ok(),
        Err(_) => false,
    }
}

/// Whether this browser is built on Chromium.
pub fn is_chromium() -> bool {
    chromium()
}

/// Sets the title of the tab.
pub fn title(text: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(text);
    }
}

/// The element of this id.
pub fn element(id: &str) -> Option<web_sys::HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus there, once what is being drawn stands.
pub fn focus(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = element(id) {
            let _ = element.focus();
        }
    });
}

/// Moves the focus to the first of these that can be seen.
pub fn focus_visible(ids: &'static [&'static str]) {
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = ids.iter().filter_map(|id| element(id)).find(|element| element.offset_parent().is_some())
        {
            let _ = element.focus();
        }
    });
}

/// Whether this browser can share a screen (phones cannot).
pub fn can_share() -> bool {
    let devices = web_sys::window()
        .map(|window| window.navigator())
        .and_then(|navigator| js_sys::Reflect::get(&navigator, &"mediaDevices".into()).ok());
    devices.is_some_and(|devices| js_sys::Reflect::has(&devices, &"getDisplayMedia".into()).unwrap_or(false))
}

/// Where the pictures are, and over them what has to be known.
const STAGE: &str = "main";

/// Fills the screen with the stage, or goes back.
pub fn toggle_full_stage() {
    toggle_full_screen(Some(STAGE));
}

/// The stage fills the screen no longer; not while the element of this id is there.
pub fn end_full_stage(unless: Option<&'static str>) {
    leptos::prelude::request_animation_frame(move || {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let full = document.fullscreen_element().is_some_and(|full| full.id() == STAGE);
        if full && unless.is_none_or(|id| document.get_element_by_id(id).is_none()) {
            document.exit_fullscreen();
        }
    });
}

/// Fills the screen with an element (or with the whole page), or goes back.
pub fn toggle_full_screen(id: Option<&str>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
        return;
    }
    let element = match id {
        Some(id) => document.get_element_by_id(id),
        None => document.document_element(),
    };
    if let Some(element) = element {
        let _ = element.request_fullscreen();
    }
}
