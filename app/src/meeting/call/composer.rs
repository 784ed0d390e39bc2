//! Where messages are written.

use super::Desk;
use crate::meeting::lean::{derived, flag};
use crate::{
    interop::page,
    ui::icon::{Icon, IconName},
};
use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use visavis::i18n::meeting as words;

/// As long as a message may get.
const LONGEST: &str = "2000";

/// Enter sends, Shift and Enter begin a new line. What could not be sent stays.
#[component]
pub fn Composer(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let sending = RwSignal::new(false);
    let send = move || {
        let text = desk.draft.with_untracked(|draft| draft.trim().to_owned());
        let Some(call) = meeting.call().filter(|_| !text.is_empty() && !sending.get_untracked()) else { return };
        sending.set(true);
        spawn_local(async move {
            if call.say(&text).await {
                desk.draft.set(String::new());
            } else {
                meeting.tell(words::chat_unsent(lang).to_owned());
            }
            sending.set(false);
            page::focus("say");
        });
    };
    let key = move |event: KeyboardEvent| {
        // While a word is being composed (Japanese, Korean, …), Enter ends the word, not the message.
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            send();
        }
    };
    let allowed = derived(move || meeting.rights.get().chat);
    let hint = move || if allowed.get() { words::say(lang) } else { words::chat_forbidden(lang) };
    view! {
        <form
            class="aside__foot say"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <label class="sr" for="say">
                {words::say(lang)}
            </label>
            <textarea
                class="input"
                id="say"
                rows="1"
                dir="auto"
                maxlength=LONGEST
                placeholder=hint
                disabled=flag(move || !allowed.get())
                prop:value=desk.draft
                on:input=move |event| desk.draft.set(event_target_value(&event))
                on:keydown=key
            ></textarea>
            <button
                id="send"
                class="button button--primary"
                aria-label=words::send(lang)
                disabled=flag(move || !allowed.get())
            >
                <Icon name=IconName::Send />
            </button>
        </form>
    }
}
