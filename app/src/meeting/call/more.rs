//! Everything the bar has no room for.

use super::{Desk, Pop, bar::own_share, notices::set_share};
use crate::meeting::lean::{press, text, when};
use crate::{
    interop::page,
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// The button and what it opens.
#[component]
pub fn More(desk: Desk) -> impl IntoView {
    let lang = desk.meeting.lang;
    view! {
        <span class="anchor">
            <button
                id="more"
                class="ctl"
                type="button"
                aria-label=words::more(lang)
                title=words::more(lang)
                aria-haspopup="dialog"
                aria-expanded=text(move || (desk.pop.get() == Some(Pop::More)).to_string())
                on:click=press(move || desk.toggle_pop(Pop::More))
            >
                <Icon name=IconName::More />
            </button>
            {when(move || desk.pop.get() == Some(Pop::More), move || view! { <Items desk /> })}
        </span>
    }
}

#[component]
fn Items(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let sharing = own_share(desk);
    let may_share = page::can_share() && meeting.rights.get_untracked().share;
    let item = |icon: IconName, text: Signal<&'static str>, class: &'static str, act: Callback<()>| {
        view! {
            <button class=class type="button" on:click=press(move || act.run(()))>
                <Icon name=icon />
                {text}
            </button>
        }
    };
    let share = Callback::new(move |()| {
        desk.close_pop();
        set_share(meeting, !sharing.get_untracked());
    });
    let copy = Callback::new(move |()| desk.copy_link());
    let full = Callback::new(move |()| {
        desk.close_pop();
        page::toggle_full_screen(None);
    });
    let pop = |which| Callback::new(move |()| desk.toggle_pop(which));
    let fixed = |text: &'static str| Signal::derive(move || text);
    view! {
        <div class="more" id="pop" role="dialog" aria-label=words::more(lang) tabindex="-1">
            <div class="more__head"></div>
            <call-reacts></call-reacts>
            {may_share
                .then(|| {
                    let text = Signal::derive(move || {
                        if sharing.get() { words::share_stop(lang) } else { words::share(lang) }
                    });
                    item(IconName::Share, text, "menu__item only-narrow", share)
                })}
            {item(
                IconName::Link,
                Signal::derive(move || {
                    if desk.copied.get() { words::link_copied(lang) } else { words::copy_link(lang) }
                }),
                "menu__item",
                copy,
            )}
            {item(IconName::Full, fixed(words::full_screen(lang)), "menu__item only-wide", full)}
            {item(IconName::Mic, fixed(words::choose_mic(lang)), "menu__item only-narrow", pop(Pop::Mic))}
            {item(IconName::Camera, fixed(words::choose_camera(lang)), "menu__item only-narrow", pop(Pop::Camera))}
            // What scripts bring (`app/js/inside/menu.ts`).
            <call-more></call-more>
        </div>
    }
}
