//! Signing in by password.

use leptos::prelude::*;
use visavis::i18n::{Lang, account, pages};

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
    /// A link can be sent by e-mail.
    mail: bool,
) -> impl IntoView {
    // The password is no part of this: the browser must not insist on it.
    let by_mail = mail.then(|| {
        view! {
            <button class="button button--wide" formaction="/sign-in/link" formnovalidate>
                {account::link_by_mail(lang)}
            </button>
        }
    });
    let help = if mail { account::sign_in_help_mail(lang) } else { pages::sign_in_help(lang) };
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
                {by_mail}
            </form>
            <p class="quiet small section">{help}</p>
        </main>
    }
}
