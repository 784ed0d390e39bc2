//! Initials on the participant's colour.

use crate::meeting::lean::{derived, text};
use crate::meeting::{people::Person, text};
use leptos::prelude::*;

/// In place of a picture.
#[component]
pub fn Face(person: RwSignal<Person>) -> impl IntoView {
    let initials = derived(move || person.with(|p| text::initials(&p.name)));
    view! {
        <span class="avatar" aria-hidden="true" style=("--person", text(move || color(person)))>
            {initials}
        </span>
    }
}

/// The value of `--person`; empty leaves the sheet's own.
pub fn color(person: RwSignal<Person>) -> String {
    person.with(|p| p.color.clone())
}
