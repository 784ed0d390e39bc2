//! How the meeting comes to life in the browser.
//!
//! It is drawn anew over what the server sent, not hydrated: the code that would walk the server's markup is more than half of
//! what Leptos compiles a view to (measured: 330 kB of brotli against 218), and a page that differs by a browser extension's element
//! cannot break it. What somebody typed before we were here stays.

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::HtmlInputElement;

use crate::meeting::{ELEMENT, Meeting, MeetingProps, MeetingSetup};

/// Called by the page once the module is there.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
    let Some(element) = document().get_element_by_id(ELEMENT) else { return };
    let setup = element.get_attribute("data-setup").and_then(|json| serde_json::from_str::<MeetingSetup>(&json).ok());
    let (Some(mut setup), Ok(root)) = (setup, element.dyn_into()) else { return };
    visavis::i18n::spoken::speak(std::mem::take(&mut setup.words));
    let typed = name_field();
    let typing = typed.is_some() && document().active_element().is_some_and(|active| active.id() == "name");
    if let Some(field) = &typed
        && setup.name_editable
    {
        setup.name = field.value();
    }
    let root: leptos::web_sys::HtmlElement = root;
    root.set_text_content(None);
    mount_to(root, move || Meeting(MeetingProps { setup })).forget();
    if typing && let Some(field) = name_field() {
        // Without focus the page still works.
        let _ = field.focus();
    }
}

fn name_field() -> Option<HtmlInputElement> {
    document().get_element_by_id("name")?.dyn_into().ok()
}
