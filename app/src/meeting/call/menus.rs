//! Which microphone, speaker or camera: pops up over the bar, on a phone a sheet.

use super::{Desk, Pop};
use crate::meeting::lean::{derived, when};
use crate::{
    meeting::{
        session,
        state::{Kind, Source},
    },
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// The devices behind one switch.
#[component]
pub fn Devices(desk: Desk, which: Pop) -> impl IntoView {
    let lang = desk.meeting.lang;
    let devices = desk.meeting.devices;
    let label = if which == Pop::Mic { words::choose_mic(lang) } else { words::choose_camera(lang) };
    let choosable = derived(move || devices.with(|devices| devices.speaker.choosable));
    view! {
        {when(
            move || desk.pop.get() == Some(which),
            move || {
                view! {
                    <div class="more more--devices" id="pop" role="dialog" aria-label=label tabindex="-1">
                        <div class="more__head"></div>
                        {(which == Pop::Mic)
                            .then(|| view! { <List desk kind=Kind::Mic title=words::microphone(lang) /> })}
                        {(which == Pop::Mic)
                            .then(|| {
                                view! {
                                    {when(
                                        move || choosable.get(),
                                        move || {
                                            view! {
                                                <hr />
                                                <List desk kind=Kind::Speaker title=words::speaker(lang) />
                                            }
                                        },
                                    )}
                                }
                            })}
                        {(which == Pop::Camera)
                            .then(|| view! { <List desk kind=Kind::Camera title=words::camera(lang) /> })}
                    </div>
                }
            },
        )}
    }
}

#[component]
fn List(desk: Desk, kind: Kind, title: &'static str) -> impl IntoView {
    let meeting = desk.meeting;
    let source = move || {
        meeting.devices.with(|devices| match kind {
            Kind::Mic => devices.mic.clone(),
            Kind::Camera => devices.camera.clone(),
            Kind::Speaker => devices.speaker.clone(),
        })
    };
    let rows = move || {
        let Source { id, list, .. } = source();
        if list.is_empty() {
            let none =
                if kind == Kind::Mic { words::no_microphone(meeting.lang) } else { words::no_camera(meeting.lang) };
            return view! { <p class="more__none">{none}</p> }.into_any();
        }
        list.into_iter()
            .map(|device| {
                let current = device.id == id;
                let pick = device.id.clone();
                view! {
                    <button
                        class="menu__item"
                        class:is-current=current
                        type="button"
                        aria-pressed=current.to_string()
                        on:click=move |_| {
                            session::pick(meeting, kind, &pick);
                            desk.close_pop();
                        }
                    >
                        <Icon name=IconName::Check />
                        <span>{device.label}</span>
                    </button>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div role="group" aria-label=title>
            <p class="more__title">{title}</p>
            {rows}
        </div>
    }
}
