//! What a page says at its top about the form that was just sent.

use leptos::prelude::*;
use visavis::i18n::{Lang, account, door, invitations, lobby, pages, rooms};

use crate::ui::{FormState, Notice, Tone};

/// What worked, or what is wrong with the form as a whole; errors of fields stand beside their fields.
#[component]
pub fn FormNotice(
    /// Language.
    lang: Lang,
    /// The form.
    form: FormState,
) -> impl IntoView {
    let wrong = form.error(lang, "").map(|text| view! { <Notice tone=Tone::Bad text /> });
    let good = form
        .notice
        .as_deref()
        .and_then(|code| sentence(lang, code))
        .map(|text| view! { <Notice tone=Tone::Good text /> });
    view! {
        {wrong}
        {good}
    }
}

/// Codes that handlers leave in the flash.
fn sentence(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "room_made" => pages::notice_room_made(lang),
        "password_saved" => pages::notice_password_saved(lang),
        "signed_out" => pages::notice_signed_out(lang),
        "profile_saved" => account::profile_saved(lang),
        "account_deleted" => account::account_deleted(lang),
        "address_sent" => account::address_sent(lang),
        "address_confirmed" => account::address_confirmed(lang),
        "link_on_its_way" => account::link_on_its_way(lang),
        "place_ended" => account::place_ended(lang),
        "waits_no_longer" => lobby::waits_no_longer(lang),
        "door_saved" => lobby::door_saved(lang),
        "door_saved_later" => lobby::door_saved_later(lang),
        "new_rooms_saved" => account::new_rooms_saved(lang),
        "link_given_up" => door::notice_link(lang),
        "let_back" => door::notice_let_back(lang),
        "places_ended" => account::places_ended(lang),
        "room_deleted" => rooms::notice_deleted(lang),
        "room_renamed" => rooms::notice_renamed(lang),
        "rights_saved" => rooms::notice_rights(lang),
        "role_given" => rooms::notice_role_given(lang),
        "role_changed" => rooms::notice_role_changed(lang),
        "role_taken" => rooms::notice_role_taken(lang),
        "invitations_sent" => invitations::notice_sent(lang),
        "invitation_again" => invitations::notice_again(lang),
        "invitation_taken_back" => invitations::notice_taken_back(lang),
        "meeting_moved" => invitations::notice_moved(lang),
        "meeting_cancelled" => invitations::notice_cancelled(lang),
        "guest_link_revoked" => invitations::notice_link_revoked(lang),
        _ => return None,
    })
}
