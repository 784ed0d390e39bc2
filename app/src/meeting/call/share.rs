//! A shared screen: the picture as large as it gets, people in a strip.

use super::{Desk, tile::Tile, video::Video};
use crate::meeting::lean::{derived, each, press, when};
use crate::{
    interop::page,
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// Whose screen to show: the chosen one, else the first. The own one is not shown to oneself: it would be a hall of mirrors.
pub fn shown(desk: Desk) -> Memo<Option<String>> {
    derived(move || {
        let screens = others(desk);
        desk.shown.get().filter(|identity| screens.contains(identity)).or_else(|| screens.first().cloned())
    })
}

fn others(desk: Desk) -> Vec<String> {
    let people = desk.meeting.people;
    let own = |identity: &String| people.get(identity).is_some_and(|person| person.with_untracked(|p| p.own));
    people.sharing.with(|all| all.iter().filter(|identity| !own(identity)).cloned().collect())
}

/// The picture and the strip.
#[component]
pub fn Share(desk: Desk, identity: String, people: RwSignal<Vec<String>>) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let person = meeting.people.get(&identity);
    let title = move || person.map(|person| words::shares(lang, person.with(|p| p.name.clone())));
    let several = derived(move || others(desk).len() > 1);
    let current = identity.clone();
    let next = Callback::new(move |()| {
        let screens = others(desk);
        let at = screens.iter().position(|each| *each == current).unwrap_or(0);
        desk.shown.set(screens.get((at + 1) % screens.len().max(1)).cloned());
    });
    // Another screen may take its place.
    on_cleanup(|| page::end_full_stage(Some("shared")));
    view! {
        <div class="share">
            <div class="share__picture" id="shared" data-share=identity.clone()>
                <Video meeting identity=identity.clone() source="screen_share" class="share__video" />
                <div class="share__tools">
                    <share-zoom></share-zoom>
                    {when(
                        move || several.get(),
                        move || {
                            view! {
                                <button
                                    class="icon-button"
                                    type="button"
                                    aria-label=words::next_screen(lang)
                                    title=words::next_screen(lang)
                                    on:click=press(move || next.run(()))
                                >
                                    <Icon name=IconName::Share />
                                </button>
                            }
                        },
                    )}
                    <button
                        class="icon-button"
                        type="button"
                        aria-label=words::full_screen(lang)
                        title=words::full_screen(lang)
                        on:click=press(page::toggle_full_stage)
                    >
                        <Icon name=IconName::Full />
                    </button>
                </div>
                <div class="tile__name">
                    <Icon name=IconName::Share />
                    <span dir="auto">{title}</span>
                </div>
            </div>
            <ul class="strip" tabindex="0" aria-label=words::people(lang)>
                {each(move || people.get(), move |identity| view! { <Tile desk identity /> }.into_any())}
            </ul>
        </div>
    }
}
