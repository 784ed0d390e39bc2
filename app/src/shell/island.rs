//! The few lines that bring the meeting island to life.

use leptos::prelude::*;

use crate::assets;

/// Preloads glue and wasm, starts them, and hands each `leptos-island` element to the function of its name: what Leptos's own
/// script does, without its look-up of file names at run time. Emitted only where there is an island.
#[component]
pub fn IslandScripts(
    /// Of this answer.
    nonce: String,
) -> impl IntoView {
    let (glue, wasm) = (assets::url("meeting.js"), assets::url("meeting_bg.wasm"));
    let start = format!(
        "import init,* as island from {glue:?};await init({{module_or_path:{wasm:?}}});island.hydrate();\
         for(const at of document.querySelectorAll(\"leptos-island\"))await island[at.dataset.component]?.(at);"
    );
    view! {
        <link rel="modulepreload" href=glue nonce=nonce.clone()/>
        <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce inner_html=start></script>
    }
}
