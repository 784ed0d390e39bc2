//! Who are you?

use crate::meeting::lean::{maybe, part};
use crate::{
    meeting::state::Meeting,
    ui::icon::{Icon, IconName},
};
use leptos::prelude::*;
use visavis::i18n::meeting as words;

/// As long as a name may get.
const LONGEST: &str = "50";

/// The name field, with what is wrong with it. What was typed before the page came to life is kept: the field is the truth,
/// and tells the state, never the other way round.
#[component]
pub fn Name(meeting: Meeting) -> impl IntoView {
    let lang = meeting.lang;
    let editable = meeting.given(|given| given.name_editable);
    let error = move || {
        meeting.refusal.with(|refusal| {
            let (_, code) = refusal.as_ref()?.fields.iter().find(|(field, _)| field == "name")?;
            Some(match code.as_str() {
                "name_required" => words::name_required(lang),
                "name_too_long" => words::too_long(lang),
                _ => words::name_wrong(lang),
            })
        })
    };
    let label = if editable { words::your_name(lang) } else { words::your_name_fixed(lang) };
    view! {
        <div class="field">
            <label class="field__label" for="name">
                {label}
            </label>
            <input
                class="input"
                id="name"
                name="name"
                autocomplete="name"
                dir="auto"
                maxlength=LONGEST
                required
                readonly=!editable
                value=meeting.name.get_untracked()
                aria-invalid=maybe(move || error().map(|_| "true"))
                aria-describedby=maybe(move || error().map(|_| "name-error"))
                on:input=move |event| {
                    meeting.name.set(event_target_value(&event));
                    meeting.refusal.set(None);
                }
            />
            {part(move || {
                error()
                    .map(|text| {
                        view! {
                            <p class="field__error" id="name-error">
                                <Icon name=IconName::Warning />
                                {text}
                            </p>
                        }
                    })
            })}
        </div>
    }
}
