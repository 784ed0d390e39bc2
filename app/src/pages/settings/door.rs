//! What it takes to come in, besides being let in: how many fit, whether a host is there, whether one has an account.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, door, lobby},
    rooms::model::Room,
};

use super::rights::{Switch, SwitchProps};
use crate::ui::{
    Field, FormState,
    icon::{Icon, IconName},
};

/// What was typed where that was wrong, else what holds now.
fn filled(form: FormState, room: &Room) -> FormState {
    let on = |on: bool| if on { "on" } else { "" }.to_owned();
    let now = [
        ("max_participants", room.max_participants.map(|most| most.to_string()).unwrap_or_default()),
        ("hosts_required", on(room.hosts_required)),
        ("verified_only", on(room.verified_only)),
    ];
    let typed = form.values.contains_key("max_participants");
    let mut form = form;
    if !typed {
        form.values.extend(now.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    form
}

/// The form; its button says `do=door`.
#[component]
pub fn Door(lang: Lang, form: FormState, action: String, room: Room) -> impl IntoView {
    let form = filled(form, &room);
    // What holds for now, where that is not what was saved.
    let now = room.meeting_limit.and_then(|most| u32::try_from(most).ok()).map(|most| {
        view! {
            <p class="notice">
                <Icon name=IconName::Info />
                {door::most_now(lang, most)}
            </p>
        }
    });
    let switch = |name: &'static str, label, hint| SwitchProps {
        name,
        label,
        hint: Some(hint),
        on: !form.value(name).is_empty(),
    };
    let hosts = switch("hosts_required", door::hosts_required(lang), door::hosts_required_hint(lang));
    let verified = switch("verified_only", door::verified_only(lang), door::verified_only_hint(lang));
    view! {
        <form class="section fields" id="door" method="post" action=action novalidate>
            <h2>{door::title(lang)}</h2>
            <p>{door::lead(lang)}</p>
            <Field
                lang
                form=form.clone()
                name="max_participants"
                kind="number"
                required=false
                longest=4
                label=door::most(lang)
                hint=door::most_hint(lang)
            />
            {now}
            <div class="switches">{Switch(hosts)} {Switch(verified)}</div>
            <button class="button" name="do" value="door">
                {lobby::save(lang)}
            </button>
        </form>
    }
}
