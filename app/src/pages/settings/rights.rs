//! What people may do who do not run meetings.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, lobby, rooms},
    rooms::rights::Rights,
};

/// A checkbox in the shape of a switch; off, it sends nothing.
#[component]
pub fn Switch(
    /// Name in the request.
    name: &'static str,
    /// What it is.
    label: &'static str,
    /// One sentence that helps.
    hint: Option<&'static str>,
    /// Whether it is on.
    on: bool,
) -> impl IntoView {
    view! {
        <label class="switch">
            <b>{label}</b>
            {hint.map(|text| view! { <span class="switch__hint">{text}</span> })}
            <input type="checkbox" role="switch" name=name checked=on />
        </label>
    }
}

/// One switch each.
#[component]
pub fn RightsForm(lang: Lang, action: String, rights: Rights) -> impl IntoView {
    let switch = |name, label, hint, on| Switch(SwitchProps { name, label, hint, on });
    view! {
        <form class="section fields" id="rights" method="post" action=action>
            <h2>{rooms::rights(lang)}</h2>
            <p>{rooms::rights_lead(lang)}</p>
            <div class="switches">
                {switch("microphone", rooms::right_microphone(lang), None, rights.microphone)}
                {switch("camera", rooms::right_camera(lang), None, rights.camera)}
                {switch("share", rooms::right_share(lang), Some(rooms::right_share_hint(lang)), rights.share)}
                {switch("mute", rooms::right_mute(lang), None, rights.mute)}
            </div>
            <button class="button" name="do" value="rights">
                {lobby::save(lang)}
            </button>
        </form>
    }
}
