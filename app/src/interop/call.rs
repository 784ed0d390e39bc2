//! `app/js/call.ts`: the call itself, a thin layer over livekit-client.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The loaded script.
    #[derive(Clone)]
    pub type CallScript;
    #[wasm_bindgen(method)]
    fn create(this: &CallScript, emit: &Closure<dyn FnMut(String)>) -> Call;
    /// Warms the connection to LiveKit.
    #[wasm_bindgen(method)]
    pub fn prepare(this: &CallScript, url: &str) -> js_sys::Promise;

    /// One stay in a room, over any number of connections.
    #[derive(Clone)]
    pub type Call;
    #[wasm_bindgen(method, js_name = connect)]
    fn connect_(this: &Call, url: &str, token: &str) -> js_sys::Promise;
    /// Switches `mic` or `camera`.
    #[wasm_bindgen(method)]
    pub fn turn(this: &Call, kind: &str, on: bool) -> js_sys::Promise;
    /// Uses another device.
    #[wasm_bindgen(method)]
    pub fn pick(this: &Call, kind: &str, id: &str) -> js_sys::Promise;
    /// Shows the screen, or stops.
    #[wasm_bindgen(method)]
    pub fn share(this: &Call, on: bool) -> js_sys::Promise;
    /// Shows a participant's `camera` or `screen_share` in an element, now or as soon as it comes.
    #[wasm_bindgen(method)]
    pub fn show(this: &Call, view: &web_sys::HtmlVideoElement, identity: &str, source: &str);
    /// The element shows nothing any more.
    #[wasm_bindgen(method)]
    pub fn hide(this: &Call, view: &web_sys::HtmlVideoElement);
    /// Lets sound play; only after a gesture.
    #[wasm_bindgen(method, js_name = startAudio)]
    pub fn start_audio(this: &Call) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = watch)]
    fn watch_(this: &Call, element: &web_sys::HtmlElement, sized: &Closure<dyn FnMut(f64, f64, f64)>);
    /// Ends it and switches everything off.
    #[wasm_bindgen(method)]
    pub fn leave(this: &Call) -> js_sys::Promise;
}

/// Loads the script, after its shims where this browser needs them.
pub async fn load(url: &str, shims: &str) -> Option<CallScript> {
    if !super::page::is_chromium() {
        super::load::<JsValue>(shims).await?;
    }
    super::load(url).await
}

impl CallScript {
    /// A call whose events (JSON) go to `emit` for as long as the page lives.
    pub fn begin(&self, emit: impl FnMut(String) + 'static) -> Call {
        let emit = Closure::new(emit);
        let call = self.create(&emit);
        emit.forget();
        call
    }
}

impl Call {
    /// Whether it is connected now.
    pub async fn connect(&self, url: &str, token: &str) -> bool {
        let answer = JsFuture::from(self.connect_(url, token)).await;
        answer.ok().and_then(|word| word.as_string()).is_some_and(|word| word.is_empty())
    }

    /// Tells the size of an element and of the window whenever it changes.
    pub fn watch(&self, element: &web_sys::HtmlElement, sized: impl FnMut(f64, f64, f64) + 'static) {
        let sized = Closure::new(sized);
        self.watch_(element, &sized);
        sized.forget();
    }
}
