//! The way back up.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// A link to the page above.
#[component]
pub fn Crumb(
    /// Its path.
    to: &'static str,
    /// Its title.
    title: &'static str,
) -> impl IntoView {
    view! {
        <a class="crumb" href=to>
            <Icon name=IconName::Chevron />
            {title}
        </a>
    }
}
