//! Giving a new room its name.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages, rooms};

use crate::{
    pages::notice::FormNotice,
    ui::{Field, FormState},
};

/// One field: the name of the room.
#[component]
pub fn NewRoom(
    /// Language.
    lang: Lang,
    /// Field `name`.
    form: FormState,
    /// Slug and name of the room whose settings it starts with.
    like: Option<(String, String)>,
) -> impl IntoView {
    let (hidden, said) = match like {
        Some((slug, name)) => (
            Some(view! { <input type="hidden" name="like" value=slug /> }),
            Some(view! { <p>{rooms::another_lead(lang, format!("\u{2068}{name}\u{2069}"))}</p> }),
        ),
        None => (None, None),
    };
    view! {
        <main class="task" id="main">
            <h1>{pages::plan_title(lang)}</h1>
            <p>{pages::plan_lead(lang)}</p>
            {said}
            <form class="fields" method="post" action="/rooms">
                {hidden}
                <FormNotice lang form=form.clone() />
                <Field
                    lang
                    form
                    name="name"
                    label=pages::room_name(lang)
                    hint=pages::room_name_hint(lang)
                    focus=true
                    longest=500
                />
                <button class="button button--primary button--big button--wide">{pages::make_room(lang)}</button>
            </form>
        </main>
    }
}
