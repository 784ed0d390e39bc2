//! Who comes in without being asked: on the room's settings, and at its door.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, lobby},
    rooms::model::AccessLevel,
};

use crate::ui::FormState;

/// The form; its button says `do=level`.
#[component]
pub fn Level(
    /// Language.
    lang: Lang,
    /// What was wrong.
    form: FormState,
    /// Where it goes.
    action: String,
    /// What holds now.
    level: AccessLevel,
) -> impl IntoView {
    let choice = move |value: AccessLevel, title: &'static str, hint: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="access_level" value=value.as_str() checked=value == level />
                <b>{title}</b>
                <span class="choice__hint">{hint}</span>
            </label>
        }
    };
    let error = form.error(lang, "access_level");
    view! {
        <form class="section fields" id="level" method="post" action=action>
            <h2>{lobby::who_comes_in(lang)}</h2>
            <fieldset class="choices">
                <legend class="sr">{lobby::who_comes_in(lang)}</legend>
                {choice(AccessLevel::Public, lobby::level_public(lang), lobby::level_public_hint(lang))}
                {choice(AccessLevel::Trusted, lobby::level_trusted(lang), lobby::level_trusted_hint(lang))}
                {choice(AccessLevel::Restricted, lobby::level_restricted(lang), lobby::level_restricted_hint(lang))}
            </fieldset>
            {error.map(|text| view! { <p class="field__error">{text}</p> })}
            <button class="button" name="do" value="level">
                {lobby::save(lang)}
            </button>
        </form>
    }
}
