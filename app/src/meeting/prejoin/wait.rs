//! At the door. What is said there comes from the server (`pages/wait`), and changes as it happens.

use crate::meeting::state::Meeting;
use leptos::{html, prelude::*};

/// Where the form was, for as long as we wait.
#[component]
pub fn Wait(meeting: Meeting) -> impl IntoView {
    let root: NodeRef<html::Div> = NodeRef::new();
    #[cfg(feature = "hydrate")]
    {
        use crate::meeting::session;
        Effect::new(move || {
            if let Some(root) = root.get() {
                session::wait(meeting, root.into());
            }
        });
        on_cleanup(move || session::stop_waiting(meeting));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = meeting;
    view! { <div class="pre__form" id="wait" tabindex="-1" node_ref=root></div> }
}
