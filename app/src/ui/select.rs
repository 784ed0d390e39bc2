//! A choice among many, in the browser's own list.

use leptos::prelude::*;
use visavis::i18n::Lang;

use super::{
    FormState,
    field::{FieldError, FieldHint, described_by},
    icon::{Icon, IconName},
};

/// A list to choose one of, with its label, hint and error.
#[component]
pub fn Select(
    /// Language of the error's sentence.
    lang: Lang,
    /// What was wrong, taken by `name`.
    form: FormState,
    /// Name in the request, and id in the page.
    name: &'static str,
    /// What it is.
    label: &'static str,
    /// One sentence that helps.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Value, what is shown, and its language when it is another than the page's.
    options: Vec<(String, String, Option<&'static str>)>,
    /// The value that is chosen now.
    chosen: String,
) -> impl IntoView {
    let error = form.error(lang, name);
    let described = described_by(name, error.is_some(), hint.is_some());
    let items = options.into_iter().map(move |(value, text, language)| {
        let selected = value == chosen;
        view! {
            <option value=value selected=selected lang=language>
                {text}
            </option>
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <div class="select">
                <select
                    class="input"
                    id=name
                    name=name
                    aria-invalid=error.map(|_| "true")
                    aria-describedby=described
                >
                    {items.collect_view()}
                </select>
                <Icon name=IconName::Chevron />
            </div>
            {error.map(|text| view! { <FieldError name text /> })}
            {hint.map(|text| view! { <FieldHint name text /> })}
        </div>
    }
}
