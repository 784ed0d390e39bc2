//! One's own account.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, account, pages},
    users::model::User,
};

use crate::{
    pages::notice::FormNotice,
    ui::{CurrentPassword, Field, FormState},
};

/// Name and address, the pages below, the password, the way out.
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
    /// Language and time zone, in words.
    profile: String,
    /// The address, in words, where it can be changed.
    address: Option<String>,
) -> impl IntoView {
    let (title, lead) = if has_password {
        (pages::password_change_title(lang), None)
    } else {
        (pages::password_set_title(lang), Some(pages::password_set_lead(lang)))
    };
    let current = has_password.then(|| view! { <CurrentPassword lang form=form.clone() /> });
    view! {
        <main class="task" id="main">
            <h1 dir="auto">{name}</h1>
            {email.map(|email| view! { <p>{pages::account_lead(lang, email)}</p> })}
            <ul class="rows">
                <Part to="/account/profile" title=account::profile_title(lang) sub=profile />
                {address
                    .map(|sub| view! { <Part to="/account/email" title=account::address_title(lang) sub /> })}
                <Part to="/account/rooms" title=account::new_rooms_title(lang) sub=account::new_rooms_sub(lang) />
                <Part to="/account/sessions" title=account::places_title(lang) sub=account::places_sub(lang) />
                <Part to="/account/data" title=account::data_title(lang) sub=account::data_sub(lang) />
            </ul>
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

/// The address now, and whether mail to it has been shown to arrive.
pub fn address(lang: Lang, user: &User) -> String {
    match &user.email {
        Some(email) if user.email_verified_at.is_some() => account::address_verified(lang, email),
        Some(email) => account::address_unverified(lang, email),
        None => account::address_none(lang).to_owned(),
    }
}

/// A page below this one.
#[component]
fn Part(to: &'static str, title: &'static str, #[prop(into)] sub: String) -> impl IntoView {
    view! {
        <li class="row">
            <div>
                <a class="row__title" href=to>
                    {title}
                </a>
                <p class="row__sub" dir="auto">
                    {sub}
                </p>
            </div>
        </li>
    }
}
