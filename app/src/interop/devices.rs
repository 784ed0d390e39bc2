//! `app/js/devices.ts`: camera, microphone and speaker before the call.

use super::call::Call;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The loaded script.
    #[derive(Clone)]
    pub type DevicesScript;
    #[wasm_bindgen(method)]
    fn open(this: &DevicesScript, emit: &Closure<dyn FnMut(String)>) -> Devices;
    /// Fills in the name that this browser remembers, where there is none or a later one.
    #[wasm_bindgen(method)]
    pub fn prefill(this: &DevicesScript, field: &web_sys::HtmlInputElement);
    #[wasm_bindgen(method)]
    fn remember(this: &DevicesScript, changes: &JsValue);

    /// The opened devices.
    #[derive(Clone)]
    pub type Devices;
    /// Opens what was on last time, with one question.
    #[wasm_bindgen(method)]
    pub fn start(this: &Devices) -> js_sys::Promise;
    /// Switches `mic` or `camera`.
    #[wasm_bindgen(method)]
    pub fn turn(this: &Devices, kind: &str, on: bool) -> js_sys::Promise;
    /// Uses another device.
    #[wasm_bindgen(method)]
    pub fn pick(this: &Devices, kind: &str, id: &str) -> js_sys::Promise;
    /// Where the own picture is to be seen.
    #[wasm_bindgen(method)]
    pub fn preview(this: &Devices, view: &web_sys::HtmlVideoElement);
    /// The element whose children are the bars of the level.
    #[wasm_bindgen(method, js_name = paintLevel)]
    pub fn paint_level(this: &Devices, bars: &web_sys::HtmlElement);
    /// Plays a tone; done when it is over.
    #[wasm_bindgen(method, js_name = testSpeaker)]
    pub fn test_speaker(this: &Devices) -> js_sys::Promise;
    /// Hands the tracks over, and those that are still being opened as soon as they are.
    #[wasm_bindgen(method, js_name = handOver)]
    pub fn hand_over(this: &Devices, call: &Call);
    /// Switches everything off.
    #[wasm_bindgen(method)]
    pub fn close(this: &Devices);
}

/// Loads the script.
pub async fn load(url: &str) -> Option<DevicesScript> {
    super::load(url).await
}

impl DevicesScript {
    /// Starts telling the state of the devices (JSON). The page needs it for as long as it lives.
    pub fn watch(&self, emit: impl FnMut(String) + 'static) -> Devices {
        let emit = Closure::new(emit);
        let devices = self.open(&emit);
        emit.forget();
        devices
    }

    /// Keeps the name for next time.
    pub fn remember_name(&self, name: &str) {
        let changes = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&changes, &"name".into(), &name.into());
        self.remember(&changes);
    }
}
