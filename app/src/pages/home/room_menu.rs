//! What else can be done with a room.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages, rooms};

use super::room_row::RoomRow;
use crate::ui::{
    Menu,
    icon::{Icon, IconName},
};

/// The menu at the end of a row. What somebody may not do is not there.
#[component]
pub fn RoomMenu(
    /// Language.
    lang: Lang,
    /// The room.
    room: RoomRow,
) -> impl IntoView {
    let path = format!("/{}", room.slug);
    let item = |to: String, icon: IconName, word: &'static str| {
        view! {
            <a class="menu__item" href=to>
                <Icon name=icon />
                {word}
            </a>
        }
    };
    let more = rooms::more_for(lang, &room.name);
    let summary = move || {
        view! {
            <Icon name=IconName::More />
            <span class="sr">{more.clone()}</span>
        }
    };
    let host = room.hosted.then(|| {
        let like = format!("/rooms/new?like={}", room.slug);
        view! {
            {item(format!("{path}/settings"), IconName::Settings, rooms::settings(lang))}
            {item(format!("{path}/lobby"), IconName::People, pages::door(lang))}
            {item(like, IconName::Plus, rooms::another(lang))}
        }
    });
    let owner = room.owned.then(|| {
        view! {
            <hr />
            <a class="menu__item menu__item--danger" href=format!("{path}/delete")>
                <Icon name=IconName::Trash />
                {rooms::delete_menu(lang)}
            </a>
        }
    });
    view! {
        <Menu class="icon-button" summary group="room">
            {item(path.clone(), IconName::Camera, rooms::open(lang))}
            {item(format!("{path}/invite"), IconName::Mail, rooms::invite(lang))}
            {host}
            {owner}
        </Menu>
    }
}
