//! Where the pictures are: tiles that fill the space, or a shared screen with people beside it.

use super::{Desk, focus, share, tile::Tile};
use crate::meeting::lean::{derived, each, flag, maybe, part, press, text, when};
use crate::{
    meeting::{
        arrange::{self, Shown},
        layout::{self, Grid},
    },
    ui::icon::{Icon, IconName},
};
use leptos::{leptos_dom::helpers::window_event_listener_untyped, prelude::*};
use visavis::i18n::meeting as words;
use wasm_bindgen::JsCast;

/// The stage.
#[component]
pub fn Stage(desk: Desk) -> impl IntoView {
    let shown = share::shown(desk);
    let (large, small) = (RwSignal::<Vec<String>>::default(), RwSignal::<Vec<String>>::default());
    hear(desk);
    Effect::new(move || {
        let (now_large, now_small) = arranged(desk, shown.get().is_some());
        for (kept, now) in [(large, now_large), (small, now_small)] {
            if kept.with_untracked(|kept| *kept != now) {
                kept.set(now);
            }
        }
    });
    let focused = derived(move || large.with(|large| !large.is_empty()));
    view! {
        {part(move || match (shown.get(), focused.get()) {
            (Some(identity), _) => view! { <share::Share desk identity people=small /> }.into_any(),
            (None, true) => view! { <focus::Focus desk large small /> }.into_any(),
            (None, false) => view! { <Tiles desk shown=small /> }.into_any(),
        })}
    }
}

/// Scripts say what one chose to see (`app/js/picture/view.ts`), and in a line each whom hosts show to all.
fn hear(desk: Desk) {
    let heard = window_event_listener_untyped("visavis-view", move |event| {
        let said = event.unchecked_into::<web_sys::CustomEvent>().detail().as_string().unwrap_or_default();
        let mut lines = said.split('\n').map(str::to_owned);
        desk.view.set(lines.next().unwrap_or_default());
        desk.spotlight.set(lines.collect());
    });
    on_cleanup(move || heard.remove());
}

/// Who is large and who is small; beside a shared screen nobody is large.
fn arranged(desk: Desk, screen: bool) -> (Vec<String>, Vec<String>) {
    let people = desk.meeting.people;
    let order = people.order.get();
    let about =
        |identity: &str| people.get(identity).map_or((false, false), |person| person.with(|p| (p.own, p.camera)));
    let shown = |identity| {
        let (own, picture) = about(identity);
        Shown { identity, own, picture }
    };
    let all: Vec<_> = order.iter().map(|identity| shown(identity.as_str())).collect();
    let here = |one: &String| order.contains(one);
    let mut pinned = desk.pinned.get();
    pinned.retain(here);
    if pinned.is_empty() {
        pinned = desk.spotlight.get();
        pinned.retain(here);
    }
    let flags = desk.view.get();
    let chosen = arrange::Chosen { flags: &flags, pinned: &pinned };
    if screen {
        return (Vec::new(), arrange::beside(&all, chosen));
    }
    arrange::arrange(&all, chosen, people.speaker.get().as_deref())
}

/// Everybody, in pages where there are too many.
#[component]
fn Tiles(desk: Desk, shown: RwSignal<Vec<String>>) -> impl IntoView {
    let count = derived(move || shown.with(Vec::len));
    let size = derived(move || desk.stage.get().page().min(arrange::most(&desk.view.get())));
    let pages = derived(move || count.get().div_ceil(size.get()).max(1));
    let page = derived(move || desk.page.get().min(pages.get() - 1));
    let visible = move || {
        let (size, page) = (size.get(), page.get());
        shown.with(|order| order.iter().skip(page * size).take(size).cloned().collect::<Vec<_>>())
    };
    // Every page has the grid of a full one, so that tiles do not jump while paging.
    let tiles = derived(move || if pages.get() > 1 { size.get() } else { count.get() });
    let grid = Memo::new(move |before: Option<&Grid>| layout::choose(desk.stage.get(), tiles.get(), before.copied()));
    bring_speakers_into_sight(desk, size);
    view! {
        <ul
            class="tiles"
            class:is-one=flag(move || tiles.get() == 1)
            style=("--cols", text(move || grid.get().cols.to_string()))
            style=("--rows", text(move || grid.get().rows.to_string()))
        >
            {each(visible, move |identity| view! { <Tile desk identity /> }.into_any())}
        </ul>
        {when(move || { pages.get() > 1 }, move || view! { <Pager desk page pages /> })}
    }
}

/// Whoever speaks on a later page comes to the first.
fn bring_speakers_into_sight(desk: Desk, size: Memo<usize>) {
    let people = desk.meeting.people;
    Effect::new(move || {
        let (order, size) = (people.order.get(), size.get());
        for identity in order.iter().skip(size) {
            let speaking = people.get(identity).is_some_and(|person| person.with(|p| p.speaking && !p.own));
            if speaking {
                return people.bring_into_sight(identity, size);
            }
        }
    });
}

#[component]
fn Pager(desk: Desk, page: Memo<usize>, pages: Memo<usize>) -> impl IntoView {
    let lang = desk.meeting.lang;
    view! {
        <nav class="pager" aria-label=words::pages(lang)>
            <button
                class="icon-button is-back"
                type="button"
                aria-label=words::page_back(lang)
                aria-disabled=maybe(move || (page.get() == 0).then_some("true"))
                on:click=press(move || desk.page.set(page.get_untracked().saturating_sub(1)))
            >
                <Icon name=IconName::Chevron />
            </button>
            <span class="num">{part(move || words::page_of(lang, page.get() + 1, pages.get()))}</span>
            <button
                class="icon-button"
                type="button"
                aria-label=words::page_on(lang)
                aria-disabled=maybe(move || (page.get() + 1 == pages.get()).then_some("true"))
                on:click=press(move || desk.page.set((page.get_untracked() + 1).min(pages.get_untracked() - 1)))
            >
                <Icon name=IconName::Chevron />
            </button>
        </nav>
    }
}
