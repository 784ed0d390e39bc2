//! What has to be known now: connection, sound, own screen; and short messages.

use super::{Desk, door, refused};
use crate::meeting::lean::{derived, part, press, when};
use crate::{
    meeting::state::{Meeting, Phase},
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// At the top of the stage.
#[component]
pub fn Notices(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let away = derived(move || meeting.phase.with(|phase| *phase == Phase::Reconnecting));
    let muffled = derived(move || meeting.muffled.get());
    let own_share = derived(move || {
        let people = meeting.people;
        people.sharing.with(|all| {
            all.iter().any(|identity| people.get(identity).is_some_and(|person| person.with_untracked(|p| p.own)))
        })
    });
    view! {
        <div class="call__over">
            <door::Door meeting view="card" />
            <div role="status">
                {part(move || {
                    away.get()
                        .then(|| {
                            view! {
                                <p class="pill pill--amber is-late">
                                    <Icon name=IconName::Signal />
                                    {words::reconnecting(lang)}
                                </p>
                            }
                        })
                })}
            </div>
            <refused::Refused meeting />
            {when(
                move || muffled.get(),
                move || {
                    view! {
                        <button
                            id="sound-on"
                            class="button button--primary"
                            type="button"
                            on:click=move |_| {
                                if let Some(call) = meeting.call() {
                                    drop(call.start_audio());
                                }
                            }
                        >
                            <Icon name=IconName::Speaker />
                            {words::sound_on(lang)}
                        </button>
                    }
                },
            )}
            {when(
                move || own_share.get(),
                move || {
                    view! {
                        <p class="pill">
                            <Icon name=IconName::Share />
                            {words::you_share(lang)}
                            <share-hint></share-hint>
                            <button
                                class="button button--soft"
                                type="button"
                                on:click=press(move || set_share(meeting, false))
                            >
                                {words::share_stop(lang)}
                            </button>
                        </p>
                    }
                },
            )}
        </div>
    }
}

/// Starts or stops sharing the screen.
pub fn set_share(meeting: Meeting, on: bool) {
    if let Some(call) = meeting.call() {
        drop(call.share(on));
    }
}

/// A short message at the corner; the live region has said it already.
#[component]
pub fn Toast(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let text = derived(move || meeting.toast.get());
    view! {
        {part(move || {
            (!text.with(String::is_empty))
                .then(|| {
                    view! {
                        <div class="toast">
                            <span dir="auto">{text.get()}</span>
                            <button
                                class="icon-button"
                                type="button"
                                aria-label=words::close(lang)
                                on:click=press(move || meeting.toast.set(String::new()))
                            >
                                <Icon name=IconName::Close />
                            </button>
                        </div>
                    }
                })
        })}
    }
}
