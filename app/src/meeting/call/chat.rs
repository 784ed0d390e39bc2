//! Messages of this meeting.

use super::{Desk, composer::Composer, face::Face};
use crate::meeting::lean::each;
use crate::{
    interop::page,
    meeting::{
        state::Message,
        text::{Piece, initials, pieces},
    },
};
use leptos::{html, prelude::*};
use visavis::i18n::meeting as words;

/// Messages of one person within this time (milliseconds) stand under one name.
const TOGETHER: f64 = 60_000.0;

/// The messages and the field below them. Stays at the end, unless somebody has scrolled up to read.
#[component]
pub fn Chat(desk: Desk) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let log: NodeRef<html::Div> = NodeRef::new();
    let at_end = RwSignal::new(true);
    Effect::new(move || {
        meeting.messages.track();
        if let (true, Some(log)) = (at_end.get_untracked(), log.get()) {
            request_animation_frame(move || log.set_scroll_top(log.scroll_height()));
        }
    });
    // Messages are only ever added: the place of one is its name.
    let places = move || (0..meeting.messages.with(Vec::len)).map(|place| place.to_string()).collect::<Vec<_>>();
    let line = move |place: String| {
        let place = place.parse::<usize>().unwrap_or(0);
        let (before, message) = meeting
            .messages
            .with_untracked(|all| (place.checked_sub(1).and_then(|at| all.get(at).cloned()), all.get(place).cloned()));
        message.map(|message| view! { <Line desk head=begins(&message, before.as_ref()) message /> }).into_any()
    };
    view! {
        <div
            class="aside__body"
            tabindex="0"
            role="log"
            aria-label=words::messages(lang)
            node_ref=log
            on:scroll=move |_| {
                if let Some(log) = log.get_untracked() {
                    at_end.set(log.scroll_height() - log.scroll_top() - log.client_height() < 32);
                }
            }
        >
            <p class="quiet small">{words::chat_hint(lang)}</p>
            <ol>{each(places, line)}</ol>
        </div>
        <Composer desk />
    }
}

/// Whether a message gets a name and a face of its own.
fn begins(message: &Message, before: Option<&Message>) -> bool {
    before.is_none_or(|before| before.from != message.from || message.at - before.at > TOGETHER)
}

#[component]
fn Line(desk: Desk, message: Message, head: bool) -> impl IntoView {
    let meeting = desk.meeting;
    let lang = meeting.lang;
    let first_new = desk.first_new.with_untracked(|first| first.as_ref() == Some(&message.id));
    // A renamed sender keeps the messages; a sender who has left keeps the name they had.
    let person = meeting.people.get(&message.from);
    let then = message.name.clone();
    let name = move || match person {
        _ if message.own => words::you(lang).to_owned(),
        Some(person) => person.try_with(|p| p.name.clone()).unwrap_or_else(|| then.clone()),
        None => then.clone(),
    };
    let face = match person {
        Some(person) => view! { <Face person /> }.into_any(),
        None => view! {
            <span class="avatar" aria-hidden="true">
                {initials(&message.name)}
            </span>
        }
        .into_any(),
    };
    let head = head || first_new;
    let time = page::time_of_day(message.at);
    view! {
        {first_new.then(|| view! { <li class="chat-new">{words::chat_new(lang)}</li> })}
        <li class="msg" class:is-more=!head>
            {head
                .then(|| {
                    view! {
                        {face}
                        <div class="msg__by">
                            <b dir="auto">{name}</b>
                            <time>{time}</time>
                        </div>
                    }
                })}
            <p dir="auto">{body(&message.text)}</p>
        </li>
    }
}

fn body(text: &str) -> impl IntoView + use<> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned().into_any(),
            Piece::Link(shown, target) => view! {
                <a href=target target="_blank" rel="noopener noreferrer nofollow">
                    {shown.to_owned()}
                </a>
            }
            .into_any(),
        })
        .collect_view()
}
