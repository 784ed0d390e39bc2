//! Afterwards: what happened, and what to do now.

use super::state::{End, Meeting, Phase};
use crate::interop::page;
use leptos::prelude::*;
use visavis::i18n::{Lang, meeting as words};

/// One sentence, the way back where there is one, and *Home*.
#[component]
pub fn Ended(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let Phase::Ended(end) = meeting.phase.get_untracked() else { return ().into_any() };
    let (room, product) = meeting.given(|given| (given.room_name.clone(), given.product.clone()));
    let (title, text) = told(lang, &end, &room, meeting.seconds.get_untracked());
    page::title(&format!("{title} · {product}"));
    // The same link, fetched anew: nothing of the old call is left behind.
    let (slug, home) = meeting.given(|given| (given.slug.clone(), given.home.clone()));
    let way = match end {
        End::Closed => None,
        // Its page waits for that by itself.
        End::Removed => Some(("wait-back", words::removed_wait(lang), format!("/{slug}?wait"))),
        End::SignedOut => Some(("sign-in", words::sign_in(lang), format!("/sign-in?next=/{slug}"))),
        End::Failed | End::Refused => Some(("rejoin", words::try_again(lang), format!("/{slug}"))),
        _ => Some(("rejoin", words::rejoin(lang), format!("/{slug}"))),
    };
    let first = way.is_none();
    view! {
        <main class="task" id="main" data-ended=end.name()>
            <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
                <path class="mark__a" d="M3 5a11 11 0 0 1 0 22z"></path>
                <path class="mark__b" d="M29 5a11 11 0 0 0 0 22z"></path>
            </svg>
            <h1 id="ended" tabindex="-1">{title}</h1>
            <p>{text}</p>
            <div class="line">
                {way.map(|(id, word, link)| view! { <a id=id class="button button--primary" href=link>{word}</a> })}
                <a id="home" class="button" class:button--primary=first href=home>{words::home(lang)}</a>
            </div>
        </main>
    }
    .into_any()
}

fn told(lang: Lang, end: &End, room: &str, seconds: u32) -> (String, String) {
    let (title, text) = match end {
        End::Left => return (words::left_title(lang, room), lasted(lang, seconds)),
        End::Removed => (words::removed_title(lang), words::removed_text(lang)),
        End::Closed => (words::closed_meeting_title(lang), words::closed_meeting_text(lang)),
        End::Replaced => (words::replaced_title(lang), words::replaced_text(lang)),
        End::Network => (words::network_title(lang), words::network_text(lang)),
        End::Refused => (words::refused_title(lang), words::refused_text(lang)),
        End::SignedOut => (words::signed_out_title(lang), words::signed_out_text(lang)),
        End::Failed => (words::failed_title(lang), words::failed_text(lang)),
    };
    (title.to_owned(), text.to_owned())
}

fn lasted(lang: Lang, seconds: u32) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => words::lasted_short(lang).to_owned(),
        minutes => words::lasted(lang, minutes),
    }
}
