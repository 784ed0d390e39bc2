//! Those who were removed or blocked, and the way back.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, door},
    rooms::removals::Removal,
};

use crate::pages::account::when::when;

/// Somebody as the list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Out {
    key: String,
    name: String,
    blocked: bool,
    since: String,
}

impl Out {
    /// Times by the clock of `zone`.
    pub fn of(lang: Lang, removal: Removal, zone: &str) -> Self {
        Self {
            key: removal.id.to_string(),
            since: when(lang, removal.created_at, zone),
            blocked: removal.blocked,
            name: removal.name,
        }
    }
}

/// The list, or that nobody is on it.
#[component]
pub fn Removed(lang: Lang, action: String, out: Vec<Out>) -> impl IntoView {
    let list = if out.is_empty() {
        view! { <p class="quiet">{door::removed_none(lang)}</p> }.into_any()
    } else {
        let rows = out.into_iter().map(|out| view! { <OutRow lang action=action.clone() out /> });
        view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section" id="removed">
            <h2>{door::removed(lang)}</h2>
            <p>{door::removed_lead(lang)}</p>
            {list}
        </section>
    }
}

#[component]
fn OutRow(lang: Lang, action: String, out: Out) -> impl IntoView {
    let name = format!("\u{2068}{}\u{2069}", out.name);
    let (since, button, label) = if out.blocked {
        (door::blocked_since(lang, out.since), door::unblock(lang), door::unblock_name(lang, name))
    } else {
        (door::removed_since(lang, out.since), door::let_back(lang), door::let_back_name(lang, name))
    };
    view! {
        <li class="row row--room">
            <div>
                <span class="row__title" dir="auto">
                    {out.name}
                </span>
                <p class="row__sub">{since}</p>
            </div>
            <form class="row__end" method="post" action=action>
                <input type="hidden" name="removal" value=out.key />
                <button class="button" name="do" value="let-back" aria-label=label>
                    {button}
                </button>
            </form>
        </li>
    }
}
