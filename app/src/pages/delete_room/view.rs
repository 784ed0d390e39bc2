//! What becomes of everything, and the button.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, rooms},
    rooms::model::Room,
};

use crate::{
    pages::notice::FormNotice,
    ui::{
        Crumb, FormState, Notice, Tone,
        icon::{Icon, IconName},
    },
};

/// Whom it concerns.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    /// How many are in it now.
    pub inside: i64,
    /// How many will be told by mail that a meeting does not take place.
    pub invited: i64,
}

/// The question.
#[component]
pub fn Delete(
    /// Language.
    lang: Lang,
    /// What just happened.
    form: FormState,
    /// The room.
    room: Room,
    /// Its whole link.
    link: String,
    /// Whom it concerns.
    fate: Fate,
) -> impl IntoView {
    let path = format!("/{}", room.slug);
    let shown = link.split_once("://").map_or(link.as_str(), |(_, rest)| rest).to_owned();
    let now = match fate.inside {
        0 => rooms::delete_nobody(lang).to_owned(),
        1 => rooms::delete_inside_one(lang).to_owned(),
        count => rooms::delete_inside(lang, count),
    };
    let invited = match fate.invited {
        0 => None,
        1 => Some(rooms::delete_invited_one(lang).to_owned()),
        count => Some(rooms::delete_invited(lang, count)),
    };
    view! {
        <main class="task" id="main">
            <Crumb to=format!("{path}/settings") title=rooms::settings(lang) />
            <h1>{rooms::delete_question(lang, format!("\u{2068}{}\u{2069}", room.name))}</h1>
            <FormNotice lang form />
            <ul class="points">
                <li>{now}</li>
                <li>{rooms::delete_link(lang, shown)}</li>
                {invited.map(|text| view! { <li>{text}</li> })}
                <li>{rooms::delete_kept(lang)}</li>
            </ul>
            <form class="fields" method="post" action=format!("{path}/delete")>
                <Notice tone=Tone::Plain text=rooms::delete_final(lang) />
                <div class="line">
                    <button class="button button--danger">
                        <Icon name=IconName::Trash />
                        {rooms::delete_button(lang)}
                    </button>
                    <a class="button button--quiet" href=format!("{path}/settings")>
                        {rooms::delete_not(lang)}
                    </a>
                </div>
            </form>
        </main>
    }
}
