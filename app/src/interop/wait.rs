//! `app/js/wait.ts`: waiting at the door.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The loaded script.
    pub type WaitScript;
    #[wasm_bindgen(method)]
    fn wait(
        this: &WaitScript,
        root: &web_sys::HtmlElement,
        path: &str,
        tell: &Closure<dyn FnMut(String)>,
    ) -> js_sys::Function;
}

/// Loads the script.
pub async fn load(url: &str) -> Option<WaitScript> {
    super::load(url).await
}

impl WaitScript {
    /// Shows in `root` what becomes of waiting; `path` is where the server tells it. The closure lives as long as the page. What
    /// is returned ends it.
    pub fn begin(
        &self,
        root: &web_sys::HtmlElement,
        path: &str,
        tell: impl FnMut(String) + 'static,
    ) -> js_sys::Function {
        let tell = Closure::new(tell);
        let stop = self.wait(root, path, &tell);
        tell.forget();
        stop
    }
}
