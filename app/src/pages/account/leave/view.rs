//! Leaving for good: what happens to the rooms, and a last question.

use leptos::prelude::*;
use visavis::i18n::{Lang, account};

use super::DELETE;
use crate::{
    pages::{notice::FormNotice, path},
    ui::{
        Crumb, CurrentPassword, FormState, Notice, Tone,
        icon::{Icon, IconName},
    },
};

/// A room that has no other owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomChoice {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who could have it.
    pub heirs: Vec<Heir>,
}

/// Somebody with a role in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heir {
    /// Their key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Their role, in words.
    pub role: &'static str,
}

/// The whole form. Without password, and signed in long ago, it asks for signing in again instead.
#[component]
pub fn Leave(
    /// Language.
    lang: Lang,
    /// Field `current`, and one for each room.
    form: FormState,
    /// What must be decided.
    rooms: Vec<RoomChoice>,
    /// The password is asked for.
    has_password: bool,
    /// Whether who sits here has shown to be the account's owner, or can.
    may: bool,
) -> impl IntoView {
    let body = if may {
        view! { <LeaveForm lang form rooms has_password /> }.into_any()
    } else {
        view! { <SignInAgain lang form next="/account/delete" /> }.into_any()
    };
    view! {
        <main class="task" id="main">
            <Crumb to="/account/data" title=account::data_title(lang) />
            <h1>{account::leave_title(lang)}</h1>
            <p>{account::leave_lead(lang)}</p>
            {body}
        </main>
    }
}

#[component]
fn LeaveForm(lang: Lang, form: FormState, rooms: Vec<RoomChoice>, has_password: bool) -> impl IntoView {
    let choices = (!rooms.is_empty()).then(|| {
        let list = rooms.into_iter().map(|room| {
            let chosen = form.value(&format!("room-{}", room.id));
            view! { <RoomFate lang room chosen /> }
        });
        view! {
            <h2>{account::leave_rooms_title(lang)}</h2>
            <p>{account::leave_rooms_lead(lang)}</p>
            {list.collect_view()}
        }
    });
    let password = has_password.then(|| view! { <CurrentPassword lang form=form.clone() /> });
    view! {
        <form class="fields" method="post" action="/account/delete">
            <FormNotice lang form=form.clone() />
            {choices}
            {password}
            <Notice tone=Tone::Plain text=account::leave_final(lang) />
            <button class="button button--danger">
                <Icon name=IconName::Trash />
                {account::leave_button(lang)}
            </button>
        </form>
    }
}

#[component]
fn RoomFate(lang: Lang, room: RoomChoice, chosen: String) -> impl IntoView {
    let name = format!("room-{}", room.id);
    let heirs = room.heirs.into_iter().map(|heir| {
        let text = account::leave_hand_over(lang, heir.name, heir.role);
        let selected = heir.id == chosen;
        view! {
            <option value=heir.id selected=selected>
                {text}
            </option>
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=name.clone() dir="auto">
                {room.name}
            </label>
            <div class="select">
                <select class="input" id=name.clone() name=name required>
                    <option value="">{account::leave_choose(lang)}</option>
                    {heirs.collect_view()}
                    <option value=DELETE selected=chosen == DELETE>
                        {account::leave_delete_room(lang)}
                    </option>
                </select>
                <Icon name=IconName::Chevron />
            </div>
        </div>
    }
}

/// For an account without password: signing in anew takes its place.
#[component]
pub fn SignInAgain(
    /// Language.
    lang: Lang,
    /// What just went wrong.
    form: FormState,
    /// The page to come back to.
    next: &'static str,
) -> impl IntoView {
    view! {
        <FormNotice lang form />
        <p class="section">{account::leave_again(lang)}</p>
        <form method="post" action=format!("/sign-out?next={}", path::escaped(next))>
            <button class="button button--primary">{account::leave_again_button(lang)}</button>
        </form>
    }
}
