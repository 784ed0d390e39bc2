//! Microphone with its level, camera, speaker with its test.

use super::help;
use crate::meeting::lean::{derived, flag, maybe, part};
use crate::{
    meeting::{
        state::{Kind, Meeting, Source},
        wish::Wish,
    },
    ui::icon::{Icon, IconName},
};
use leptos::{html, prelude::*};
use visavis::i18n::meeting as words;

/// Bars of the level.
const BARS: usize = 16;

/// Which microphone, and whether it hears anything.
#[component]
pub fn Microphone(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let on = derived(move || meeting.devices.with(|devices| devices.mic.on));
    let silent = derived(move || meeting.devices.with(|devices| devices.mic.on && devices.mic.silent));
    let bars: NodeRef<html::Div> = NodeRef::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let (true, Some(devices), Some(bars)) = (meeting.alive.get(), meeting.opened(), bars.get()) {
            devices.paint_level(&bars);
        }
    });
    view! {
        <div class="device">
            {part(move || {
                if on.get() {
                    view! { <Icon name=IconName::Mic /> }
                } else {
                    view! { <Icon name=IconName::MicOff /> }
                }
            })}
            <Select
                meeting
                kind=Kind::Mic
                id="mic-device"
                label=words::microphone(lang)
                none=words::no_microphone(lang)
            />
            <div
                class="meter"
                node_ref=bars
                role="img"
                aria-label=words::mic_level(lang)
                hidden=flag(move || !on.get())
            >
                {(0..BARS).map(|_| view! { <i></i> }).collect_view()}
            </div>
            {part(move || {
                silent
                    .get()
                    .then(|| {
                        view! {
                            <div class="notice notice--amber" role="status">
                                <Icon name=IconName::Warning />
                                <p>{words::mic_silent(lang)}</p>
                            </div>
                        }
                    })
            })} <Trouble meeting kind=Kind::Mic />
        </div>
    }
}

/// Which camera.
#[component]
pub fn Camera(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let on = derived(move || meeting.devices.with(|devices| devices.camera.on));
    view! {
        <div class="device">
            {part(move || {
                if on.get() {
                    view! { <Icon name=IconName::Camera /> }
                } else {
                    view! { <Icon name=IconName::CameraOff /> }
                }
            })}
            <Select
                meeting
                kind=Kind::Camera
                id="camera-device"
                label=words::camera(lang)
                none=words::no_camera(lang)
            /> <Trouble meeting kind=Kind::Camera />
        </div>
    }
}

/// Which speaker, where browsers let one choose, and a tone to try it with.
#[component]
pub fn Speaker(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    view! {
        <div class="device">
            <Icon name=IconName::Speaker />
            <Select
                meeting
                kind=Kind::Speaker
                id="speaker-device"
                label=words::speaker(lang)
                none=words::speaker_of_system(lang)
            />
            <button
                id="speaker-test"
                class="button"
                type="button"
                disabled=flag(move || !meeting.alive.get())
                aria-disabled=maybe(move || meeting.testing.get().then_some("true"))
                on:click=move |_| {
                    if !meeting.testing.get_untracked() {
                        meeting.wish(Wish::TestSpeaker);
                    }
                }
            >
                {part(move || {
                    if meeting.testing.get() { words::speaker_playing(lang) } else { words::speaker_test(lang) }
                })}
            </button>
        </div>
    }
}

/// A list of devices; with nothing to choose from, it says so.
#[component]
fn Select(meeting: Meeting, kind: Kind, id: &'static str, label: &'static str, none: &'static str) -> impl IntoView {
    let source = move || meeting.devices.with(|devices| of(devices, kind).clone());
    let usable = move || {
        meeting.devices.with(|devices| {
            let source = of(devices, kind);
            !source.list.is_empty() && (kind != Kind::Speaker || source.choosable)
        })
    };
    let options = move || {
        if !usable() {
            return view! { <option>{none}</option> }.into_any();
        }
        let Source { id, list, .. } = source();
        list.into_iter()
            .map(|device| {
                let selected = device.id == id;
                view! {
                    <option value=device.id selected=selected>
                        {device.label}
                    </option>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="select">
            <label class="sr" for=id>
                {label}
            </label>
            <select
                class="input"
                id=id
                disabled=flag(move || !usable())
                on:change=move |event| meeting.wish(Wish::Pick(kind, event_target_value(&event)))
            >
                {options}
            </select>
            <Icon name=IconName::Chevron />
        </div>
    }
}

/// What is wrong with a device and what to do about it.
#[component]
fn Trouble(meeting: Meeting, kind: Kind) -> impl IntoView {
    let trouble = derived(move || meeting.devices.with(|devices| of(devices, kind).trouble.clone()));
    view! {
        <div class="device__trouble" role="alert">
            {part(move || {
                trouble
                    .with(|word| help::about(meeting, kind == Kind::Mic, word))
                    .map(|(title, text)| view! { <help::Notice icon=IconName::Lock title text /> })
            })}
        </div>
    }
}

fn of(devices: &crate::meeting::state::Devices, kind: Kind) -> &Source {
    match kind {
        Kind::Mic => &devices.mic,
        Kind::Camera => &devices.camera,
        Kind::Speaker => &devices.speaker,
    }
}
