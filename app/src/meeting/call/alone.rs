//! Nobody else is here: the link to send.

use super::Desk;
use crate::meeting::lean::{part, press};
use crate::ui::icon::{Icon, IconName};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// The invitation.
#[component]
pub fn Alone(desk: Desk) -> impl IntoView {
    let lang = desk.meeting.lang;
    let link = desk.meeting.given(|given| given.room_link.clone());
    let shown = link.split_once("://").map_or(link.clone(), |(_, rest)| rest.to_owned());
    view! {
        <section class="alone" aria-label=words::invite(lang)>
            <h2>{words::alone_title(lang)}</h2>
            <p>{words::alone_text(lang)}</p>
            <div class="link-box">
                <span class="ltr">{shown}</span>
                <button
                    id="copy-link"
                    class="icon-button"
                    class:is-done=desk.copied
                    type="button"
                    aria-label=words::copy_link(lang)
                    title=words::copy_link(lang)
                    on:click=press(move || desk.copy_link())
                >
                    {part(move || {
                        if desk.copied.get() {
                            view! { <Icon name=IconName::Check /> }
                        } else {
                            view! { <Icon name=IconName::Copy /> }
                        }
                    })}
                </button>
            </div>
        </section>
    }
}
