//! What floats over the pictures of a call when somebody is at the door.

use leptos::prelude::*;
use visavis::{
    i18n::{Lang, lobby},
    livekit::colour::colour,
    lobby::model::Entry,
};

use super::list::Decide;
use crate::{meeting::text::initials, ui::Avatar};

/// The one who waits longest, and how many there are.
#[component]
pub fn Card(
    /// Language.
    lang: Lang,
    /// Where forms go.
    action: String,
    /// Who waits longest.
    first: Entry,
    /// How many wait.
    count: usize,
) -> impl IntoView {
    let color = colour(&first.participant_id.to_string());
    let id = first.participant_id.to_string();
    view! {
        <section class="knock" aria-label=lobby::at_the_door_label(lang)>
            <span class="avatar" aria-hidden="true">
                <Avatar initials=initials(&first.username) color />
            </span>
            <p class="knock__who">
                <b>
                    <bdi>{first.username.clone()}</bdi>
                </b>
                <span>{lobby::at_the_door_card(lang)}</span>
            </p>
            <div class="knock__do">
                <Decide action id>
                    <button class="button button--primary" name="do" value="admit" data-key="card-admit">
                        {lobby::admit(lang)}
                    </button>
                    <button class="button" name="do" value="refuse" data-key="card-refuse">
                        {lobby::refuse(lang)}
                    </button>
                </Decide>
                {(count > 1)
                    .then(|| {
                        view! {
                            <button class="button button--quiet" type="button" data-do="open" data-key="card-open">
                                {lobby::see_all(lang, count)}
                            </button>
                        }
                    })}
            </div>
        </section>
    }
}
