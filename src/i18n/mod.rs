//! Translations: plain functions generated from `locales/` when the crate is built (`build/locales.rs`).
//!
//! `i18n::pages::sign_in(lang)`; a text with placeholders takes them as arguments in alphabetical order. A key that one
//! language lacks, or whose placeholders differ, does not compile. In the browser the same functions look their text up in what the
//! page brought along (`spoken`): there is one language to load instead of all.

mod choose;
#[cfg(not(feature = "server"))]
pub mod spoken;

pub use choose::choose;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));
