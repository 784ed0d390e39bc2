//! Who has a role in a room, and giving and taking roles.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, rooms},
    livekit::colour::colour,
    rooms::{accesses::people::Person, model::Role},
};

use crate::{
    meeting::text::initials,
    ui::{
        Avatar, Field, FormState, Menu, Select,
        icon::{Icon, IconName},
    },
};

/// Somebody as the list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    name: String,
    email: Option<String>,
    color: String,
    access: String,
    role: Role,
    own: bool,
    may_become: Vec<Role>,
    removable: bool,
}

impl Row {
    /// `own`: the reader's role.
    pub fn of(person: Person, own: bool) -> Self {
        let name = person.user.display_name();
        Self {
            email: person.user.email.clone().filter(|email| *email != name),
            color: colour(&person.user.subject()),
            access: person.access.id.to_string(),
            role: person.access.role,
            may_become: person.may_become,
            removable: person.removable,
            name,
            own,
        }
    }
}

/// The role as the list says it.
fn word(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Owner => rooms::role_owner(lang),
        Role::Administrator => rooms::role_host(lang),
        Role::Member => rooms::role_member(lang),
    }
}

/// The list, and the form that adds somebody. `roles`: those the reader may give.
#[component]
pub fn People(lang: Lang, form: FormState, action: String, rows: Vec<Row>, roles: Vec<Role>) -> impl IntoView {
    let chosen = Some(form.value("role")).filter(|role| !role.is_empty());
    let chosen = chosen.unwrap_or_else(|| Role::Member.as_str().to_owned());
    let options = roles.into_iter().map(|role| (role.as_str().to_owned(), word(lang, role).to_owned(), None));
    let to = action.clone();
    let rows = rows.into_iter().map(move |row| view! { <PersonRow lang action=to.clone() row /> });
    view! {
        <section class="section" id="people">
            <h2>{rooms::people(lang)}</h2>
            <p>{rooms::people_lead(lang)}</p>
            <ul class="rows">{rows.collect_view()}</ul>
            <form class="add" method="post" action=action>
                <Field
                    lang
                    form=form.clone()
                    name="email"
                    kind="email"
                    label=rooms::add_email(lang)
                    hint=rooms::add_hint(lang)
                />
                <Select lang form name="role" label=rooms::add_as(lang) options=options.collect() chosen />
                <button class="button" name="do" value="add">
                    {rooms::add(lang)}
                </button>
            </form>
        </section>
    }
}

#[component]
fn PersonRow(lang: Lang, action: String, row: Row) -> impl IntoView {
    let role =
        if row.own { format!("{}, {}", word(lang, row.role), rooms::you(lang)) } else { word(lang, row.role).into() };
    let menu =
        (row.removable || !row.may_become.is_empty()).then(|| view! { <PersonMenu lang action row=row.clone() /> });
    view! {
        <li class="row row--person">
            <span class="avatar" aria-hidden="true">
                <Avatar initials=initials(&row.name) color=row.color />
            </span>
            <div>
                <span class="row__title" dir="auto">
                    {row.name}
                </span>
                <div class="row__sub">
                    <span>{role}</span>
                    {row.email.map(|email| view! { <span class="ltr">{email}</span> })}
                </div>
            </div>
            <div class="row__end">{menu}</div>
        </li>
    }
}

#[component]
fn PersonMenu(lang: Lang, action: String, row: Row) -> impl IntoView {
    let more = rooms::more_for(lang, &row.name);
    let summary = move || {
        view! {
            <Icon name=IconName::More />
            <span class="sr">{more.clone()}</span>
        }
    };
    let become_ = row.may_become.into_iter().map(move |role| {
        let (act, text) = match role {
            Role::Owner => ("make-owner", rooms::make_owner(lang)),
            Role::Administrator => ("make-administrator", rooms::make_host(lang)),
            Role::Member => ("make-member", rooms::make_member(lang)),
        };
        view! {
            <button class="menu__item" name="do" value=act>
                {text}
            </button>
        }
    });
    let text = if row.own { rooms::leave_role(lang) } else { rooms::take_role(lang) };
    let remove = row.removable.then(|| {
        view! {
            <button class="menu__item menu__item--danger" name="do" value="remove">
                {text}
            </button>
        }
    });
    view! {
        <Menu class="icon-button" summary group="person">
            <form method="post" action=action>
                <input type="hidden" name="access" value=row.access />
                {become_.collect_view()}
                {remove}
            </form>
        </Menu>
    }
}
