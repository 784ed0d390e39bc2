//! A device that cannot be had: what is wrong and what helps, until that is solved or somebody closes it.

use crate::meeting::{
    lean::{part, press},
    prejoin::help,
    state::{Kind, Meeting},
};
use crate::{
    interop::page,
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// Of the device that was asked for last.
#[component]
pub fn Refused(meeting: Meeting) -> impl IntoView {
    let told = move || {
        let kind = meeting.refused.get()?;
        let mic = kind == Kind::Mic;
        let (title, text) = meeting.devices.with(|devices| {
            help::about(meeting, mic, if mic { &devices.mic.trouble } else { &devices.camera.trouble })
        })?;
        Some((kind, title, text))
    };
    let told = Memo::new(move |_| told());
    let close = move |kind: Kind| {
        meeting.refused.set(None);
        page::focus(kind.name());
    };
    view! {
        <div class="call__refused" role="alert">
            {part(move || {
                told.get()
                    .map(|(kind, title, text)| {
                        view! {
                            <div id="refused" class="notice notice--amber">
                                <Icon name=IconName::Warning />
                                <div>
                                    <b>{title}</b>
                                    <p>{text}</p>
                                </div>
                                <button
                                    class="icon-button"
                                    type="button"
                                    aria-label=words::close(meeting.lang)
                                    on:click=press(move || close(kind))
                                >
                                    <Icon name=IconName::Close />
                                </button>
                            </div>
                        }
                    })
            })}
        </div>
    }
}
