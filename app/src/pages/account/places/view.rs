//! The devices on which somebody is signed in.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, account, pages},
    sessions::{agent::Agent, mine::Place},
};

use crate::{
    pages::{account::when::when, notice::FormNotice, whole::whole},
    ui::{Crumb, FormState},
};

/// One device, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    key: String,
    device: String,
    since: String,
    seen: String,
    here: bool,
}

impl Row {
    /// What the page says of a session, by the clock of this time zone.
    pub fn of(lang: Lang, place: Place, zone: &str) -> Self {
        Self {
            key: place.key,
            device: device(lang, place.device),
            since: when(lang, place.since, zone),
            seen: when(lang, place.last_seen, zone),
            here: place.here,
        }
    }
}

/// The device in as many words as are known.
fn device(lang: Lang, agent: Agent) -> String {
    match (agent.browser, agent.system) {
        (Some(browser), Some(system)) => account::device(lang, browser, system),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => account::device_unknown(lang).to_owned(),
    }
}

/// The list, and the way to end what should not be.
#[component]
pub fn Places(
    /// Language.
    lang: Lang,
    /// What just happened.
    form: FormState,
    /// The latest used first.
    rows: Vec<Row>,
) -> impl IntoView {
    let others = rows.iter().any(|row| !row.here).then(|| {
        view! {
            <form class="section" method="post" action="/account/sessions/end">
                <button class="button">{account::places_end(lang)}</button>
            </form>
        }
    });
    view! {
        <main class="task" id="main">
            <Crumb to="/account" title=pages::account(lang) />
            <h1>{account::places_title(lang)}</h1>
            <p>{account::places_lead(lang)}</p>
            <FormNotice lang form />
            <ul class="rows">{rows.into_iter().map(|row| view! { <PlaceRow lang row /> }).collect_view()}</ul>
            {others}
        </main>
    }
}

#[component]
fn PlaceRow(lang: Lang, row: Row) -> impl IntoView {
    let end = if row.here {
        view! { <span class="badge badge--green">{account::this_device(lang)}</span> }.into_any()
    } else {
        let label = account::place_end_label(lang, &row.device, &row.seen);
        view! {
            <form method="post" action="/account/sessions/end">
                <input type="hidden" name="key" value=row.key />
                <button class="button" aria-label=label>
                    {account::place_end(lang)}
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="row row--room">
            <div class="row__main">
                <p class="row__title">{row.device}</p>
                <p class="row__sub">{account::place_seen(lang, whole(&row.seen))}</p>
                <p class="row__sub">{account::place_since(lang, whole(&row.since))}</p>
            </div>
            <div class="row__end">{end}</div>
        </li>
    }
}
