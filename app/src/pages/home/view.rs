//! Home: for a visitor one field, for somebody signed in their rooms.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use super::{
    find::{Found, NothingFound, Pages, Search},
    room_row::{RoomRow, RoomRowView},
};
use crate::{
    pages::notice::FormNotice,
    ui::{
        CodeField, FormState, Mark,
        icon::{Icon, IconName},
    },
};

/// For somebody who is not signed in.
#[component]
pub fn HomeVisitor(
    /// Language.
    lang: Lang,
    /// The field *Code or link*.
    form: FormState,
) -> impl IntoView {
    view! {
        <main class="main hello" id="main">
            <div>
                <FormNotice lang form=form.clone() />
                <h1>{pages::hello_title(lang)}</h1>
                <p class="hello__lead">{pages::hello_lead(lang)}</p>
                <form class="hello__form field" method="post" action="/join">
                    <CodeField lang form button=pages::join(lang) />
                </form>
                <p class="hello__or">
                    {pages::own_meetings(lang)}" "<a class="button button--quiet" href="/sign-in">
                        {pages::sign_in(lang)}
                    </a>
                </p>
            </div>
            <Scene />
        </main>
    }
}

/// For somebody signed in.
#[component]
pub fn Home(
    /// Language.
    lang: Lang,
    /// The field *Code or link*, and what just happened.
    form: FormState,
    /// The last used first.
    rooms: Vec<RoomRow>,
    /// What was looked for.
    found: Found,
) -> impl IntoView {
    let list = if found.all == 0 {
        view! { <NoRooms lang /> }.into_any()
    } else if rooms.is_empty() {
        view! { <NothingFound lang text=found.text.clone() /> }.into_any()
    } else {
        let rows = rooms.into_iter().map(|room| view! { <RoomRowView lang room /> });
        view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <main class="main" id="main">
            <FormNotice lang form=form.clone() />
            <section class="start" aria-label=pages::start_or_join(lang)>
                <form method="post" action="/rooms">
                    <button class="button button--primary button--big">
                        <Icon name=IconName::Camera />
                        {pages::new_meeting(lang)}
                    </button>
                </form>
                <a class="button button--big" href="/rooms/new">
                    <Icon name=IconName::Calendar />
                    {pages::plan_one(lang)}
                </a>
                <form class="start__join field" method="post" action="/join">
                    <CodeField lang form compact=true button=pages::join(lang) class="button" />
                </form>
            </section>
            <div class="head">
                <h1>{pages::your_rooms(lang)}</h1>
                <Search lang found=found.clone() />
            </div>
            {list}
            <Pages lang found />
        </main>
    }
}

#[component]
fn NoRooms(lang: Lang) -> impl IntoView {
    view! {
        <div class="empty">
            <Mark />
            <h2>{pages::empty_title(lang)}</h2>
            <p>{pages::empty_lead(lang)}</p>
            <a class="button" href="/rooms/new">
                <Icon name=IconName::Plus />
                {pages::empty_action(lang)}
            </a>
        </div>
    }
}

/// The mark, drawn as the two tiles of a call.
#[component]
fn Scene() -> impl IntoView {
    view! {
        <svg class="scene" viewBox="0 0 520 400" aria-hidden="true">
            <rect class="t1" width="252" height="336" rx="24"></rect>
            <path class="a" d="M0 84a112 112 0 0 1 0 224z"></path>
            <rect class="t2" x="268" y="64" width="252" height="336" rx="24"></rect>
            <path class="b" d="M520 112a112 112 0 0 0 0 224z"></path>
            <rect class="chip" x="20" y="20" width="52" height="34" rx="10"></rect>
            <path class="bars" d="M36 33v8M46 28v18M56 32v10"></path>
        </svg>
    }
}
