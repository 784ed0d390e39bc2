//! Who is here.

use super::{Desk, door, face::Face};
use crate::meeting::lean::{derived, each, part, press};
use crate::{
    meeting::people::Person,
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::{Lang, meeting as words};

/// The list, oneself first, and how to get more people in.
#[component]
pub fn People(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let order = move || {
        meeting.people.order.with(|order| {
            // The own tile comes last, the own line first.
            order
                .last()
                .into_iter()
                .chain(order.iter().take(order.len().saturating_sub(1)))
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="aside__body" tabindex="0">
            <door::Door meeting view="panel" />
            <hand-queue></hand-queue>
            <h3>{part(move || words::in_the_meeting(lang, meeting.people.count()))}</h3>
            <ul>
                {each(
                    order,
                    move |identity| meeting.people.get(&identity).map(|person| view! { <Row lang person /> }).into_any(),
                )}
            </ul>
        </div>
        <div class="aside__foot">
            <button
                class="button button--wide"
                class:is-done=desk.copied
                type="button"
                on:click=press(move || desk.copy_link())
            >
                {part(move || {
                    if desk.copied.get() {
                        view! { <Icon name=IconName::Check /> }
                    } else {
                        view! { <Icon name=IconName::Link /> }
                    }
                })}
                {part(move || if desk.copied.get() { words::link_copied(lang) } else { words::copy_link(lang) })}
            </button>
        </div>
    }
}

#[component]
fn Row(lang: Lang, person: RwSignal<Person>) -> impl IntoView {
    let name = derived(move || person.with(|p| p.name.clone()));
    let role = derived(move || person.with(|p| role(lang, p)));
    let mic = derived(move || person.with(|p| p.mic));
    let speaking = derived(move || person.with(|p| p.speaking));
    view! {
        <li class="person" data-person=person.with_untracked(|p| p.identity.clone())>
            <Face person />
            <div>
                <span class="person__name">
                    <bdi>{name}</bdi>
                </span>
                {part(move || {
                    (!role.with(String::is_empty)).then(|| view! { <span class="person__role">{role.get()}</span> })
                })}
            </div>
            <div class="person__do">
                {person.with_untracked(|p| p.own).then(|| view! { <call-rename></call-rename> })}
                // What can be done about somebody else (`app/js/orderly`).
                <person-tools></person-tools>
                <span class="person__voice">
                    {part(move || match (mic.get(), speaking.get()) {
                        (false, _) => {
                            view! {
                                <Icon name=IconName::MicOff />
                                <span class="sr">{words::muted(lang)}</span>
                            }
                                .into_any()
                        }
                        (true, true) => {
                            view! {
                                <span class="voice" aria-hidden="true">
                                    <i></i>
                                    <i></i>
                                    <i></i>
                                </span>
                                <span class="sr">{words::speaking(lang)}</span>
                            }
                                .into_any()
                        }
                        (true, false) => {
                            view! {
                                <Icon name=IconName::Mic />
                                <span class="sr">{words::mic_is_on(lang)}</span>
                            }
                                .into_any()
                        }
                    })}
                </span>
            </div>
        </li>
    }
}

fn role(lang: Lang, person: &Person) -> String {
    match (person.role.as_str(), person.own, person.guest) {
        ("owner", false, _) => words::role_host(lang),
        ("owner", true, _) => words::role_host_you(lang),
        ("administrator", false, _) => words::role_cohost(lang),
        ("administrator", true, _) => words::role_cohost_you(lang),
        (_, true, _) => words::you(lang),
        (_, false, true) => words::role_guest(lang),
        (_, false, false) => "",
    }
    .to_owned()
}
