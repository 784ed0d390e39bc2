//! The one button, and what is said where there is nothing to open.

use leptos::prelude::*;
use visavis::i18n::{Lang, invitations, pages};

use crate::ui::Mark;

/// Where it leads, before anything is used.
#[component]
pub fn Opening(
    /// Language.
    lang: Lang,
    /// The instance's host.
    place: String,
    /// The room's name.
    name: String,
    /// Where the button posts to.
    action: String,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1 dir="auto">{name}</h1>
            <p>{invitations::guest_lead(lang, place)}</p>
            <form class="fields" method="post" action=action>
                <button class="button button--primary button--big button--wide">{invitations::guest_button(lang)}</button>
            </form>
            <p class="quiet small section">{invitations::guest_note(lang)}</p>
        </main>
    }
}

/// It opens nothing, whatever the reason.
#[component]
pub fn Gone(
    /// Language.
    lang: Lang,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{invitations::gone_title(lang)}</h1>
            <p>{invitations::gone_lead(lang)}</p>
            <div class="line">
                <a class="button" href="/">
                    {pages::home(lang)}
                </a>
            </div>
        </main>
    }
}
