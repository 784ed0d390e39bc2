//! Labelled inputs whose errors are said beside them.

use leptos::prelude::*;

use super::{
    FormState,
    icon::{Icon, IconName},
};
use visavis::i18n::{Lang, pages};

/// One line of text with its label, hint and error.
#[component]
pub fn Field(
    /// Language of the error's sentence.
    lang: Lang,
    /// What was typed and what was wrong, taken by `name`. A password is never shown again.
    form: FormState,
    /// Name in the request, and id in the page.
    name: &'static str,
    /// What it is.
    #[prop(into)]
    label: String,
    /// One sentence that helps.
    #[prop(into, optional)]
    hint: Option<String>,
    /// HTML's input type.
    #[prop(default = "text")]
    kind: &'static str,
    /// HTML's autocomplete token.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The browser refuses to send the form without it.
    #[prop(default = true)]
    required: bool,
    /// Where the cursor waits when the page opens.
    #[prop(optional)]
    focus: bool,
    /// Most characters it takes.
    #[prop(default = 254)]
    longest: u16,
) -> impl IntoView {
    let error = form.error(lang, name);
    let value = (kind != "password").then(|| form.value(name));
    let described = described_by(name, error.is_some(), hint.is_some());
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <input
                class="input"
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                maxlength=longest
                required=required
                autofocus=focus
                aria-invalid=error.map(|_| "true")
                aria-describedby=described
            />
            {error.map(|text| view! { <FieldError name text /> })}
            {hint.map(|text| view! { <FieldHint name text /> })}
        </div>
    }
}

/// The field *Code or link* and its button, without the form around it.
#[component]
pub fn CodeField(
    /// Language of label and error.
    lang: Lang,
    /// What was typed and what was wrong.
    form: FormState,
    /// The label, when it is not *Code or link*.
    #[prop(optional)]
    label: Option<&'static str>,
    /// The label is only for those who cannot see the page; the placeholder says it too.
    #[prop(optional)]
    compact: bool,
    /// What the button says.
    button: &'static str,
    /// The class of the button.
    #[prop(default = "button button--primary button--big")]
    class: &'static str,
) -> impl IntoView {
    let error = form.error(lang, "code");
    let label = label.unwrap_or_else(|| pages::code_or_link(lang));
    let placeholder = if compact { label } else { "abc-defg-hij" };
    view! {
        <label class=if compact { "sr" } else { "field__label" } for="code">
            {label}
        </label>
        <div class="joined">
            <input
                class="input"
                id="code"
                name="code"
                dir="auto"
                value=form.value("code")
                placeholder=placeholder
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="go"
                required
                maxlength="2048"
                aria-invalid=error.map(|_| "true")
                aria-describedby=error.map(|_| "code-error")
            />
            <button class=class>{button}</button>
        </div>
        {error.map(|text| view! { <FieldError name="code" text /> })}
    }
}

/// What is wrong with a field, beside it.
#[component]
pub fn FieldError(name: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <p class="field__error" id=format!("{name}-error")>
            <Icon name=IconName::Warning />
            {text}
        </p>
    }
}

/// One sentence that helps, beside a field.
#[component]
pub(super) fn FieldHint(name: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <p class="field__hint" id=format!("{name}-hint")>
            {text}
        </p>
    }
}

/// The field *Current password*, `current`: before something that only the owner of the account may do.
#[component]
pub fn CurrentPassword(
    /// Language of label and error.
    lang: Lang,
    /// What was wrong.
    form: FormState,
) -> impl IntoView {
    view! {
        <Field
            lang
            form
            name="current"
            kind="password"
            autocomplete="current-password"
            label=pages::password_current(lang)
            longest=1024
        />
    }
}

/// The ids that a screen reader reads after the label; the error comes first.
pub(super) fn described_by(name: &str, error: bool, hint: bool) -> Option<String> {
    let ids = [(error, "error"), (hint, "hint")].into_iter().filter(|(there, _)| *there);
    let list = ids.map(|(_, part)| format!("{name}-{part}")).collect::<Vec<_>>().join(" ");
    (!list.is_empty()).then_some(list)
}
