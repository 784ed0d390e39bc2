//! What somebody without an account reads at a room that asks for one: before the camera opens, and without script.

use leptos::prelude::*;
use visavis::i18n::{Lang, door, pages};

use crate::{pages::path, ui::Mark};

/// The way to sign in, and back here.
#[component]
pub fn AccountNeeded(
    /// Language.
    lang: Lang,
    /// What the room is called.
    name: String,
    /// Where one comes back to.
    back: String,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1 dir="auto">{name}</h1>
            <p>{door::account_needed(lang)}</p>
            <div class="line">
                <a class="button button--primary" href=path::sign_in(&back)>
                    {pages::sign_in(lang)}
                </a>
                <a class="button button--quiet" href="/">
                    {pages::home(lang)}
                </a>
            </div>
        </main>
    }
}
