//! The log of a room, a line each.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, audit, rooms},
    moderation::log::told::Told,
    rooms::model::Room,
};

use crate::{
    pages::account::when::when,
    ui::{
        Crumb,
        icon::{Icon, IconName},
    },
};

/// One line, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    sentence: String,
    at: String,
    /// For programs.
    machine: String,
}

impl Row {
    /// Times by the clock of `zone`.
    pub fn of(lang: Lang, told: &Told, zone: &str) -> Self {
        let machine = told.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        Self { sentence: told.sentence(lang), at: when(lang, told.at, zone), machine }
    }
}

/// The page.
#[component]
pub fn LogPage(
    /// Language.
    lang: Lang,
    /// The room.
    room: Room,
    /// The latest first.
    rows: Vec<Row>,
    /// Which page, from 1.
    page: i64,
    /// How many there are.
    pages: i64,
    /// How many days a line is kept.
    days: u32,
) -> impl IntoView {
    let path = format!("/{}", room.slug);
    let list = if rows.is_empty() {
        view! { <p class="quiet">{audit::empty(lang)}</p> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| {
            view! {
                <li class="row row--log">
                    <p>{row.sentence}</p>
                    <time class="row__when" datetime=row.machine>
                        {row.at}
                    </time>
                </li>
            }
        });
        let file = format!("{path}/log.csv");
        view! {
            <ul class="rows">{rows.collect_view()}</ul>
            <Pages lang path=format!("{path}/log") page pages />
            <p class="line">
                <a class="button" href=file>
                    <Icon name=IconName::Download />
                    {audit::download(lang)}
                </a>
            </p>
        }
        .into_any()
    };
    view! {
        <main class="task task--log" id="main">
            <Crumb to=format!("{path}/settings") title=rooms::settings(lang) />
            <h1>{audit::title(lang)}</h1>
            <p dir="auto">{audit::lead(lang, days, format!("\u{2068}{}\u{2069}", room.name))}</p>
            {list}
        </main>
    }
}

/// The way to the other pages.
#[component]
fn Pages(lang: Lang, path: String, page: i64, pages: i64) -> impl IntoView {
    let way = |there: bool, to: i64, class: &'static str, word: &'static str| {
        there.then(|| {
            view! {
                <a class=class href=format!("{path}?page={to}")>
                    {word}
                </a>
            }
        })
    };
    let before = way(page > 1, page - 1, "button", rooms::page_before(lang));
    let after = way(page < pages, page + 1, "button pager__after", rooms::page_after(lang));
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=rooms::pages(lang)>
                {before} <span class="quiet">{rooms::page_of(lang, page, pages)}</span> {after}
            </nav>
        }
    })
}
