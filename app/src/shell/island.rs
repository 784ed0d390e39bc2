//! The few lines that bring the meeting island to life.

use leptos::prelude::*;

use crate::assets;

/// Preloads glue and wasm and starts them. Emitted only where there is an island.
#[component]
pub fn IslandScripts(
    /// Of this answer.
    nonce: String,
) -> impl IntoView {
    let (glue, wasm) = (assets::url("meeting.js"), assets::url("meeting_bg.wasm"));
    let start = format!("import init,{{start}} from {glue:?};await init({{module_or_path:{wasm:?}}});start();");
    view! {
        <link rel="modulepreload" href=glue nonce=nonce.clone() />
        <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=nonce inner_html=start></script>
    }
}
