//! One's own e-mail address.

use leptos::prelude::*;
use visavis::i18n::{Lang, account, pages};

use crate::{
    pages::{account::leave::SignInAgain, notice::FormNotice},
    ui::{Crumb, CurrentPassword, Field, FormState, Mark},
};

/// The address now, and the form for another.
#[component]
pub fn Address(
    /// Language.
    lang: Lang,
    /// Fields `email` and `current`.
    form: FormState,
    /// The address now, in words.
    now: String,
    /// The password is asked for.
    has_password: bool,
    /// Whether who sits here has shown to be the account's owner, or can.
    may: bool,
) -> impl IntoView {
    let body = if may {
        view! { <AddressForm lang form has_password /> }.into_any()
    } else {
        view! { <SignInAgain lang form next="/account/email" /> }.into_any()
    };
    view! {
        <main class="task" id="main">
            <Crumb to="/account" title=pages::account(lang) />
            <h1>{account::address_title(lang)}</h1>
            <p dir="auto">{now}</p>
            <p class="quiet">{account::address_lead(lang)}</p>
            {body}
        </main>
    }
}

#[component]
fn AddressForm(lang: Lang, form: FormState, has_password: bool) -> impl IntoView {
    let password = has_password.then(|| view! { <CurrentPassword lang form=form.clone() /> });
    view! {
        <form class="fields" method="post" action="/account/email">
            <FormNotice lang form=form.clone() />
            <Field lang form name="email" kind="email" autocomplete="email" label=pages::email(lang) />
            {password}
            <button class="button button--primary">{account::address_button(lang)}</button>
        </form>
    }
}

/// A question before the link is used up: programs that check links must not confirm anything.
#[component]
pub fn Confirm(
    /// Language.
    lang: Lang,
    /// The address.
    email: String,
    /// Where the button posts to.
    action: String,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{account::address_is_yours(lang)}</h1>
            <p>
                <bdi>{email.clone()}</bdi>
            </p>
            <form class="fields" method="post" action=action>
                <button class="button button--primary button--big button--wide">
                    {account::address_confirm(lang, email)}
                </button>
            </form>
        </main>
    }
}

/// The link was used, is too old, or is not for this account.
#[component]
pub fn Spent(
    /// Language.
    lang: Lang,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{account::address_spent_title(lang)}</h1>
            <p>{account::address_spent_lead(lang)}</p>
            <div class="line">
                <a class="button button--primary" href="/account/email">
                    {account::address_title(lang)}
                </a>
            </div>
        </main>
    }
}
