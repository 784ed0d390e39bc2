//! Somebody large, the others in a strip.

use super::{Desk, tile::Tile};
use crate::meeting::{
    layout::{self, Grid, Stage},
    lean::{derived, each, flag, text},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// Those who are large share the space beside the strip.
#[component]
pub fn Focus(desk: Desk, large: RwSignal<Vec<String>>, small: RwSignal<Vec<String>>) -> impl IntoView {
    let lang = desk.meeting.lang;
    let count = derived(move || large.with(Vec::len));
    // The strip takes about a fifth; the style sheet knows exactly, and the shape is all that matters here.
    let stage = derived(move || {
        let all = desk.stage.get();
        if all.width < all.height {
            Stage { height: all.height * 0.6, ..all }
        } else {
            Stage { width: all.width * 0.82, ..all }
        }
    });
    let grid = Memo::new(move |before: Option<&Grid>| layout::choose(stage.get(), count.get(), before.copied()));
    view! {
        <div class="share">
            <div class="focus">
                <ul
                    class="tiles"
                    class:is-one=flag(move || count.get() == 1)
                    style=("--cols", text(move || grid.get().cols.to_string()))
                    style=("--rows", text(move || grid.get().rows.to_string()))
                >
                    {each(move || large.get(), move |identity| view! { <Tile desk identity /> }.into_any())}
                </ul>
            </div>
            <ul class="strip" tabindex="0" aria-label=words::people(lang)>
                {each(move || small.get(), move |identity| view! { <Tile desk identity /> }.into_any())}
            </ul>
        </div>
    }
}
