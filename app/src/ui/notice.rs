//! Something said next to the thing it is about.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How much it matters. The icon says the same as the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// Good to know.
    Plain,
    /// It went wrong.
    Bad,
}

/// A line in a tinted box, announced politely.
#[component]
pub fn Notice(
    /// How much it matters.
    tone: Tone,
    /// What is said.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Good => ("notice notice--green", IconName::Check),
        Tone::Plain => ("notice", IconName::Info),
        Tone::Bad => ("notice notice--live", IconName::Warning),
    };
    view! {
        <div class=class role="status">
            <Icon name=icon />
            <p>{text}</p>
        </div>
    }
}
