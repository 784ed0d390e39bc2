//! Where the room is found: its link, and those of its former names.

use leptos::prelude::*;
use visavis::i18n::{Lang, door};

use crate::ui::{CopyLink, Menu};

/// The links. `base`: scheme, host and port.
#[component]
pub fn Links(lang: Lang, action: String, base: String, slug: String, former: Vec<String>) -> impl IntoView {
    let rows = former.into_iter().map(|slug| view! { <Former lang action=action.clone() base=base.clone() slug /> });
    let rows: Vec<_> = rows.collect();
    let list = if rows.is_empty() {
        view! { <p class="quiet">{door::links_none(lang)}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section" id="links">
            <h2>{door::links(lang)}</h2>
            <p>{door::links_lead(lang)}</p>
            <CopyLink lang url=format!("{base}/{slug}") />
            {list}
        </section>
    }
}

#[component]
fn Former(lang: Lang, action: String, base: String, slug: String) -> impl IntoView {
    let shown = base.split_once("://").map_or(base.as_str(), |(_, rest)| rest).to_owned();
    let path = format!("/{slug}");
    let summary = move || {
        view! {
            {door::link_give_up(lang)}
            <span class="sr">{path.clone()}</span>
        }
    };
    view! {
        <li class="row row--room">
            <span class="row__link ltr">{format!("{shown}/{slug}")}</span>
            <div class="row__end">
                <Menu class="button button--quiet" summary group="link">
                    <form class="menu__ask" method="post" action=action>
                        <p>{door::link_question(lang)}</p>
                        <input type="hidden" name="link" value=slug />
                        <button class="button button--danger" name="do" value="give-up">
                            {door::link_give_up_now(lang)}
                        </button>
                    </form>
                </Menu>
            </div>
        </li>
    }
}
