//! A person's initials on their colour.

use leptos::prelude::*;

/// A face without a picture. It is drawn as SVG because a strict content policy forbids `style` in the HTML, while `fill` is
/// an attribute. Only the hue of the colour is used, so that white initials keep 4.5:1 on every colour.
#[component]
pub fn Avatar(
    /// One or two letters.
    #[prop(into)]
    initials: String,
    /// Any CSS colour.
    #[prop(into)]
    color: String,
) -> impl IntoView {
    view! {
        <svg class="face" viewBox="0 0 36 36" aria-hidden="true">
            <circle cx="18" cy="18" r="18" fill=format!("oklch(from {color} 0.50 0.09 h)")></circle>
            <text x="18" y="18">
                {initials}
            </text>
        </svg>
    }
}
