//! Plain help, told next to the thing that has the trouble.

use crate::ui::icon::{Icon, IconName};
use leptos::prelude::*;
use visavis::i18n::{Lang, meeting as words};

/// A sentence in bold and what to do.
#[component]
pub fn Notice(icon: IconName, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div class="notice notice--amber">
            <Icon name=icon />
            <div>
                <b>{title}</b>
                <p>{text}</p>
            </div>
        </div>
    }
}

/// What to do about a microphone (or camera) that cannot be had; the word is one of `app/js/trouble.ts`.
pub fn about(lang: Lang, mic: bool, trouble: &str) -> Option<(&'static str, &'static str)> {
    Some(match (trouble, mic) {
        ("denied", true) => (words::mic_denied_title(lang), words::denied_help(lang)),
        ("denied", false) => (words::camera_denied_title(lang), words::denied_help(lang)),
        ("system", true) => (words::mic_system_title(lang), words::system_help(lang)),
        ("system", false) => (words::camera_system_title(lang), words::system_help(lang)),
        ("busy", true) => (words::mic_busy_title(lang), words::busy_help(lang)),
        ("busy", false) => (words::camera_busy_title(lang), words::busy_help(lang)),
        ("missing", true) => (words::mic_missing_title(lang), words::mic_missing_help(lang)),
        ("missing", false) => (words::camera_missing_title(lang), words::camera_missing_help(lang)),
        ("insecure", _) => (words::insecure_title(lang), words::insecure_help(lang)),
        ("", _) => return None,
        (_, true) => (words::mic_failed_title(lang), words::failed_help(lang)),
        (_, false) => (words::camera_failed_title(lang), words::failed_help(lang)),
    })
}
