//! The bar: what one reaches for without thinking.

use super::{Desk, Pop, menus, more, notices::set_share};
use crate::meeting::lean::{derived, flag, part, press, text};
use crate::{
    meeting::{
        session,
        state::{End, Kind, Panel},
        text,
    },
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// Name and time, switches, panels.
#[component]
pub fn Bar(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    view! {
        <section class="bar" aria-label=words::controls(lang)>
            <div class="bar__info">
                <span class="call__room" dir="auto">
                    {super::room_name(meeting)}
                </span>
                <time class="num">{part(move || text::duration(meeting.seconds.get()))}</time>
                // Locked or not (`app/js/orderly`).
                <call-lock></call-lock>
            </div>
            <div class="bar__mid">
                <span class="pair anchor">
                    <Switch desk kind=Kind::Mic />
                    <Chevron desk which=Pop::Mic id="mic-menu" label=words::choose_mic(lang) />
                    <menus::Devices desk which=Pop::Mic />
                </span>
                <span class="pair anchor">
                    <Switch desk kind=Kind::Camera />
                    <Chevron desk which=Pop::Camera id="camera-menu" label=words::choose_camera(lang) />
                    <menus::Devices desk which=Pop::Camera />
                </span>
                <ShareButton desk />
                // Hand and reactions (`app/js/hands`).
                <call-tools></call-tools>
                <span class="only-narrow">
                    <PanelButton desk which=Panel::Chat id="chat-narrow" bare=false />
                </span>
                <more::More desk />
                <button
                    id="leave"
                    class="ctl ctl--leave"
                    type="button"
                    aria-label=words::leave(lang)
                    on:click=press(move || session::end(meeting, End::Left))
                >
                    <Icon name=IconName::Leave />
                    <span class="only-wide">{words::leave(lang)}</span>
                </button>
            </div>
            <div class="bar__end">
                <PanelButton desk which=Panel::People id="people" bare=false />
                <PanelButton desk which=Panel::Chat id="chat" bare=false />
                // For hosts (`app/js/host`).
                <host-tools></host-tools>
            </div>
        </section>
    }
}

/// Microphone or camera.
#[component]
fn Switch(desk: Desk, kind: Kind) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let mic = kind == Kind::Mic;
    let on = derived(move || meeting.devices.with(|devices| if mic { devices.mic.on } else { devices.camera.on }));
    let trouble = derived(move || {
        meeting.devices.with(|devices| !(if mic { &devices.mic } else { &devices.camera }).trouble.is_empty())
    });
    let allowed = derived(move || if mic { meeting.rights.get().mic } else { meeting.rights.get().camera });
    let label = move || match (mic, allowed.get(), on.get(), trouble.get()) {
        (true, false, ..) => words::mic_forbidden(lang),
        (true, true, true, _) => words::mute(lang),
        (true, true, false, true) => words::mic_unusable(lang),
        (true, true, false, false) => words::unmute(lang),
        (false, false, ..) => words::camera_forbidden(lang),
        (false, true, true, _) => words::camera_off(lang),
        (false, true, false, true) => words::camera_unusable(lang),
        (false, true, false, false) => words::camera_on(lang),
    };
    view! {
        <button
            id=kind.name()
            class="ctl"
            class:is-on=flag(move || on.get())
            class:is-off=flag(move || !on.get())
            type="button"
            disabled=flag(move || !allowed.get())
            aria-label=text(label)
            title=text(label)
            on:click=press(move || session::turn(meeting, kind, !on.get_untracked()))
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

#[component]
fn Chevron(desk: Desk, which: Pop, id: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <button
            id=id
            class="ctl only-wide"
            type="button"
            aria-label=label
            title=label
            aria-haspopup="dialog"
            aria-expanded=text(move || (desk.pop.get() == Some(which)).to_string())
            on:click=press(move || desk.toggle_pop(which))
        >
            <Icon name=IconName::Chevron />
        </button>
    }
}

#[component]
fn ShareButton(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let sharing = own_share(desk);
    let allowed = derived(move || meeting.rights.get().share);
    let label = move || match (allowed.get(), sharing.get()) {
        (false, _) => words::share_forbidden(lang),
        (true, true) => words::share_stop(lang),
        (true, false) => words::share(lang),
    };
    view! {
        <button
            id="share"
            class="ctl only-wide"
            class:is-active=sharing
            type="button"
            disabled=flag(move || !allowed.get())
            hidden=!crate::interop::page::can_share()
            aria-label=text(label)
            title=text(label)
            on:click=press(move || set_share(meeting, !sharing.get_untracked()))
        >
            <Icon name=IconName::Share />
        </button>
    }
}

/// Whether our own screen is being shared.
pub fn own_share(desk: Desk) -> Memo<bool> {
    let people = desk.meeting.people;
    derived(move || {
        people.sharing.with(|all| {
            all.iter().any(|identity| people.get(identity).is_some_and(|person| person.with_untracked(|p| p.own)))
        })
    })
}

/// Opens and closes a panel; carries its number.
#[component]
pub fn PanelButton(desk: Desk, which: Panel, id: &'static str, bare: bool) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    // What is new in the chat its script tells, in `chat-count`.
    let label = move || match which {
        Panel::People => words::people_button(lang, meeting.people.count()),
        Panel::Chat => words::chat(lang).to_owned(),
    };
    view! {
        <button
            id=id
            class="ctl"
            class:ctl--bare=bare
            type="button"
            aria-label=text(label)
            title=text(label)
            aria-expanded=text(move || (meeting.panel.get() == Some(which)).to_string())
            on:click=press(move || desk.toggle_panel(which))
        >
            {match which {
                Panel::People => {
                    view! {
                        <Icon name=IconName::People />
                        {part(move || {
                            let count = meeting.people.count();
                            view! {
                                <span class="ctl__n ctl__n--plain">
                                    {if count > 99 { "99+".to_owned() } else { count.to_string() }}
                                </span>
                            }
                        })}
                    }
                        .into_any()
                }
                Panel::Chat => {
                    view! {
                        <Icon name=IconName::Chat />
                        <chat-count></chat-count>
                    }
                        .into_any()
                }
            }}
        </button>
    }
}
