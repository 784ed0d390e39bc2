//! The document every page is put into, and the answer it becomes.

mod brand;
mod document;
mod frame;
mod island;
mod response;

pub use brand::Brand;
pub use document::Shell;
pub use island::IslandScripts;
pub use response::{fragment, render};

use visavis::i18n::Lang;

/// What the shell must know of a page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Language of every word on it.
    pub lang: Lang,
    /// Title, without the product's name.
    pub title: String,
    /// Path and query of the page, where a change of language or theme returns to.
    pub path: String,
    /// Who is signed in.
    pub viewer: Option<ViewerInfo>,
    /// Of this one answer; every script element carries it.
    pub nonce: String,
    /// A chosen theme; without one the device decides.
    pub theme: Option<Theme>,
    /// Whose instance it is.
    pub brand: Brand,
    /// What it loads.
    pub frame: Frame,
    /// A script of its own, by its name.
    pub script: Option<&'static str>,
    /// Without script, how many seconds later it is fetched anew: what it shows changes while one looks.
    pub refresh: Option<u32>,
    /// Origin of LiveKit when it is not ours (`wss://…`): the content policy must let the call reach it.
    pub connect: Option<String>,
}

/// The person in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewerInfo {
    /// Name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Any CSS colour.
    pub color: String,
}

/// A chosen theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Light, whatever the device says.
    Light,
    /// Dark, whatever the device says.
    Dark,
}

impl Theme {
    /// Its value in cookie, form and `data-theme`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a value; none for *like the device* and for anything unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.code() == code)
    }
}

/// What a page needs besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// No script but the kit's own few bytes.
    #[default]
    Page,
    /// The meeting's style sheet and wasm. The island hides header and footer while the call fills the window.
    Meeting,
}
