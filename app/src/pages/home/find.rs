//! Finding one room among many.

use leptos::prelude::*;
use visavis::i18n::{Lang, rooms};

use crate::{
    pages::path::escaped,
    ui::icon::{Icon, IconName},
};

/// From how many rooms on one looks for them by their names.
const MANY: usize = 10;

/// What was looked for, and what of it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was typed.
    pub text: String,
    /// Which page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many rooms match.
    pub found: usize,
    /// How many rooms there are.
    pub all: usize,
}

impl Found {
    /// The address of a page of the same search.
    fn at(&self, page: usize) -> String {
        if self.text.is_empty() { format!("/?page={page}") } else { format!("/?q={}&page={page}", escaped(&self.text)) }
    }
}

/// The field, where there are many rooms.
#[component]
pub fn Search(lang: Lang, found: Found) -> impl IntoView {
    (found.all > MANY || !found.text.is_empty()).then(|| {
        view! {
            <form class="field" role="search" action="/">
                <label class="sr" for="q">
                    {rooms::search(lang)}
                </label>
                <div class="joined">
                    <input
                        class="input"
                        id="q"
                        name="q"
                        type="search"
                        value=found.text
                        placeholder=rooms::search(lang)
                        autocomplete="off"
                        enterkeyhint="search"
                        maxlength="200"
                    />
                    <button class="button">
                        <Icon name=IconName::Search />
                        <span class="sr">{rooms::search_button(lang)}</span>
                    </button>
                </div>
            </form>
        }
    })
}

/// The way to the other pages.
#[component]
pub fn Pages(lang: Lang, found: Found) -> impl IntoView {
    let way = |to: Option<usize>, class: &'static str, word: &'static str| {
        to.map(|to| {
            view! {
                <a class=class href=found.at(to)>
                    {word}
                </a>
            }
        })
    };
    let before = way((found.page > 1).then(|| found.page - 1), "button", rooms::page_before(lang));
    let after = way((found.page < found.pages).then(|| found.page + 1), "button pager__after", rooms::page_after(lang));
    (found.pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=rooms::pages(lang)>
                {before} <span class="quiet">{rooms::page_of(lang, found.page, found.pages)}</span> {after}
            </nav>
        }
    })
}

/// Nothing matches.
#[component]
pub fn NothingFound(lang: Lang, text: String) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{rooms::found_none(lang, format!("\u{2068}{text}\u{2069}"))}</h2>
            <p>{rooms::found_none_lead(lang)}</p>
            <a class="button" href="/">
                {rooms::search_all(lang)}
            </a>
        </div>
    }
}
