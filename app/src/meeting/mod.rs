//! The meeting: prejoin, call, and what is said afterwards. One island, because the camera that is opened in the prejoin is
//! the camera of the call.
//!
//! The page around it is a header, this island and a footer; the island brings its own `main`, and hides the rest of the
//! page while the call fills the window (`style/call.css`).

pub mod backoff;
#[cfg(feature = "hydrate")]
mod call;
#[cfg(feature = "hydrate")]
mod ended;
pub mod event;
pub mod layout;
pub mod order;
pub mod people;
mod prejoin;
pub mod server;
#[cfg(feature = "hydrate")]
mod session;
mod setup;
pub mod state;
pub mod text;
pub mod wish;

pub use setup::MeetingSetup;

use leptos::prelude::*;
use state::{Meeting as State, Phase};

/// What fills the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Prejoin,
    Call,
    Ended,
}

/// The meeting at a room's link.
#[island]
pub fn Meeting(
    /// What the server knows already.
    setup: MeetingSetup,
) -> impl IntoView {
    let meeting = State::new(setup);
    let phase = meeting.phase;
    // Losing the connection changes the phase, not the screen: nothing that stands may be drawn anew.
    let screen = Memo::new(move |_| match phase.get() {
        Phase::Prejoin | Phase::Connecting => Screen::Prejoin,
        Phase::Call | Phase::Reconnecting => Screen::Call,
        Phase::Ended(_) => Screen::Ended,
    });
    #[cfg(feature = "hydrate")]
    session::begin(meeting);
    view! {
        <div class="meeting" data-state=move || phase.with(Phase::name)>
            {move || draw(meeting, screen.get())}
            <p class="sr" role="status">{meeting.spoken}</p>
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
