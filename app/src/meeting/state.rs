//! What the meeting knows. Cheap to copy into every closure.

use super::{people::People, setup::MeetingSetup};
use crate::error::UiError;
use leptos::prelude::*;
use serde::Deserialize;
use visavis::i18n::Lang;

/// Where the visitor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Looking at the preview.
    Prejoin,
    /// The button was pressed.
    Connecting,
    /// At the door: a host has to let us in.
    Waiting,
    /// In the room.
    Call,
    /// In the room, but the connection is gone for the moment. Everything stays on the screen.
    Reconnecting,
    /// Over.
    Ended(End),
}

impl Phase {
    /// The value of `data-state`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Prejoin => "prejoin",
            Self::Connecting => "connecting",
            Self::Waiting => "waiting",
            Self::Call => "call",
            Self::Reconnecting => "reconnecting",
            Self::Ended(_) => "ended",
        }
    }
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// By the visitor.
    Left,
    /// A host removed the visitor.
    Removed,
    /// The meeting was ended for everybody.
    Closed,
    /// The same participant joined elsewhere.
    Replaced,
    /// The connection did not come back.
    Network,
    /// The room may no longer be entered.
    Refused,
    /// The room is for people with an account, and the visitor is no longer signed in.
    SignedOut,
    /// The connection never came about.
    Failed,
}

impl End {
    /// The value of `data-ended`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
            Self::Closed => "closed",
            Self::Replaced => "replaced",
            Self::Network => "network",
            Self::Refused => "refused",
            Self::SignedOut => "signed-out",
            Self::Failed => "failed",
        }
    }
}

/// One thing to see or hear with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Source {
    /// In use.
    pub on: bool,
    /// Why it cannot be used: a word of `app/js/trouble.ts`, empty when it can.
    pub trouble: String,
    /// The chosen device.
    pub id: String,
    /// All there are.
    pub list: Vec<Device>,
    /// A microphone from which nothing has come for a while.
    pub silent: bool,
    /// Whether the browser lets a page choose (speakers only).
    pub choosable: bool,
}

/// A device as the system names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Device {
    /// The browser's id, meaningful on this origin only.
    pub id: String,
    /// The system's name for it.
    pub label: String,
}

/// Microphone, camera and speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Devices {
    /// The microphone.
    pub mic: Source,
    /// The camera.
    pub camera: Source,
    /// The speaker.
    pub speaker: Source,
    /// The browser's own question is open.
    pub asking: bool,
}

/// What can be switched or chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The microphone.
    Mic,
    /// The camera.
    Camera,
    /// The speaker.
    Speaker,
}

impl Kind {
    /// The word of the scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mic => "mic",
            Self::Camera => "camera",
            Self::Speaker => "speaker",
        }
    }
}

/// What the room lets this participant send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Rights {
    /// Speak.
    pub mic: bool,
    /// Be seen.
    pub camera: bool,
    /// Show the screen.
    pub share: bool,
}

/// What stands in the side panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Who is here.
    People,
    /// Messages.
    Chat,
}

/// Everything a part of the meeting may want to read.
#[derive(Clone, Copy)]
pub struct Meeting {
    /// The reader's language.
    pub lang: Lang,
    /// What the page came with.
    pub setup: StoredValue<MeetingSetup>,
    /// Where we are.
    pub phase: RwSignal<Phase>,
    /// The name in the field.
    pub name: RwSignal<String>,
    /// Why the last attempt to come in was refused.
    pub refusal: RwSignal<Option<UiError>>,
    /// Devices.
    pub devices: RwSignal<Devices>,
    /// The speaker test sounds.
    pub testing: RwSignal<bool>,
    /// The page has come alive.
    pub alive: RwSignal<bool>,
    /// Who is here.
    pub people: People,
    /// The open panel.
    pub panel: RwSignal<Option<Panel>>,
    /// Rights in the room.
    pub rights: RwSignal<Rights>,
    /// The browser keeps us silent until somebody presses a button.
    pub muffled: RwSignal<bool>,
    /// Seconds since coming in.
    pub seconds: RwSignal<u32>,
    /// Said by screen readers when there is time.
    pub spoken: RwSignal<String>,
    /// A short message over the pictures.
    pub toast: RwSignal<String>,
    /// The device that could not be had when it was asked for; its trouble is with the devices.
    pub refused: RwSignal<Option<Kind>>,
    /// Handles of the scripts.
    #[cfg(feature = "hydrate")]
    pub live: StoredValue<super::session::Live, LocalStorage>,
}

impl Meeting {
    /// The state before anything has happened.
    pub fn new(setup: MeetingSetup) -> Self {
        Self {
            lang: setup.lang,
            phase: RwSignal::new(Phase::Prejoin),
            name: RwSignal::new(setup.name.clone()),
            setup: StoredValue::new(setup),
            refusal: RwSignal::new(None),
            devices: RwSignal::default(),
            testing: RwSignal::new(false),
            alive: RwSignal::new(false),
            people: People::new(),
            panel: RwSignal::new(None),
            rights: RwSignal::new(Rights { mic: true, camera: true, share: true }),
            muffled: RwSignal::new(false),
            seconds: RwSignal::new(0),
            spoken: RwSignal::default(),
            toast: RwSignal::default(),
            refused: RwSignal::new(None),
            #[cfg(feature = "hydrate")]
            live: StoredValue::new_local(super::session::Live::default()),
        }
    }

    /// Whether this participant runs the meeting.
    #[cfg(feature = "hydrate")]
    pub fn is_host(&self) -> bool {
        let own = self.people.order.with(|order| order.last().cloned()).and_then(|identity| self.people.get(&identity));
        own.is_some_and(|own| own.with(|p| p.own && matches!(p.role.as_str(), "owner" | "administrator")))
    }

    /// A text of the setup.
    pub fn given<T>(&self, read: impl FnOnce(&MeetingSetup) -> T) -> T {
        self.setup.with_value(read)
    }
}
