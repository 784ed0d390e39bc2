//! One participant.

use super::{Desk, face, video::Video};
use crate::meeting::lean::{derived, part, press, text};
use crate::{
    meeting::{arrange, people::Person},
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// Picture or face, name, and what is worth knowing.
#[component]
pub fn Tile(desk: Desk, identity: String) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    // Somebody who has left while this was being drawn.
    let person = meeting.people.get(&identity).unwrap_or_else(|| RwSignal::new(Person::default()));
    let (own, label) = person.with_untracked(|p| (p.own, p.identity.clone()));
    let camera = derived(move || person.with(|p| p.camera));
    let speaking = derived(move || person.with(|p| p.speaking && p.mic));
    let weak = derived(move || person.with(|p| p.weak));
    let share = derived(move || person.with(|p| p.share));
    view! {
        <li
            class="tile"
            class:is-speaking=speaking
            class:is-own=own
            data-tile=label
            style=("--person", text(move || face::color(person)))
        >
            // Under the picture too: until its first frame, there is a face.
            <div class="tile__face">
                <face::Face person />
            </div>
            {part(move || {
                let identity = identity.clone();
                camera.get().then(|| view! { <Video meeting identity source="camera" class="tile__video" /> })
            })}
            <div class="tile__tags">
                <hand-mark></hand-mark>
                {part(move || {
                    share
                        .get()
                        .then(|| {
                            view! {
                                <span class="tile__tag">
                                    <Icon name=IconName::Share />
                                    {words::sharing(lang)}
                                </span>
                            }
                        })
                })}
                {part(move || {
                    weak.get()
                        .then(|| {
                            view! {
                                <span
                                    class="tile__tag tile__tag--weak"
                                    role="img"
                                    aria-label=words::weak(lang)
                                    title=words::weak(lang)
                                >
                                    <Icon name=IconName::Signal />
                                    <span aria-hidden="true">{words::weak(lang)}</span>
                                </span>
                            }
                        })
                })}
            </div>
            {(!own).then(|| view! { <Pin desk person /> })}
            // Large for everybody (`app/js/picture`).
            <tile-spot></tile-spot>
            <Name person lang speaking />
        </li>
    }
}

/// Keeps somebody large, for oneself.
#[component]
fn Pin(desk: Desk, person: RwSignal<Person>) -> impl IntoView {
    let lang = desk.meeting.lang;
    let identity = person.with_untracked(|p| p.identity.clone());
    let of = identity.clone();
    let pinned = derived(move || desk.pinned.with(|pinned| pinned.contains(&of)));
    let label = move || {
        let name = person.with(|p| p.name.clone());
        if pinned.get() { words::unpin(lang, name) } else { words::pin(lang, name) }
    };
    view! {
        <button
            class="icon-button tile__menu"
            class:is-kept=pinned
            type="button"
            aria-pressed=text(move || pinned.get().to_string())
            aria-label=text(label)
            title=text(label)
            on:click=press(move || desk.pinned.update(|pinned| arrange::toggle(pinned, identity.clone())))
        >
            <Icon name=IconName::Pin />
        </button>
    }
}

/// The name, with three bars while speaking or a sign when muted.
#[component]
fn Name(person: RwSignal<Person>, lang: visavis::i18n::Lang, speaking: Memo<bool>) -> impl IntoView {
    let muted = derived(move || person.with(|p| !p.mic));
    let name = derived(move || person.with(|p| if p.own { words::you(lang).to_owned() } else { p.name.clone() }));
    view! {
        <div class="tile__name">
            {part(move || {
                if muted.get() {
                    view! {
                        <Icon name=IconName::MicOff />
                        <span class="sr">{words::muted(lang)}</span>
                    }
                        .into_any()
                } else if speaking.get() {
                    view! {
                        <span class="voice" aria-hidden="true">
                            <i></i>
                            <i></i>
                            <i></i>
                        </span>
                        <span class="sr">{words::speaking(lang)}</span>
                    }
                        .into_any()
                } else {
                    ().into_any()
                }
            })} <span dir="auto">{name}</span>
        </div>
    }
}
