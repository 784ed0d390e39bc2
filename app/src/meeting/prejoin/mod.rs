//! Before the call: see yourself, choose devices, say who you are.

mod devices;
pub mod help;
mod name;
mod preview;
mod wait;

use super::{
    state::{Meeting, Phase},
    wish::Wish,
};
use crate::meeting::lean::{flag, maybe, part};
use leptos::{ev::SubmitEvent, prelude::*};
use visavis::i18n::meeting as words;

/// The page before the call.
#[component]
pub fn Prejoin(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        meeting.wish(Wish::Join);
    };
    view! {
        <main class="pre" id="main">
            <preview::Preview meeting />
            {part(move || (meeting.phase.get() == Phase::Waiting).then(|| wait::Wait(wait::WaitProps { meeting })))}
            <form
                class="pre__form"
                class:is-gone=flag(move || meeting.phase.get() == Phase::Waiting)
                method="post"
                novalidate
                on:submit=submit
            >
                <div>
                    <h1 dir="auto">{meeting.given(|given| given.room_name.clone())}</h1>
                    <p class="pre__who" inner_html=meeting.given(|given| given.present.clone())></p>
                </div>
                <noscript>
                    <p class="notice notice--amber">{words::needs_script(lang)}</p>
                </noscript>
                <name::Name meeting />
                <devices::Microphone meeting />
                <devices::Camera meeting />
                <devices::Speaker meeting />
                <Refusal meeting />
                <Join meeting />
            </form>
        </main>
    }
}

/// The one primary button. Its word says what will happen.
#[component]
fn Join(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let word = meeting.given(|given| given.button.clone());
    let busy = move || meeting.phase.with(|phase| *phase == Phase::Connecting);
    view! {
        <button
            id="join"
            class="button button--primary button--big button--wide"
            class:is-busy=busy
            class:is-leaning=busy
            disabled=flag(move || !meeting.alive.get())
            aria-disabled=maybe(move || busy().then_some("true"))
        >
            {part(move || busy().then(mark))}
            {part(move || if busy() { words::joining(lang).to_owned() } else { word.clone() })}
        </button>
    }
}

fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path class="mark__a" d="M3 5a11 11 0 0 1 0 22z"></path>
            <path class="mark__b" d="M29 5a11 11 0 0 0 0 22z"></path>
        </svg>
    }
}

/// Why the last attempt did not lead inside, unless it was the name.
#[component]
fn Refusal(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let text = move || {
        meeting.refusal.with(|refusal| {
            let error = refusal.as_ref().filter(|error| !error.fields.iter().any(|(field, _)| field == "name"))?;
            Some(match error.code.as_str() {
                "not_found" => words::room_gone(lang),
                "unreachable" | "internal" | "upstream" => words::join_unreachable(lang),
                "account_required" => words::account_required(lang),
                "rate_limited" => words::too_many(lang),
                _ => words::join_unreachable(lang),
            })
        })
    };
    view! {
        <div id="refusal" role="alert" tabindex="-1">
            {part(move || {
                text()
                    .map(|text| {
                        view! {
                            <help::Notice icon=crate::ui::icon::IconName::Warning title=words::not_joined(lang) text />
                        }
                    })
            })}
        </div>
    }
}
