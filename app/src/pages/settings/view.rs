//! The page of a room's settings.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, audit, door, lobby, pages, rooms},
    rooms::{
        model::{Role, Room},
        rights::Rights,
    },
};

use super::{
    attendance::Attendance,
    chat::Chat,
    door::Door,
    level::Level,
    links::Links,
    people::{People, Row},
    removed::{Out, Removed},
    rights::RightsForm,
};
use crate::{
    pages::notice::FormNotice,
    ui::{
        CopyLink, Crumb, Field, FormState,
        icon::{Icon, IconName},
    },
};

/// What is decided about a room, one form each.
#[component]
pub fn Settings(
    /// Language.
    lang: Lang,
    /// What was sent.
    form: FormState,
    /// The room.
    room: Room,
    /// Its whole link.
    link: String,
    /// Slugs of its former names.
    former: Vec<String>,
    /// Scheme, host and port.
    base: String,
    /// Who has a role in it.
    rows: Vec<Row>,
    /// Who was removed.
    out: Vec<Out>,
    /// The roles that the reader may give.
    roles: Vec<Role>,
    /// Whether the reader may delete it.
    owned: bool,
) -> impl IntoView {
    let path = format!("/{}", room.slug);
    let action = format!("{path}/settings");
    let rights = Rights::of(&room.configuration);
    let end = owned.then(|| view! { <End lang path=path.clone() name=room.name.clone() /> });
    view! {
        <main class="main" id="main">
            <Crumb to="/" title=pages::your_rooms(lang) />
            <div class="head">
                <div>
                    <h1 dir="auto">{room.name.clone()}</h1>
                    <CopyLink lang url=link />
                </div>
                <a class="button" href=format!("{path}/invite")>
                    <Icon name=IconName::Mail />
                    {rooms::invite(lang)}
                </a>
                <a class="button button--primary" href=path.clone()>
                    {pages::start(lang)}
                </a>
            </div>
            <FormNotice lang form=form.clone() />
            <div class="split">
                <Side lang owned />
                <div>
                    <Name lang form=form.clone() action=action.clone() name=room.name.clone() />
                    <Links lang action=action.clone() base slug=room.slug.clone() former />
                    <Level lang form=form.clone() action=action.clone() level=room.access_level />
                    <Door lang form=form.clone() action=action.clone() room=room.clone() />
                    <RightsForm lang action=action.clone() rights />
                    <Chat lang action=action.clone() on=room.chat kept=room.chat_history />
                    <Attendance lang action=action.clone() on=room.attendance slug=room.slug.clone() />
                    <People lang form action=action.clone() rows roles />
                    <Removed lang action out />
                    <section class="section" id="log">
                        <h2>{audit::title(lang)}</h2>
                        <p>{audit::settings_lead(lang)}</p>
                        <a class="button" href=format!("{path}/log")>
                            <Icon name=IconName::Clock />
                            {audit::open(lang)}
                        </a>
                    </section>
                    <section class="section" id="another">
                        <h2>{rooms::another(lang)}</h2>
                        <p>{rooms::another_hint(lang)}</p>
                        <a class="button" href=format!("/rooms/new?like={}", room.slug)>
                            <Icon name=IconName::Plus />
                            {rooms::another(lang)}
                        </a>
                    </section>
                    {end}
                </div>
            </div>
        </main>
    }
}

/// The ways to the parts of the page.
#[component]
fn Side(lang: Lang, owned: bool) -> impl IntoView {
    let parts = [
        ("#name-form", rooms::name(lang)),
        ("#links", door::links(lang)),
        ("#level", lobby::who_comes_in(lang)),
        ("#door", door::title(lang)),
        ("#rights", rooms::rights(lang)),
        ("#chat", lobby::chat(lang)),
        ("#attendance", lobby::attendance(lang)),
        ("#people", rooms::people_short(lang)),
        ("#removed", door::removed(lang)),
        ("#log", audit::title(lang)),
    ];
    let end = owned.then(|| ("#end", rooms::delete_title(lang)));
    let links = parts.into_iter().chain(end).map(|(to, word)| view! { <a href=to>{word}</a> });
    view! {
        <nav class="side" aria-label=rooms::settings_nav(lang)>
            {links.collect_view()}
        </nav>
    }
}

#[component]
fn Name(lang: Lang, form: FormState, action: String, name: String) -> impl IntoView {
    let typed = form.values.get("name").cloned().unwrap_or(name);
    let form = FormState { values: [("name".to_owned(), typed)].into(), ..form };
    view! {
        <form class="section fields" id="name-form" method="post" action=action>
            <h2>{rooms::name(lang)}</h2>
            <Field
                lang
                form
                name="name"
                label=pages::room_name(lang)
                hint=rooms::name_lead(lang)
                longest=500
            />
            <button class="button" name="do" value="rename">
                {lobby::save(lang)}
            </button>
        </form>
    }
}

#[component]
fn End(lang: Lang, path: String, name: String) -> impl IntoView {
    view! {
        <section class="section" id="end">
            <h2>{rooms::delete_title(lang)}</h2>
            <p>{rooms::delete_lead(lang)}</p>
            <a class="button button--danger" href=format!("{path}/delete")>
                <Icon name=IconName::Trash />
                <span class="clip">{rooms::delete_open(lang, name)}</span>
            </a>
        </section>
    }
}
