//! A button that copies a longer text.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// The behaviour is that of a link's; without script the button is not there, and the text beside it can be selected.
#[component]
pub fn CopyText(
    /// What is copied.
    text: String,
    /// What the button says.
    label: &'static str,
    /// What it says afterwards.
    done: &'static str,
) -> impl IntoView {
    view! {
        <copy-link data-url=text data-done=done>
            <button class="button copy-text" type="button">
                <span class="copy__idle">
                    <Icon name=IconName::Copy />
                    {label}
                </span>
                <span class="copy__done">
                    <Icon name=IconName::Check />
                    {done}
                </span>
            </button>
            <span class="sr" role="status"></span>
        </copy-link>
    }
}
