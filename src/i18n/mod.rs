//! Translations: plain functions generated from `locales/` when the crate is built (`build/locales.rs`).
//!
//! `i18n::pages::sign_in(lang)`; a text with placeholders takes them as arguments in alphabetical order. A key that one
//! language lacks, or whose placeholders differ, does not compile.

mod choose;

pub use choose::choose;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));
