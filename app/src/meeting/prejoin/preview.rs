//! How others will see you.

use crate::meeting::lean::{derived, flag, part, press, text};
use crate::{
    meeting::{
        state::{Kind, Meeting},
        wish::Wish,
    },
    ui::icon::{Icon, IconName},
};
use leptos::{html, prelude::*};
use visavis::i18n::meeting as words;

/// The mirrored picture, or why there is none, and the two switches.
#[component]
pub fn Preview(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let seen = move || meeting.devices.with(|devices| devices.camera.on);
    let view: NodeRef<html::Video> = NodeRef::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let (true, Some(devices), Some(view)) = (meeting.alive.get(), meeting.opened(), view.get()) {
            devices.preview(&view);
        }
    });
    let say = move || {
        meeting.devices.with(|devices| match (meeting.alive.get(), devices.asking) {
            (false, _) => words::preparing(lang),
            (_, true) => words::asking(lang),
            _ => words::unseen(lang),
        })
    };
    view! {
        <div class="preview">
            <video
                node_ref=view
                class="preview__video"
                autoplay
                playsinline
                prop:muted=true
                hidden=flag(move || !seen())
            ></video>
            <span class="tile__tag preview__name" hidden=flag(move || !seen())>
                {words::how_others_see_you(lang)}
            </span>
            <div class="preview__say" role="status" hidden=seen>
                <Icon name=IconName::CameraOff />
                <p>{say}</p>
            </div>
            <div class="preview__bar">
                <Switch meeting kind=Kind::Mic />
                <Switch meeting kind=Kind::Camera />
            </div>
        </div>
    }
}

/// Microphone or camera, on or off. Its label says what a press does; when the device is refused, that it is.
#[component]
fn Switch(meeting: Meeting, kind: Kind) -> impl IntoView {
    let lang = meeting.lang;
    let mic = kind == Kind::Mic;
    let on = derived(move || meeting.devices.with(|devices| if mic { devices.mic.on } else { devices.camera.on }));
    let trouble = derived(move || {
        meeting.devices.with(|devices| !(if mic { &devices.mic } else { &devices.camera }).trouble.is_empty())
    });
    let label = move || match (mic, on.get(), trouble.get()) {
        (true, true, _) => words::mic_off(lang),
        (true, false, false) => words::mic_on(lang),
        (true, false, true) => words::mic_unusable(lang),
        (false, true, _) => words::camera_off(lang),
        (false, false, false) => words::camera_on(lang),
        (false, false, true) => words::camera_unusable(lang),
    };
    view! {
        <button
            id=kind.name()
            class="ctl"
            class:is-on=on
            class:is-off=flag(move || !on.get())
            type="button"
            disabled=flag(move || !meeting.alive.get())
            aria-label=text(label)
            title=text(label)
            on:click=press(move || meeting.wish(Wish::Turn(kind, !on.get_untracked())))
        >
            {part(move || match (mic, on.get()) {
                (true, true) => view! { <Icon name=IconName::Mic /> },
                (true, false) => view! { <Icon name=IconName::MicOff /> },
                (false, true) => view! { <Icon name=IconName::Camera /> },
                (false, false) => view! { <Icon name=IconName::CameraOff /> },
            })}
            {part(move || {
                trouble
                    .get()
                    .then(|| {
                        view! {
                            <span class="ctl__n ctl__n--warn" aria-hidden="true">
                                "!"
                            </span>
                        }
                    })
            })}
        </button>
    }
}
