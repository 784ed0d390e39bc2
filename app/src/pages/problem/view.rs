//! Pages for what went wrong: what happened, that nothing is lost, what to do now, and a code to quote.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use crate::ui::{CodeField, FormState, Mark};

/// No room has this link.
#[component]
pub fn NotFound(
    /// Language.
    lang: Lang,
    /// Field `code`, filled with what was asked for.
    form: FormState,
    /// Short code to quote.
    code: String,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{pages::lost_title(lang)}</h1>
            <p>{pages::lost_lead(lang)}</p>
            <form class="field" method="post" action="/join">
                <CodeField
                    lang
                    form
                    label=pages::lost_field(lang)
                    button=pages::try_again(lang)
                    class="button button--primary"
                />
                <p class="field__hint">{pages::lost_hint(lang, "abc-defg-hij", "monday-round")}</p>
            </form>
            <Quote lang code />
        </main>
    }
}

/// Anything else, by its HTTP status.
#[component]
pub fn Problem(
    /// Language.
    lang: Lang,
    /// HTTP status.
    status: u16,
    /// Short code to quote.
    code: String,
) -> impl IntoView {
    let (title, lead) = words(lang, status);
    view! {
        <main class="task" id="main">
            <Mark />
            <h1>{title}</h1>
            <p>{lead}</p>
            <div class="line">
                <a class="button button--primary" href="/">
                    {pages::home(lang)}
                </a>
            </div>
            <Quote lang code />
        </main>
    }
}

/// Title and sentence of a status.
pub fn words(lang: Lang, status: u16) -> (&'static str, &'static str) {
    match status {
        404 | 405 => (pages::missing_title(lang), pages::missing_lead(lang)),
        401 | 403 => (pages::problem_forbidden_title(lang), pages::problem_forbidden_lead(lang)),
        413 => (pages::problem_large_title(lang), pages::problem_large_lead(lang)),
        429 => (pages::problem_many_title(lang), pages::problem_many_lead(lang)),
        400..500 => (pages::problem_request_title(lang), pages::problem_request_lead(lang)),
        502..=504 => (pages::problem_away_title(lang), pages::problem_away_lead(lang)),
        _ => (pages::problem_title(lang), pages::problem_lead(lang)),
    }
}

#[component]
fn Quote(lang: Lang, code: String) -> impl IntoView {
    view! { <p class="quiet small section">{pages::quote_code(lang)}" "<span class="code">{code}</span></p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_its_words_in_every_language() {
        for status in [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 502, 503, 504] {
            let said: std::collections::BTreeSet<_> = Lang::ALL.iter().map(|lang| words(*lang, status)).collect();
            assert_eq!(said.len(), Lang::ALL.len(), "{status}: one language speaks like another");
        }
    }
}
