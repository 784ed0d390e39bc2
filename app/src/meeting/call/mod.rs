//! In the call: pictures, bar, side panel.

mod alone;
mod bar;
mod door;
mod face;
mod focus;
mod keys;
mod menus;
mod more;
mod notices;
mod panel;
mod people;
mod refused;
mod share;
mod stage;
mod tile;
mod video;

use super::{
    layout::Stage,
    state::{Meeting, Panel, Phase},
    text,
};
use crate::interop::page;
use crate::meeting::lean::{derived, flag, part, when};
use leptos::{html, prelude::*};

/// What pops up over the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pop {
    /// Microphones and speakers.
    Mic,
    /// Cameras.
    Camera,
    /// Everything else.
    More,
}

/// What only the screen of the call needs to know.
#[derive(Clone, Copy)]
pub struct Desk {
    meeting: Meeting,
    pop: RwSignal<Option<Pop>>,
    stage: RwSignal<Stage>,
    /// The shown page of tiles.
    page: RwSignal<usize>,
    /// Whose screen is shown when several are.
    shown: RwSignal<Option<String>>,
    copied: RwSignal<bool>,
    /// What one chose to see ([`arrange::Chosen`]).
    view: RwSignal<String>,
    /// Whom one keeps large.
    pinned: RwSignal<Vec<String>>,
    /// Whom hosts show large to everybody.
    spotlight: RwSignal<Vec<String>>,
}

/// The whole screen.
#[component]
pub fn Call(meeting: Meeting) -> impl IntoView {
    let desk = Desk {
        meeting,
        pop: RwSignal::new(None),
        stage: RwSignal::default(),
        page: RwSignal::new(0),
        shown: RwSignal::new(None),
        copied: RwSignal::new(false),
        view: RwSignal::new(page::remembered(VIEW)),
        pinned: RwSignal::default(),
        spotlight: RwSignal::default(),
    };
    keys::listen(desk);
    let ground: NodeRef<html::Main> = NodeRef::new();
    Effect::new(move || {
        if let (Some(ground), Some(call)) = (ground.get(), meeting.call()) {
            call.watch(&ground, move |width, height, viewport| desk.stage.set(Stage { width, height, viewport }));
        }
    });
    let alone = derived(move || meeting.people.count() < 2 && meeting.phase.with(|phase| *phase == Phase::Call));
    let panel = meeting.panel;
    view! {
        <div
            class="call"
            class:has-panel=flag(move || panel.get().is_some())
            class:has-sheet=flag(move || panel.get().is_some() || desk.pop.get().is_some())
            class:is-alone=alone
        >
            <Top desk />
            <main class="call__stage" id="main" node_ref=ground>
                <h1 class="sr" id="room-name" tabindex="-1" dir="auto">
                    {room_name(meeting)}
                </h1>
                <notices::Notices desk />
                <stage::Stage desk />
                <div class="call__toasts">
                    {when(move || alone.get(), move || view! { <alone::Alone desk /> })} <notices::Toast meeting />
                </div>
            </main>
            {part(move || panel.get().map(|which| view! { <panel::Side desk which /> }))}
            <bar::Bar desk />
        </div>
    }
}

/// Below 1088 px: name and time in a strip of their own.
#[component]
fn Top(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    view! {
        <header class="call__top">
            <p class="call__room" dir="auto">
                {room_name(meeting)}
            </p>
            <time class="quiet num">{part(move || text::duration(meeting.seconds.get()))}</time>
            <call-lock></call-lock>
            <span class="top__end only-narrow">
                <bar::PanelButton desk which=Panel::People id="people-top" bare=true />
            </span>
        </header>
    }
}

fn room_name(meeting: Meeting) -> String {
    meeting.given(|given| given.room_name.clone())
}

/// Where this browser remembers what one chose to see (`app/js/picture/view.ts`).
const VIEW: &str = "visavis.view";

impl Desk {
    /// Opens a panel, or closes it when it is open. The focus goes in, and comes back.
    fn toggle_panel(self, which: Panel) {
        self.pop.set(None);
        if self.meeting.panel.get_untracked() == Some(which) {
            return self.close_panel();
        }
        self.meeting.panel.set(Some(which));
        // Beside a stage that fills the screen nobody would see it.
        page::end_full_stage(None);
        // On a phone the keyboard would cover what there is to read.
        let narrow = self.stage.get_untracked().viewport < 704.0;
        page::focus(if which == Panel::Chat && !narrow { "say" } else { "panel-close" });
    }

    fn close_panel(self) {
        let Some(which) = self.meeting.panel.get_untracked() else { return };
        self.meeting.panel.set(None);
        page::focus_visible(match which {
            Panel::People => &["people", "people-top"],
            Panel::Chat => &["chat", "chat-narrow"],
        });
    }

    fn toggle_pop(self, which: Pop) {
        if self.pop.get_untracked() == Some(which) {
            return self.close_pop();
        }
        self.pop.set(Some(which));
        page::focus("pop");
    }

    fn close_pop(self) {
        let Some(which) = self.pop.get_untracked() else { return };
        self.pop.set(None);
        page::focus_visible(match which {
            Pop::Mic => &["mic-menu", "more"],
            Pop::Camera => &["camera-menu", "more"],
            Pop::More => &["more"],
        });
    }

    /// Copies the room's link and says so.
    fn copy_link(self) {
        use visavis::i18n::meeting as words;
        let meeting = self.meeting;
        leptos::task::spawn_local(async move {
            let link = meeting.given(|given| given.room_link.clone());
            if !page::copy(&link).await {
                // The browser keeps us from the clipboard: at least it can be read.
                return meeting.tell(words::copy_failed(meeting.lang, link));
            }
            self.copied.set(true);
            meeting.say(words::link_copied(meeting.lang).to_owned());
            set_timeout(move || self.copied.set(false), std::time::Duration::from_secs(3));
        });
    }
}
