//! Plain help, told next to the thing that has the trouble.

use crate::{
    meeting::state::Meeting,
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// A sentence in bold and what to do.
#[component]
pub fn Notice(icon: IconName, title: &'static str, #[prop(into)] text: String) -> impl IntoView {
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
pub fn about(meeting: Meeting, mic: bool, trouble: &str) -> Option<(&'static str, String)> {
    let lang = meeting.lang;
    let (of_mic, of_camera, text) = match trouble {
        "denied" => (
            words::mic_denied_title(lang),
            words::camera_denied_title(lang),
            meeting.given(|given| given.denied_help.clone()),
        ),
        "system" => (
            words::mic_system_title(lang),
            words::camera_system_title(lang),
            meeting.given(|given| given.system_help.clone()),
        ),
        "busy" => (words::mic_busy_title(lang), words::camera_busy_title(lang), words::busy_help(lang).to_owned()),
        "missing" => {
            let help = if mic { words::mic_missing_help(lang) } else { words::camera_missing_help(lang) };
            (words::mic_missing_title(lang), words::camera_missing_title(lang), help.to_owned())
        }
        "insecure" => (words::insecure_title(lang), words::insecure_title(lang), words::insecure_help(lang).to_owned()),
        "" => return None,
        _ => (words::mic_failed_title(lang), words::camera_failed_title(lang), words::failed_help(lang).to_owned()),
    };
    Some((if mic { of_mic } else { of_camera }, text))
}
