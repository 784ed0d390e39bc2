//! A menu that opens without script.

use leptos::prelude::*;

/// `details` and `summary`, dressed as a menu. Menus of one `group` close each other.
#[component]
pub fn Menu(
    /// The class of the summary: how its closed state looks.
    class: &'static str,
    /// What is always visible.
    #[prop(into)]
    summary: ViewFn,
    /// At most one menu of a group is open.
    #[prop(default = "menu")]
    group: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="menu" name=group>
            <summary class=class>{summary.run()}</summary>
            <div class="menu__list">{children()}</div>
        </details>
    }
}
