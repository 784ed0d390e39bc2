//! What somebody at the door reads. The pieces keep their places, so that the page can say what changed.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, lobby},
    lobby::snapshot::View,
};

use crate::ui::{
    Mark,
    icon::{Icon, IconName},
};

/// Badge, what is said, what hosts say, what can be done.
pub fn said(lang: Lang, view: &View, slug: &str) -> AnyView {
    let (title, text) = match view {
        View::Waiting { host_here: true, .. } => (lobby::wait_title(lang), lobby::wait_text(lang)),
        View::Waiting { host_here: false, .. } => (lobby::no_host_title(lang), lobby::no_host_text(lang)),
        View::Removed => (lobby::removed_title(lang), lobby::removed_text(lang)),
        View::Full => (lobby::full_title(lang), lobby::full_text(lang)),
        View::Refused(_) => (lobby::refused_title(lang), lobby::refused_text(lang)),
        View::TimedOut => (lobby::timed_out_title(lang), lobby::timed_out_text(lang)),
        View::Gone | View::Admitted => (lobby::gone_title(lang), lobby::gone_text(lang)),
    };
    let (waiting, message, sign_in) = match view {
        View::Waiting { message, sign_in_helps, .. } => (true, message.clone(), *sign_in_helps),
        _ => (false, None, false),
    };
    let sign_in = sign_in.then(|| format!("/sign-in?next=/{slug}"));
    view! {
        <div class="queue" class:is-leaning=waiting>
            <Mark />
            {place(lang, view)}
        </div>
        <div role="status">
            <h1>{title}</h1>
            <p class="pre__who">{text}</p>
            {message.map(|text| view! { <Message lang text /> })}
        </div>
        <p class="notice notice--amber wait__lost" role="status">
            <Icon name=IconName::Warning />
            {lobby::wait_lost(lang)}
        </p>
        <div class="line">
            {(!waiting && view.is_final())
                .then(|| {
                    view! {
                        <button class="button button--primary" type="button" data-do="ask">
                            {lobby::ask_again(lang)}
                        </button>
                    }
                })} <a class="button" href="/" data-do="leave">
                {if waiting || *view == View::Full { lobby::stop_waiting(lang) } else { lobby::home(lang) }}
            </a>
            {sign_in
                .map(|href| {
                    view! {
                        <a class="button button--quiet" href=href>
                            {lobby::sign_in_to_skip(lang)}
                        </a>
                    }
                })}
        </div>
    }
    .into_any()
}

fn place(lang: Lang, view: &View) -> Option<AnyView> {
    let View::Waiting { place, .. } = view else { return None };
    let text = match place {
        0 | 1 => lobby::first_in_line(lang).to_owned(),
        place => lobby::place_in_line(lang, place),
    };
    Some(
        view! {
            <span class="badge badge--amber">
                <Icon name=IconName::Clock />
                {text}
            </span>
        }
        .into_any(),
    )
}

#[component]
fn Message(lang: Lang, text: String) -> impl IntoView {
    view! {
        <div class="notice">
            <Icon name=IconName::Chat />
            <div>
                <b>{lobby::from_the_host(lang)}</b>
                <p dir="auto">{text}</p>
            </div>
        </div>
    }
}
