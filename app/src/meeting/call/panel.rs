//! The side panel; on a phone the same element is a sheet over the stage.

use super::{Desk, people::People};
use crate::meeting::lean::press;
use crate::{
    meeting::state::Panel,
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// One panel at a time.
#[component]
pub fn Side(desk: Desk, which: Panel) -> impl IntoView {
    let lang = desk.meeting.lang;
    let title = match which {
        Panel::People => words::people(lang),
        Panel::Chat => words::chat(lang),
    };
    view! {
        <aside class="aside" aria-label=title>
            <header class="aside__head">
                <h2>{title}</h2>
                <button
                    id="panel-close"
                    class="icon-button"
                    type="button"
                    aria-label=words::close(lang)
                    on:click=press(move || desk.close_panel())
                >
                    <Icon name=IconName::Close />
                </button>
            </header>
            {match which {
                Panel::People => view! { <People desk /> }.into_any(),
                // `app/js/chat`.
                Panel::Chat => view! { <call-chat></call-chat> }.into_any(),
            }}
        </aside>
    }
}
