//! One's own account.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use crate::{
    pages::notice::FormNotice,
    ui::{Field, FormState},
};

/// Name and address, the password, the way out.
#[component]
pub fn Account(
    /// Language.
    lang: Lang,
    /// Fields `current` and `password`.
    form: FormState,
    /// What others see.
    name: String,
    /// The address it signs in with.
    email: Option<String>,
    /// A password is set, so the current one is asked for.
    has_password: bool,
    /// Fewest characters of a password.
    least: usize,
) -> impl IntoView {
    let (title, lead) = if has_password {
        (pages::password_change_title(lang), None)
    } else {
        (pages::password_set_title(lang), Some(pages::password_set_lead(lang)))
    };
    let current = has_password.then(|| {
        view! {
            <Field
                lang
                form=form.clone()
                name="current"
                kind="password"
                autocomplete="current-password"
                label=pages::password_current(lang)
                longest=1024
            />
        }
    });
    view! {
        <main class="task" id="main">
            <h1 dir="auto">{name}</h1>
            {email.map(|email| view! { <p>{pages::account_lead(lang, email)}</p> })}
            <section class="section">
                <h2>{title}</h2>
                {lead.map(|lead| view! { <p class="quiet">{lead}</p> })}
                <form class="fields" method="post" action="/account">
                    <FormNotice lang form=form.clone() />
                    {current}
                    <Field
                        lang
                        form=form.clone()
                        name="password"
                        kind="password"
                        autocomplete="new-password"
                        longest=1024
                        label=pages::password_new(lang)
                        hint=pages::password_hint(lang, least)
                    />
                    <button class="button button--primary">{pages::save(lang)}</button>
                </form>
            </section>
            <form class="section" method="post" action="/sign-out">
                <button class="button">{pages::sign_out(lang)}</button>
            </form>
        </main>
    }
}
