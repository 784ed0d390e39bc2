//! The first account of an instance.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use crate::{
    pages::notice::FormNotice,
    ui::{Field, FormState, Mark},
};

/// E-mail address, name and, if wanted, a password.
#[component]
pub fn FirstAdmin(
    /// Language.
    lang: Lang,
    /// Fields `email`, `name`, `password`.
    form: FormState,
    /// Where it posts to.
    action: String,
    /// Fewest characters of a password.
    least: usize,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{pages::first_title(lang)}</h1>
            <p>{pages::first_lead(lang)}</p>
            <form class="fields" method="post" action=action>
                <FormNotice lang form=form.clone() />
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
                    form=form.clone()
                    name="name"
                    autocomplete="name"
                    required=false
                    longest=100
                    label=pages::your_name(lang)
                    hint=pages::your_name_hint(lang)
                />
                <Field
                    lang
                    form
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    required=false
                    longest=1024
                    label=pages::password_optional(lang)
                    hint=pages::password_optional_hint(lang, least)
                />
                <button class="button button--primary button--big button--wide">{pages::make_account(lang)}</button>
            </form>
        </main>
    }
}
