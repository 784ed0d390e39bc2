//! The way back up.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// A link to the page above.
#[component]
pub fn Crumb(
    /// Its path.
    #[prop(into)]
    to: String,
    /// Its title.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    view! {
        <a class="crumb" href=to>
            <Icon name=IconName::Chevron />
            <span class="clip">{title}</span>
        </a>
    }
}
