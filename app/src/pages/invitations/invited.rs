//! What became of the invitations.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use visavis::{
    i18n::{Lang, invitations, mail, rooms},
    invitations::{
        model::{Failure, Invitation, Status},
        service::Batch,
    },
    users::moment::when,
};

use crate::ui::{
    Menu,
    icon::{Icon, IconName},
};

/// The list, one part for each meeting.
#[component]
pub fn Invited(lang: Lang, action: String, batches: Vec<Batch>, zone: String, now: DateTime<Utc>) -> impl IntoView {
    let nobody = batches.is_empty().then(|| view! { <p class="quiet">{invitations::nobody(lang)}</p> });
    // Without a meeting among them a heading for each would say nothing.
    let headed = batches.iter().any(|batch| batch.time.is_some());
    let parts = batches.into_iter().map(move |batch| {
        view! { <Part lang action=action.clone() batch zone=zone.clone() now headed /> }
    });
    view! {
        <section class="section" id="invited">
            <h2>{invitations::invited(lang)}</h2>
            {nobody}
            {parts.collect_view()}
        </section>
    }
}

#[component]
fn Part(lang: Lang, action: String, batch: Batch, zone: String, now: DateTime<Utc>, headed: bool) -> impl IntoView {
    let stands = batch.invitations.iter().any(|one| one.status != Status::Cancelled);
    let ahead = batch.time.as_ref().is_some_and(|time| now < time.to);
    let title = match &batch.time {
        Some(time) => {
            let shown = time.zone.replace('_', " ");
            mail::invitation_when(lang, time.minutes(), when(lang, time.from, &time.zone), shown)
        }
        None => invitations::without_time(lang).to_owned(),
    };
    let title = headed.then(|| view! { <h3>{title}</h3> });
    let key = batch.id.to_string();
    let acts = (stands && ahead).then(|| view! { <Acts lang action=action.clone() batch=key /> });
    let rows = batch.invitations.into_iter().map(move |one| {
        view! { <Row lang action=action.clone() one zone=zone.clone() /> }
    });
    view! {
        <div class="batch">
            {title}
            <ul class="rows">{rows.collect_view()}</ul>
            {acts}
        </div>
    }
}

/// What can be done about a meeting as a whole.
#[component]
fn Acts(lang: Lang, action: String, batch: String) -> impl IntoView {
    view! {
        <div class="batch__acts">
            <a class="button" href=format!("{action}?change={batch}")>
                <Icon name=IconName::Clock />
                {invitations::change_time(lang)}
            </a>
            // It writes to everybody: one press opens the question, another answers it.
            <details class="more more--danger">
                <summary>{invitations::cancel(lang)}</summary>
                <form class="fields" method="post" action=action>
                    <input type="hidden" name="which" value=batch />
                    <p class="field__hint">{invitations::cancel_hint(lang)}</p>
                    <button class="button button--danger" name="do" value="cancel">
                        {invitations::cancel_now(lang)}
                    </button>
                </form>
            </details>
        </div>
    }
}

/// What became of one: how it looks, and in words.
fn state(lang: Lang, one: &Invitation, zone: &str) -> (&'static str, IconName, String) {
    let failure = one.failure().map(|failure| match failure {
        Failure::Refused => invitations::failed_refused(lang),
        Failure::Unreachable => invitations::failed_unreachable(lang),
        Failure::Late => invitations::failed_late(lang),
    });
    match (one.status, failure) {
        (Status::Cancelled, Some(_)) => ("bad", IconName::Warning, invitations::cancel_failed(lang).to_owned()),
        (Status::Cancelled, None) => ("", IconName::Close, invitations::state_cancelled(lang).to_owned()),
        (Status::Failed, told) => {
            let told = told.unwrap_or_else(|| invitations::failed_unreachable(lang));
            ("bad", IconName::Warning, told.to_owned())
        }
        (Status::Pending, _) => ("", IconName::Clock, invitations::state_pending(lang).to_owned()),
        (Status::Sent, _) if one.accepted_at.is_some() => {
            ("good", IconName::Check, invitations::state_accepted(lang).to_owned())
        }
        (Status::Sent, _) => ("", IconName::Mail, invitations::state_sent(lang, when(lang, one.updated_at, zone))),
    }
}

#[component]
fn Row(lang: Lang, action: String, one: Invitation, zone: String) -> impl IntoView {
    let (class, icon, said) = state(lang, &one, &zone);
    let address = one.name.is_some().then(|| view! { <span class="ltr">{one.email.clone()}</span> });
    let title = one.name.clone().unwrap_or_else(|| one.email.clone());
    let menu = (one.status != Status::Cancelled).then(|| view! { <RowMenu lang action one=one.clone() /> });
    view! {
        <li class="row row--invited">
            <div>
                <span class="row__title" dir="auto">
                    {title}
                </span>
                <div class="row__sub">{address} <span class=format!("state state--{class}")><Icon name=icon />{said}</span></div>
            </div>
            <div class="row__end">{menu}</div>
        </li>
    }
}

#[component]
fn RowMenu(lang: Lang, action: String, one: Invitation) -> impl IntoView {
    let more = rooms::more_for(lang, &one.email);
    let summary = move || {
        view! {
            <Icon name=IconName::More />
            <span class="sr">{more.clone()}</span>
        }
    };
    let again = one.may_go_again().then(|| {
        view! {
            <button class="menu__item" name="do" value="again">
                {invitations::again(lang)}
            </button>
        }
    });
    let back = if one.gave_access.is_some() { invitations::take_back_place } else { invitations::take_back };
    view! {
        <Menu class="icon-button" summary group="invited">
            <form method="post" action=action>
                <input type="hidden" name="which" value=one.id.to_string() />
                {again}
                <button class="menu__item menu__item--danger" name="do" value="take-back">
                    {back(lang)}
                </button>
            </form>
        </Menu>
    }
}
