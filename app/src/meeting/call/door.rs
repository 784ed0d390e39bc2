//! Who waits at the door, for hosts. An element of its own (`app/js/lobby.ts`), loaded when there is a host to see it.

use crate::meeting::{
    lean::{derived, when},
    session,
    state::Meeting,
};
use leptos::prelude::*;

/// The card over the pictures, or the list in the panel.
#[component]
pub fn Door(meeting: Meeting, view: &'static str) -> impl IntoView {
    let host = derived(move || meeting.is_host());
    when(
        move || host.get(),
        move || {
            session::watch_door(meeting);
            let path = meeting.given(|given| format!("/{}/lobby", given.slug));
            view! { <door-watch data-path=path data-view=view></door-watch> }
        },
    )
}
