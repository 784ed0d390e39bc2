//! A one-time link: a question before it is used up, and what to do when it no longer works.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use crate::ui::Mark;

/// Names the account, so that nobody signs in as somebody else unawares. Looking at this page uses nothing up.
#[component]
pub fn LinkConfirm(
    /// Language.
    lang: Lang,
    /// Name of the account.
    name: String,
    /// E-mail address of the account, when the name is not it.
    email: Option<String>,
    /// Where the button posts to.
    action: String,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{pages::link_title(lang)}</h1>
            <p>{pages::link_lead(lang)}</p>
            <form class="fields" method="post" action=action>
                <button class="button button--primary button--big button--wide">
                    <bdi>{pages::link_button(lang, name)}</bdi>
                </button>
                {email
                    .map(|email| {
                        view! {
                            <p class="quiet small">
                                <bdi>{email}</bdi>
                            </p>
                        }
                    })}
            </form>
            <p class="quiet small section">{pages::link_not_you(lang)}</p>
        </main>
    }
}

/// The link was used, is too old, or never was one.
#[component]
pub fn LinkSpent(
    /// Language.
    lang: Lang,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{pages::spent_title(lang)}</h1>
            <p>{pages::spent_lead(lang)}</p>
            <div class="line">
                <a class="button button--primary" href="/sign-in">
                    {pages::sign_in(lang)}
                </a>
                <a class="button" href="/">
                    {pages::home(lang)}
                </a>
            </div>
        </main>
    }
}
