//! The fields of a time that a meeting is to have.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, rooms},
    rooms::calendar::{LONGEST, SHORTEST},
    users::timezone,
};

use crate::ui::{Field, FieldError, FormState, Select};

/// Day, time, length and clock.
#[component]
pub fn When(lang: Lang, form: FormState, #[prop(default = true)] required: bool) -> impl IntoView {
    let zone = form.value("zone");
    let mut zones: Vec<_> =
        timezone::choices().into_iter().map(|zone| (zone.to_owned(), zone.replace('_', " "), None)).collect();
    if !zones.iter().any(|(name, ..)| *name == zone) {
        zones.insert(0, (zone.clone(), zone.clone(), None));
    }
    let error = form.error(lang, "minutes");
    view! {
        <div class="when">
            <Field lang form=form.clone() name="at" kind="datetime-local" label=rooms::when_at(lang) required />
            <div class="field">
                <label class="field__label" for="minutes">
                    {rooms::when_minutes(lang)}
                </label>
                <input
                    class="input"
                    id="minutes"
                    name="minutes"
                    type="number"
                    inputmode="numeric"
                    min=SHORTEST
                    max=LONGEST
                    required
                    value=form.value("minutes")
                    aria-invalid=error.map(|_| "true")
                    aria-describedby=error.map(|_| "minutes-error")
                />
                {error.map(|text| view! { <FieldError name="minutes" text /> })}
            </div>
        </div>
        <Select lang form name="zone" label=rooms::when_zone(lang) options=zones chosen=zone />
    }
}
