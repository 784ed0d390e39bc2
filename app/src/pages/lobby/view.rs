//! The page of the door.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, lobby, rooms},
    lobby::{decisions::LONGEST_MESSAGE, snapshot::Snapshot},
    rooms::model::Room,
};

use super::list::{List, ListProps};
use crate::{
    pages::{notice::FormNotice, settings::Level},
    ui::{Crumb, Field, FormState},
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
            <Level lang form action level=room.access_level />
            <p class="section">
                <a class="clip" href=format!("/{}/settings", room.slug)>
                    {rooms::settings_of(lang, &room.name)}
                </a>
            </p>
        </main>
    }
}
