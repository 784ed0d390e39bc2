//! Name, language, time zone, theme.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, account, pages},
    users::{model::LONGEST_NAME, timezone},
};

use crate::{
    pages::notice::FormNotice,
    ui::{Crumb, Field, FormState, Select},
};

/// The form; its values are the account's, or what was just typed.
#[component]
pub fn ProfileForm(
    /// Language.
    lang: Lang,
    /// Fields `name`, `language`, `timezone`, `theme`.
    form: FormState,
) -> impl IntoView {
    let plain = |value: &str, text: &str| (value.to_owned(), text.to_owned(), None);
    let spoken = Lang::ALL
        .iter()
        .map(|each| (each.code().to_owned(), pages::this_language(*each).to_owned(), Some(each.code())));
    let languages = std::iter::once(plain("", account::like_browser(lang))).chain(spoken).collect();
    let mut zones: Vec<_> = timezone::choices().into_iter().map(|zone| plain(zone, zone)).collect();
    let zone = form.value("timezone");
    // One that a client set in its old spelling stays until it is changed.
    if timezone::exists(&zone) && !zones.iter().any(|(name, ..)| *name == zone) {
        zones.insert(0, plain(&zone, &zone));
    }
    let themes = vec![
        plain("", pages::theme_system(lang)),
        plain("light", pages::theme_light(lang)),
        plain("dark", pages::theme_dark(lang)),
    ];
    let (language, theme) = (form.value("language"), form.value("theme"));
    view! {
        <main class="task" id="main">
            <Crumb to="/account" title=pages::account(lang) />
            <h1>{account::profile_title(lang)}</h1>
            <form class="fields" method="post" action="/account/profile">
                <FormNotice lang form=form.clone() />
                <Field
                    lang
                    form=form.clone()
                    name="name"
                    autocomplete="name"
                    label=pages::your_name(lang)
                    hint=pages::your_name_hint(lang)
                    longest=u16::try_from(LONGEST_NAME).unwrap_or(u16::MAX)
                />
                <Select
                    lang
                    form=form.clone()
                    name="language"
                    label=pages::language(lang)
                    options=languages
                    chosen=language
                />
                <Select
                    lang
                    form=form.clone()
                    name="timezone"
                    label=account::timezone(lang)
                    hint=account::timezone_hint(lang)
                    options=zones
                    chosen=zone
                />
                <Select lang form name="theme" label=pages::theme(lang) options=themes chosen=theme />
                <button class="button button--primary">{pages::save(lang)}</button>
            </form>
        </main>
    }
}
