//! Giving a new room its name.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

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
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <h1>{pages::plan_title(lang)}</h1>
            <p>{pages::plan_lead(lang)}</p>
            <form class="fields" method="post" action="/rooms">
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
