//! The island itself: what fills the page, by where the visitor is.

use super::{
    MeetingSetup, prejoin,
    state::{Meeting as State, Phase},
};
#[cfg(feature = "hydrate")]
use super::{call, ended, session};
use crate::meeting::lean::{part, text};
use leptos::prelude::*;

/// What fills the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Prejoin,
    Call,
    Ended,
}

/// The element that the island stands in; its `data-setup` holds a [`MeetingSetup`] as JSON.
pub const ELEMENT: &str = "meeting";

/// The island as the server sends it: the prejoin to look at and to type into, and what the browser needs to bring it to life
/// (`src/start.rs`).
#[cfg(feature = "ssr")]
#[component]
pub fn MeetingIsland(
    /// What the server knows already.
    setup: MeetingSetup,
    /// What the operator set for calls ([`super::inside::rules`]).
    rules: String,
    /// Whether Firefox spends a connection before the one that counts (`app/js/warm.ts`).
    warm: bool,
) -> impl IntoView {
    // A struct of strings and flags always has a JSON form.
    let json = serde_json::to_string(&setup).unwrap_or_default();
    let texts = super::inside::url(setup.lang);
    view! {
        <div
            id=ELEMENT
            data-setup=json
            data-inside-script=crate::assets::url("inside.js")
            data-inside-texts=texts
            data-inside-rules=rules
            data-warm=warm.then_some("")
        >
            <Meeting setup />
        </div>
    }
}

/// The meeting at a room's link.
#[component]
pub fn Meeting(
    /// What the server knows already.
    setup: MeetingSetup,
) -> impl IntoView {
    let meeting = State::new(setup);
    let phase = meeting.phase;
    // Losing the connection changes the phase, not the screen: nothing that stands may be drawn anew.
    let screen = Memo::new(move |_| match phase.get() {
        Phase::Prejoin | Phase::Connecting | Phase::Waiting => Screen::Prejoin,
        Phase::Call | Phase::Reconnecting => Screen::Call,
        Phase::Ended(_) => Screen::Ended,
    });
    #[cfg(feature = "hydrate")]
    session::begin(meeting);
    view! {
        <div class="meeting" data-state=text(move || phase.with(Phase::name))>
            {part(move || draw(meeting, screen.get()))}
            <p class="sr" role="status">
                {meeting.spoken}
            </p>
        </div>
    }
}

fn draw(meeting: State, screen: Screen) -> AnyView {
    match screen {
        Screen::Prejoin => prejoin::Prejoin(prejoin::PrejoinProps { meeting }).into_any(),
        #[cfg(feature = "hydrate")]
        Screen::Call => call::Call(call::CallProps { meeting }).into_any(),
        #[cfg(feature = "hydrate")]
        Screen::Ended => ended::Ended(ended::EndedProps { meeting }).into_any(),
        // A page begins with the prejoin; the server never sees more.
        #[cfg(not(feature = "hydrate"))]
        Screen::Call | Screen::Ended => ().into_any(),
    }
}
