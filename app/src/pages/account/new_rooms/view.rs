//! Who comes into one's new rooms, and what people may do in them.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, account, lobby, pages, rooms},
    rooms::rights::Rights,
    users::defaults::AccessLevel,
};

use crate::{
    pages::{
        notice::FormNotice,
        settings::{Switch, SwitchProps},
    },
    ui::{Crumb, FieldError, FormState},
};

fn title(lang: Lang, level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::Public => lobby::level_public(lang),
        AccessLevel::Trusted => lobby::level_trusted(lang),
        AccessLevel::Restricted => lobby::level_restricted(lang),
    }
}

/// The form.
#[component]
pub fn NewRooms(
    /// Language.
    lang: Lang,
    /// Field `access_level`.
    form: FormState,
    /// What the account prefers; none: what is usual here.
    level: Option<AccessLevel>,
    /// What is usual here.
    usual: AccessLevel,
    /// What people may do.
    rights: Rights,
) -> impl IntoView {
    let choice = move |value: Option<AccessLevel>, title: String| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="access_level"
                    value=value.map_or("", AccessLevel::as_str)
                    checked=value == level
                />
                <b>{title}</b>
            </label>
        }
    };
    let levels = [AccessLevel::Public, AccessLevel::Trusted, AccessLevel::Restricted];
    let choices = levels.into_iter().map(|level| choice(Some(level), title(lang, level).to_owned())).collect_view();
    let switch = |name, label, hint, on| Switch(SwitchProps { name, label, hint, on });
    let error = form.error(lang, "access_level");
    view! {
        <main class="task" id="main">
            <Crumb to="/account" title=pages::account(lang) />
            <h1>{account::new_rooms_title(lang)}</h1>
            <p>{account::new_rooms_lead(lang)}</p>
            <form class="fields" method="post" action="/account/rooms">
                <FormNotice lang form />
                <h2>{lobby::who_comes_in(lang)}</h2>
                <fieldset class="choices">
                    <legend class="sr">{lobby::who_comes_in(lang)}</legend>
                    {choice(None, account::new_rooms_usual(lang, title(lang, usual)))}
                    {choices}
                </fieldset>
                {error.map(|text| view! { <FieldError name="access_level" text /> })}
                <h2>{rooms::rights(lang)}</h2>
                <div class="switches" role="group" aria-label=rooms::rights(lang)>
                    {switch("microphone", rooms::right_microphone(lang), None, rights.microphone)}
                    {switch("camera", rooms::right_camera(lang), None, rights.camera)}
                    {switch("share", rooms::right_share(lang), Some(rooms::right_share_hint(lang)), rights.share)}
                    {switch("mute", rooms::right_mute(lang), None, rights.mute)}
                </div>
                <button class="button button--primary">{pages::save(lang)}</button>
            </form>
        </main>
    }
}
