//! The scripts of `app/js`, as Rust sees them. The only place that knows JavaScript.

pub mod call;
pub mod devices;
pub mod page;
pub mod wait;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

// A module of its own name, not eval: the content policy allows it.
#[wasm_bindgen(inline_js = "export function load(url) { return import(url) }")]
extern "C" {
    #[wasm_bindgen(js_name = load)]
    fn import(url: &str) -> js_sys::Promise;
}

/// Loads a script by its hashed URL; a second time costs nothing.
async fn load<T: JsCast>(url: &str) -> Option<T> {
    JsFuture::from(import(url)).await.ok().map(JsCast::unchecked_into)
}
