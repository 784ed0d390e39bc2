//! A room in the list.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use super::room_menu::{RoomMenu, RoomMenuProps};
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
    /// Whether the reader decides on the room itself.
    pub owned: bool,
    /// Names and colours of those who are in it now.
    pub inside: Vec<(String, String)>,
    /// When it was last used, in words.
    pub used: String,
}

/// Name, link, who is in, when it was used, the button that leads in, and the rest in a menu.
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
    let menu = RoomMenu(RoomMenuProps { lang, room: room.clone() });
    let state = if busy {
        let count = room.inside.len();
        view! {
            <div class="row__now">
                <Faces people=room.inside small=true />
                <span class="badge badge--green">
                    <span class="dot"></span>
                    {pages::in_now(lang, count)}
                </span>
            </div>
        }
        .into_any()
    } else {
        view! { <p class="row__when">{room.used}</p> }.into_any()
    };
    view! {
        <li class="row row--room row--mine">
            <div class="row__main">
                <a class="row__title" href=path.clone() dir="auto">
                    {room.name}
                </a>
                <div class="row__links">
                    <CopyLink lang url=room.link />
                </div>
            </div>
            {state}
            <div class="row__end">
                <a class=class href=path aria-label=label>
                    {word}
                </a>
                {menu}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::fragment;

    fn row(hosted: bool, owned: bool, inside: usize) -> String {
        let room = RoomRow {
            name: "Book & club".into(),
            slug: "book-club".into(),
            link: "https://meet.example.org/book-club".into(),
            hosted,
            owned,
            inside: vec![("Anna".into(), "red".into()); inside],
            used: "Not used yet".into(),
        };
        fragment(move || RoomRowView(RoomRowViewProps { lang: Lang::En, room }))
    }

    #[test]
    fn everybody_finds_what_they_may_do() {
        let links = |html: &str| -> Vec<String> {
            let menu = html.split_once("menu__list").map(|(_, menu)| menu.to_owned()).unwrap_or_default();
            menu.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
        };
        let member = ["/book-club", "/book-club/invite"];
        let host = ["/book-club/settings", "/book-club/lobby", "/rooms/new?like=book-club"];
        assert_eq!(links(&row(false, false, 0)), member);
        assert_eq!(links(&row(true, false, 0)), [&member[..], &host[..]].concat());
        assert_eq!(links(&row(true, true, 0)), [&member[..], &host[..], &["/book-club/delete"]].concat());
    }

    #[test]
    fn a_row_says_who_is_in_or_when_it_was_used() {
        let (empty, busy) = (row(false, false, 0), row(false, false, 4));
        assert!(empty.contains("Not used yet") && empty.contains(">Start<"), "{empty}");
        assert!(!busy.contains("Not used yet") && busy.contains("4 in now") && busy.contains(">Join<"), "{busy}");
        assert!(!empty.contains("& ") && empty.contains("More for Book &amp; club"), "{empty}");
    }
}
