//! Who waits, with what can be decided on each.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use visavis::{
    i18n::{Lang, lobby},
    livekit::colour::colour,
    lobby::model::Entry,
};

use crate::{
    meeting::text::initials,
    ui::{
        Avatar,
        icon::{Icon, IconName},
    },
};

/// Everybody, the longest first.
#[component]
pub fn List(
    /// Language.
    lang: Lang,
    /// Where forms go.
    action: String,
    /// Who waits.
    waiting: Vec<Entry>,
    /// The present moment.
    now: DateTime<Utc>,
) -> impl IntoView {
    let count = waiting.len();
    let all = (count > 1).then(|| {
        view! {
            <form method="post" action=action.clone() data-quiet="">
                <button class="button button--quiet" name="do" value="admit_all" data-key="admit-all">
                    {lobby::admit_all(lang)}
                </button>
            </form>
        }
    });
    let rows = waiting.into_iter().map(move |entry| view! { <Row lang action=action.clone() entry now /> });
    view! {
        <div class="door__head">
            <h3 tabindex="-1">{lobby::at_the_door(lang, count)}</h3>
            {all}
        </div>
        {if count == 0 {
            view! { <p class="quiet">{lobby::nobody_waits(lang)}</p> }.into_any()
        } else {
            view! { <ul class="door__list">{rows.collect_view()}</ul> }.into_any()
        }}
    }
}

#[component]
fn Row(lang: Lang, action: String, entry: Entry, now: DateTime<Utc>) -> impl IntoView {
    let id = entry.participant_id.to_string();
    let name = entry.username;
    let minutes = (now - entry.since).num_minutes();
    let since = match minutes {
        ..1 => lobby::just_came(lang).to_owned(),
        minutes => lobby::waits_minutes(lang, minutes),
    };
    let who = if entry.user_id.is_some() { lobby::signed_in(lang) } else { lobby::guest(lang) };
    let (admit, refuse) = (lobby::admit_name(lang, &name), lobby::refuse_name(lang, &name));
    let (admit_key, refuse_key) = (format!("admit-{id}"), format!("refuse-{id}"));
    view! {
        <li class="person person--knock">
            <span class="avatar" aria-hidden="true">
                <Avatar initials=initials(&name) color=colour(&id) />
            </span>
            <div>
                <span class="person__name">
                    <bdi>{name.clone()}</bdi>
                </span>
                <span class="person__role">{who}", "{since}</span>
            </div>
            <div class="person__do">
                <Decide action id>
                    <button class="button button--soft" name="do" value="admit" aria-label=admit data-key=admit_key>
                        {lobby::admit(lang)}
                    </button>
                    <button
                        class="icon-button"
                        name="do"
                        value="refuse"
                        aria-label=refuse.clone()
                        title=refuse
                        data-key=refuse_key
                    >
                        <Icon name=IconName::Close />
                    </button>
                </Decide>
            </div>
        </li>
    }
}

/// The form that decides on one.
#[component]
pub fn Decide(
    /// Where it goes.
    action: String,
    /// Whom.
    id: String,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <form method="post" action=action data-quiet="">
            <input type="hidden" name="who" value=id />
            {children()}
        </form>
    }
}
