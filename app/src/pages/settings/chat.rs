//! Who writes in the call, and who reads it later.

use leptos::prelude::*;
use visavis::i18n::{Lang, lobby};

use super::rights::{Switch, SwitchProps};

/// The two switches.
#[component]
pub fn Chat(lang: Lang, action: String, on: bool, kept: bool) -> impl IntoView {
    let write = SwitchProps { name: "chat", label: lobby::chat_on(lang), hint: Some(lobby::chat_on_hint(lang)), on };
    let keep = SwitchProps {
        name: "history",
        label: lobby::chat_keep(lang),
        hint: Some(lobby::chat_keep_hint(lang)),
        on: kept,
    };
    view! {
        <form class="section fields" id="chat" method="post" action=action>
            <h2>{lobby::chat(lang)}</h2>
            <div class="switches">{Switch(write)} {Switch(keep)}</div>
            <button class="button" name="do" value="chat">
                {lobby::save(lang)}
            </button>
        </form>
    }
}
