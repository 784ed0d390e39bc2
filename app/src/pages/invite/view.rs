//! The page that one invites with, and prints.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, invitations, pages, rooms},
    rooms::model::Room,
};

use super::qr::Qr;
use crate::{
    pages::when::When,
    ui::{
        CopyLink, CopyText, Crumb, FormState,
        icon::{Icon, IconName},
        inside,
    },
};

/// A time that was chosen, and the ways to keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// In words.
    pub when: String,
    /// Where the file is.
    pub file: String,
    /// Google's page.
    pub google: String,
    /// Microsoft's page.
    pub outlook: String,
}

/// Link, picture, words, calendar.
#[component]
pub fn Invite(
    /// Language.
    lang: Lang,
    /// Fields `at`, `minutes`, `zone`.
    form: FormState,
    /// The room.
    room: Room,
    /// Whether the reader runs its meetings.
    hosted: bool,
    /// Its whole link.
    link: String,
    /// The invitation's words.
    text: String,
    /// The time that was chosen.
    chosen: Option<Calendar>,
) -> impl IntoView {
    let path = format!("/{}", room.slug);
    let (up, title) = if hosted {
        (format!("{path}/settings"), rooms::settings(lang).to_owned())
    } else {
        (path.clone(), room.name.clone())
    };
    let when = chosen.as_ref().map(|chosen| view! { <p class="invite__when">{chosen.when.clone()}</p> });
    let action = format!("{path}/invite#when");
    let by_mail = hosted.then(|| {
        view! {
            <a class="button invite__mail" href=format!("{path}/invitations")>
                <Icon name=IconName::Mail />
                {invitations::open(lang)}
            </a>
        }
    });
    view! {
        <main class="task task--invite" id="main">
            <Crumb to=up title />
            <h1>{rooms::invite_title(lang, format!("\u{2068}{}\u{2069}", room.name))}</h1>
            <p class="invite__printed">{room.name.clone()}</p>
            {when}
            <div class="invite">
                <figure>
                    <Qr text=link.clone() label=rooms::qr_label(lang, &link) />
                    <figcaption class="quiet">{rooms::qr_hint(lang)}</figcaption>
                </figure>
                <div>
                    <p>{rooms::invite_lead(lang)}</p>
                    <div class="invite__link">
                        <CopyLink lang url=link.clone() />
                    </div>
                </div>
            </div>
            <p class="invite__printed">{link}</p>
            {by_mail}
            <section class="section fields" id="text">
                <h2>{rooms::text_title(lang)}</h2>
                <div class="field">
                    <label class="field__label" for="invitation">
                        {rooms::text_label(lang)}
                    </label>
                    <textarea
                        class="input"
                        id="invitation"
                        rows="8"
                        readonly
                        dir="auto"
                        inner_html=inside(&text)
                    ></textarea>
                </div>
                <CopyText text label=rooms::text_copy(lang) done=rooms::text_copied(lang) />
            </section>
            <section class="section" id="when">
                <h2>{rooms::when_title(lang)}</h2>
                <p>{rooms::when_lead(lang)}</p>
                <WhenForm lang form action />
                {chosen.map(|chosen| view! { <Ways lang chosen /> })}
            </section>
            <a class="button button--quiet invite__open" href=path>
                <Icon name=IconName::Camera />
                <span class="clip">{pages::join_room(lang, &room.name)}</span>
            </a>
        </main>
    }
}

/// When it is. The answer is this page with the time in its address.
#[component]
fn WhenForm(lang: Lang, form: FormState, action: String) -> impl IntoView {
    view! {
        <form class="fields" action=action>
            <When lang form />
            <button class="button">
                <Icon name=IconName::Calendar />
                {rooms::when_button(lang)}
            </button>
        </form>
    }
}

/// The ways into a calendar. Other sites hear of it only when somebody follows their link, and not from where.
#[component]
fn Ways(lang: Lang, chosen: Calendar) -> impl IntoView {
    let outside = |to: String, word: &'static str| {
        view! {
            <a class="button" href=to rel="noreferrer external" target="_blank">
                {word}
            </a>
        }
    };
    view! {
        <div class="ways">
            <p class="ways__when">{chosen.when}</p>
            <div class="line">
                <a class="button button--primary" href=chosen.file>
                    <Icon name=IconName::Download />
                    {rooms::when_file(lang)}
                </a>
                {outside(chosen.google, rooms::when_google(lang))}
                {outside(chosen.outlook, rooms::when_outlook(lang))}
            </div>
            <p class="field__hint">{rooms::when_leaves(lang)}</p>
        </div>
    }
}
