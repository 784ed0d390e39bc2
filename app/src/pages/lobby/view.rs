//! The page of the door.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, lobby},
    lobby::{decisions::LONGEST_MESSAGE, snapshot::Snapshot},
    rooms::model::{AccessLevel, Room},
};

use super::list::{List, ListProps};
use crate::{
    pages::notice::FormNotice,
    ui::{
        Crumb, Field, FormState,
        icon::{Icon, IconName},
    },
};

/// Who waits, what they are told, and who needs not wait.
#[component]
pub fn Door(
    /// Language.
    lang: Lang,
    /// What was sent.
    form: FormState,
    /// The room.
    room: Room,
    /// What is seen.
    snapshot: Snapshot,
    /// Somebody without script writes.
    writes: bool,
) -> impl IntoView {
    let action = format!("/{}/lobby", room.slug);
    let waiting = snapshot.waiting().cloned().collect();
    let list = List(ListProps { lang, action: action.clone(), waiting, now: snapshot.at });
    let pause = (!writes).then(|| {
        view! {
            <noscript>
                <p class="quiet">
                    {lobby::refreshes(lang)}" "<a href="?write=1#message">{lobby::pause_to_write(lang)}</a>
                </p>
            </noscript>
        }
    });
    let said = form.values.get("message").cloned().or(snapshot.message.clone()).unwrap_or_default();
    let message = FormState { values: [("message".to_owned(), said)].into(), ..form.clone() };
    view! {
        <main class="task task--door" id="main">
            <Crumb to=format!("/{}", room.slug) title=room.name.clone() />
            <h1>{lobby::door_title(lang)}</h1>
            <FormNotice lang form=form.clone() />
            <door-watch class="door" data-path=action.clone() data-view="list">
                <div data-part="door">{list}</div>
                <p class="notice notice--amber door__lost" role="status">
                    {lobby::door_lost(lang)}
                </p>
                <button class="button button--quiet" type="button" data-do="notify" hidden>
                    {lobby::notify_me(lang)}
                </button>
            </door-watch>
            {pause}
            <form class="section fields" method="post" action=action.clone()>
                <Field
                    lang
                    form=message
                    name="message"
                    label=lobby::message_label(lang)
                    hint=lobby::message_hint(lang)
                    required=false
                    longest=LONGEST_MESSAGE
                />
                <button class="button" name="do" value="say">
                    {lobby::message_send(lang)}
                </button>
            </form>
            <Level lang form action=action.clone() level=room.access_level />
            <Attendance lang action on=room.attendance slug=room.slug />
        </main>
    }
}

/// Who comes in without being asked.
#[component]
fn Level(lang: Lang, form: FormState, action: String, level: AccessLevel) -> impl IntoView {
    let choice = move |value: AccessLevel, title: &'static str, hint: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="access_level" value=value.as_str() checked=value == level />
                <b>{title}</b>
                <span class="choice__hint">{hint}</span>
            </label>
        }
    };
    let error = form.error(lang, "access_level");
    view! {
        <form class="section fields" id="level" method="post" action=action>
            <h2>{lobby::who_comes_in(lang)}</h2>
            <fieldset class="choices">
                <legend class="sr">{lobby::who_comes_in(lang)}</legend>
                {choice(AccessLevel::Public, lobby::level_public(lang), lobby::level_public_hint(lang))}
                {choice(AccessLevel::Trusted, lobby::level_trusted(lang), lobby::level_trusted_hint(lang))}
                {choice(AccessLevel::Restricted, lobby::level_restricted(lang), lobby::level_restricted_hint(lang))}
            </fieldset>
            {error.map(|text| view! { <p class="field__error">{text}</p> })}
            <button class="button" name="do" value="level">
                {lobby::save(lang)}
            </button>
        </form>
    }
}

/// Whether it is kept who was here.
#[component]
fn Attendance(lang: Lang, action: String, on: bool, slug: String) -> impl IntoView {
    let file = on.then(|| {
        view! {
            <a class="button button--quiet" href=format!("/{slug}/attendance.csv")>
                <Icon name=IconName::Download />
                {lobby::attendance_file(lang)}
            </a>
        }
    });
    view! {
        <form class="section fields" id="attendance" method="post" action=action>
            <h2>{lobby::attendance(lang)}</h2>
            <label class="switch">
                <b>{lobby::attendance_keep(lang)}</b>
                <span class="switch__hint">{lobby::attendance_hint(lang)}</span>
                <input type="checkbox" role="switch" name="attendance" checked=on />
            </label>
            <div class="line">
                <button class="button" name="do" value="attendance">
                    {lobby::save(lang)}
                </button>
                {file}
            </div>
        </form>
    }
}
