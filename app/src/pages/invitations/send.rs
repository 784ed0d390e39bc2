//! What goes out: the invitation, and another time.

use leptos::prelude::*;
use uuid::Uuid;
use visavis::{
    i18n::{Lang, invitations, pages},
    invitations::model::LONGEST_MESSAGE,
};

use crate::{
    pages::when::When,
    ui::{
        FormState, Select, TextArea,
        icon::{Icon, IconName},
    },
};

/// Most characters of a list of addresses.
const LONGEST_LIST: usize = 10_000;

/// To whom, in which words, and when.
#[component]
pub fn Send(lang: Lang, form: FormState, action: String) -> impl IntoView {
    let wrong = form.value("wrong");
    let wrong = (!wrong.is_empty()).then(|| invitations::not_addresses(lang, wrong));
    let spoken = Lang::ALL
        .iter()
        .map(|each| (each.code().to_owned(), pages::this_language(*each).to_owned(), Some(each.code())));
    let timed = ["at", "minutes", "zone"].iter().any(|field| form.error(lang, field).is_some());
    let open = timed || !form.value("at").is_empty();
    let message = TextArea(crate::ui::TextAreaProps {
        lang,
        form: form.clone(),
        name: "message",
        label: invitations::message(lang),
        hint: invitations::message_hint(lang),
        detail: None,
        rows: 3,
        required: false,
        longest: LONGEST_MESSAGE,
    });
    view! {
        <form class="section fields" id="send" method="post" action=action>
            <h2>{invitations::by_mail(lang)}</h2>
            <p>{invitations::by_mail_lead(lang)}</p>
            <TextArea
                lang
                form=form.clone()
                name="addresses"
                label=invitations::addresses(lang)
                hint=invitations::addresses_hint(lang)
                detail=wrong
                rows=3
                required=true
                longest=LONGEST_LIST
            />
            {message}
            <Select
                lang
                form=form.clone()
                name="language"
                label=invitations::language(lang)
                options=spoken.collect()
                chosen=form.value("language")
            />
            <details class="more" open=open>
                <summary>
                    <Icon name=IconName::Calendar />
                    {invitations::with_time(lang)}
                </summary>
                <div class="fields">
                    <p class="field__hint">{invitations::with_time_hint(lang)}</p>
                    <When lang form required=false />
                </div>
            </details>
            <button class="button button--primary" name="do" value="send">
                <Icon name=IconName::Mail />
                {invitations::send(lang)}
            </button>
        </form>
    }
}

/// Another time for a meeting.
#[component]
pub fn Move(lang: Lang, form: FormState, action: String, batch: Uuid) -> impl IntoView {
    let back = action.clone();
    view! {
        <form class="section fields" id="change" method="post" action=action>
            <h2>{invitations::change_time(lang)}</h2>
            <input type="hidden" name="which" value=batch.to_string() />
            <When lang form required=true />
            <div class="line">
                <button class="button button--primary" name="do" value="move">
                    <Icon name=IconName::Mail />
                    {invitations::new_time(lang)}
                </button>
                <a class="button button--quiet" href=back>
                    {invitations::keep_time(lang)}
                </a>
            </div>
        </form>
    }
}
