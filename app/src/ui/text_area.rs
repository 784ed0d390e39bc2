//! Several lines of text with their label, hint and error.

use leptos::prelude::*;
use visavis::i18n::Lang;

use super::{
    FormState,
    field::{FieldError, FieldHint, described_by},
};

/// The same as the inside of a `textarea`, into which Leptos writes what it is given as it is: a text with `</textarea>…` would go on
/// as HTML. A first line that is empty would be lost, as the parser drops it.
pub fn inside(text: &str) -> String {
    let first = if text.starts_with('\n') { "\n" } else { "" };
    format!("{first}{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// A field of several lines.
#[component]
pub fn TextArea(
    /// Language of the error's sentence.
    lang: Lang,
    /// What was typed and what was wrong, taken by `name`.
    form: FormState,
    /// Name in the request, and id in the page.
    name: &'static str,
    /// What it is.
    label: &'static str,
    /// One sentence that helps.
    hint: &'static str,
    /// What exactly is wrong, beside the sentence that says so.
    #[prop(optional_no_strip)]
    detail: Option<String>,
    /// Lines that are seen at first.
    rows: u8,
    /// The browser refuses to send the form without it.
    required: bool,
    /// Most characters it takes.
    longest: usize,
) -> impl IntoView {
    let error = form.error(lang, name);
    let described = described_by(name, error.is_some(), true);
    let described = described.map(|ids| if detail.is_some() { format!("{name}-detail {ids}") } else { ids });
    let detail = detail.map(|text| {
        view! {
            <p class="field__error" id=format!("{name}-detail") dir="auto">
                {text}
            </p>
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <textarea
                class="input"
                id=name
                name=name
                rows=rows
                dir="auto"
                autocomplete="off"
                maxlength=longest
                required=required
                aria-invalid=error.map(|_| "true")
                aria-describedby=described
                inner_html=inside(&form.value(name))
            ></textarea>
            {error.map(|text| view! { <FieldError name text /> })}
            {detail}
            <FieldHint name text=hint />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_textarea() {
        assert_eq!(inside("</textarea><b>&lt;"), "&lt;/textarea&gt;&lt;b&gt;&amp;lt;");
        assert_eq!(inside("\na"), "\n\na");
    }
}
