//! Signing in by password.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use crate::{
    pages::notice::FormNotice,
    ui::{Field, FormState},
};

/// E-mail address and password.
#[component]
pub fn SignIn(
    /// Language.
    lang: Lang,
    /// Fields `email` and `password`.
    form: FormState,
    /// The page to go to afterwards: a path of ours.
    next: String,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <h1>{pages::sign_in(lang)}</h1>
            <p>{pages::sign_in_lead(lang)}</p>
            <form class="fields" method="post" action="/sign-in">
                <FormNotice lang form=form.clone() />
                <input type="hidden" name="next" value=next />
                <Field
                    lang
                    form=form.clone()
                    name="email"
                    kind="email"
                    autocomplete="username"
                    label=pages::email(lang)
                    focus=true
                />
                <Field
                    lang
                    form
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    label=pages::password(lang)
                    longest=1024
                />
                <button class="button button--primary button--big button--wide">{pages::sign_in(lang)}</button>
            </form>
            <p class="quiet small section">{pages::sign_in_help(lang)}</p>
        </main>
    }
}
