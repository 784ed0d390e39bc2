//! Links for guests.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use visavis::{
    guest_links::model::{DAYS, GuestLink, LONGEST_NAME, Listed, Standing, USES},
    i18n::{Lang, invitations},
    users::moment::when,
};

use crate::{
    pages::{
        settings::{Switch, SwitchProps},
        whole::whole,
    },
    ui::{
        CopyLink, Field, FormState, Select,
        icon::{Icon, IconName},
    },
};

/// Those there are, and the form that makes one.
#[component]
pub fn Links(
    lang: Lang,
    form: FormState,
    action: String,
    links: Vec<Listed>,
    made: Option<String>,
    zone: String,
    now: DateTime<Utc>,
) -> impl IntoView {
    let none = links.is_empty().then(|| view! { <p class="quiet">{invitations::no_links(lang)}</p> });
    let to = action.clone();
    let rows =
        links.into_iter().map(move |listed| view! { <Row lang action=to.clone() listed zone=zone.clone() now /> });
    let rows = none.is_none().then(|| view! { <ul class="rows">{rows.collect_view()}</ul> });
    view! {
        <section class="section" id="links">
            <h2>{invitations::links(lang)}</h2>
            <p>{invitations::links_lead(lang)}</p>
            {made.map(|url| view! { <Made lang url /> })}
            {rows}
            {none}
            <Make lang form action />
        </section>
    }
}

/// The link that was just made: seen now, and never again.
#[component]
fn Made(lang: Lang, url: String) -> impl IntoView {
    view! {
        <div class="notice notice--green made" role="status">
            <Icon name=IconName::Link />
            <h3>{invitations::link_made(lang)}</h3>
            <CopyLink lang url />
            <p>{invitations::link_once(lang)}</p>
        </div>
    }
}

#[component]
fn Make(lang: Lang, form: FormState, action: String) -> impl IntoView {
    let days = DAYS.map(|days| {
        let said = if days == 1 { invitations::days_1(lang).to_owned() } else { invitations::days(lang, days) };
        (days.to_string(), said, None)
    });
    let uses = USES.map(|uses| {
        let said = if uses == 1 { invitations::uses_1(lang).to_owned() } else { invitations::uses(lang, uses) };
        (uses.to_string(), said, None)
    });
    let uses = [(String::new(), invitations::uses_many(lang).to_owned(), None)].into_iter().chain(uses).collect();
    let switch = Switch(SwitchProps {
        name: "may_pass",
        label: invitations::may_pass(lang),
        hint: Some(invitations::may_pass_hint(lang)),
        on: form.value("waits").is_empty(),
    });
    let (lasts, often) = (form.value("days"), form.value("uses"));
    view! {
        <form class="fields" method="post" action=action>
            <Field
                lang
                form=form.clone()
                name="link_name"
                label=invitations::link_name(lang)
                hint=invitations::link_name_hint(lang)
                longest=u16::try_from(LONGEST_NAME).unwrap_or(u16::MAX)
            />
            <div class="beside">
                <Select
                    lang
                    form=form.clone()
                    name="days"
                    label=invitations::link_days(lang)
                    options=days.to_vec()
                    chosen=lasts
                />
                <Select lang form name="uses" label=invitations::link_uses(lang) options=uses chosen=often />
            </div>
            {switch}
            <button class="button" name="do" value="make-link">
                <Icon name=IconName::Link />
                {invitations::make_link(lang)}
            </button>
        </form>
    }
}

/// How often it was used.
fn used(lang: Lang, link: &GuestLink) -> String {
    match (link.uses, link.max_uses) {
        (0, _) => invitations::link_used_0(lang).to_owned(),
        (uses, Some(most)) if most > 1 => invitations::link_used_of(lang, most, uses),
        (1, _) => invitations::link_used_1(lang).to_owned(),
        (uses, _) => invitations::link_used(lang, uses),
    }
}

#[component]
fn Row(lang: Lang, action: String, listed: Listed, zone: String, now: DateTime<Utc>) -> impl IntoView {
    let Listed { link, by } = listed;
    let standing = link.standing(now);
    let until = whole(&when(lang, link.expires_at, &zone));
    let state = match standing {
        Standing::Good => invitations::link_until(lang, until),
        Standing::Expired => invitations::link_expired(lang, until),
        Standing::UsedUp => invitations::link_used_up(lang).to_owned(),
        Standing::Revoked => invitations::link_revoked(lang).to_owned(),
    };
    let way = if link.may_pass { invitations::link_passes(lang) } else { invitations::link_waits(lang) };
    let used = used(lang, &link);
    let revoke = (standing != Standing::Revoked && standing != Standing::Expired).then(|| {
        let name = link.name.clone();
        view! {
            <form method="post" action=action>
                <input type="hidden" name="which" value=link.id.to_string() />
                <button class="button button--quiet" name="do" value="revoke">
                    {invitations::take_back(lang)}
                    <span class="sr">{name}</span>
                </button>
            </form>
        }
    });
    view! {
        <li class="row row--invited">
            <div>
                <span class="row__title" dir="auto">
                    {link.name.clone()}
                </span>
                <div class="row__sub">
                    <span>{format!("{way}, {used}, {state}")}</span>
                    {by.map(|name| view! { <span dir="auto">{invitations::link_by(lang, name)}</span> })}
                </div>
            </div>
            <div class="row__end">{revoke}</div>
        </li>
    }
}
