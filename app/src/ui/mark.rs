//! The mark: two half-discs, face to face.

use leptos::prelude::*;

/// The mark, as large as its surroundings make it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path class="mark__a" d="M3 5a11 11 0 0 1 0 22z"></path>
            <path class="mark__b" d="M29 5a11 11 0 0 0 0 22z"></path>
        </svg>
    }
}
