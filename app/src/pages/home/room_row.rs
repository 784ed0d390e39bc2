//! A room in the list.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use crate::ui::{CopyLink, Faces};

/// What a row shows of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomRow {
    /// Its name; for a room without one, the code.
    pub name: String,
    /// The last part of its link.
    pub slug: String,
    /// The whole link.
    pub link: String,
    /// Whether the reader runs its meetings.
    pub hosted: bool,
    /// Names and colours of those who are in it now.
    pub inside: Vec<(String, String)>,
}

/// Name, link, and the button that leads in.
#[component]
pub fn RoomRowView(
    /// Language.
    lang: Lang,
    /// The room.
    room: RoomRow,
) -> impl IntoView {
    let path = format!("/{}", room.slug);
    let busy = !room.inside.is_empty();
    let (class, word, label) = if busy {
        ("button button--primary", pages::join(lang), pages::join_room(lang, &room.name))
    } else {
        ("button", pages::start(lang), pages::start_room(lang, &room.name))
    };
    let now = busy.then(|| {
        let count = room.inside.len();
        view! {
            <Faces people=room.inside small=true />
            <span class="badge badge--green">
                <span class="dot"></span>
                {pages::in_now(lang, count)}
            </span>
        }
    });
    let door = room.hosted.then(|| {
        view! {
            <a class="quiet" href=format!("{path}/lobby") aria-label=pages::door_of(lang, &room.name)>
                {pages::door(lang)}
            </a>
        }
    });
    view! {
        <li class="row row--room">
            <div class="row__main">
                <a class="row__title" href=path.clone() dir="auto">
                    {room.name}
                </a>
                <div class="row__links">
                    <CopyLink lang url=room.link />
                    {door}
                </div>
            </div>
            <div class="row__end">
                {now} <a class=class href=path aria-label=label>
                    {word}
                </a>
            </div>
        </li>
    }
}
