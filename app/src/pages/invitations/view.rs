//! The page.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use visavis::{
    guest_links::model::Listed,
    i18n::{Lang, invitations, rooms},
    invitations::service::Batch,
    rooms::model::Room,
};

use super::{
    invited::Invited,
    links::Links,
    send::{Move, Send},
};
use crate::{
    pages::notice::FormNotice,
    ui::{Crumb, FormState, Notice, Tone},
};

/// Who is to be invited, who is, and by which links others come.
#[component]
pub fn Invitations(
    /// Language.
    lang: Lang,
    /// What was sent.
    form: FormState,
    /// The room.
    room: Room,
    /// Whether mails go out from here.
    mail: bool,
    /// What was sent so far.
    batches: Vec<Batch>,
    /// The meeting whose time is to be changed: nothing else is asked then.
    change: Option<Batch>,
    /// Guest links.
    links: Vec<Listed>,
    /// The one that was just made, whole.
    made: Option<String>,
    /// The reader's clock.
    zone: String,
    /// When this is.
    now: DateTime<Utc>,
) -> impl IntoView {
    let path = format!("/{}", room.slug);
    let action = format!("{path}/invitations");
    let changing = change.is_some();
    let first = match change {
        Some(batch) => view! { <Move lang form=form.clone() action=action.clone() batch=batch.id /> }.into_any(),
        None if mail => view! { <Send lang form=form.clone() action=action.clone() /> }.into_any(),
        None => view! { <Notice tone=Tone::Plain text=invitations::no_mail(lang) /> }.into_any(),
    };
    let list = (mail && !changing).then(|| {
        view! { <Invited lang action=action.clone() batches zone=zone.clone() now /> }
    });
    let links = (!changing).then(|| view! { <Links lang form=form.clone() action links made zone now /> });
    view! {
        <main class="task task--invite" id="main">
            <Crumb to=format!("{path}/invite") title=rooms::invite(lang) />
            <h1>{invitations::title(lang, format!("\u{2068}{}\u{2069}", room.name))}</h1>
            <FormNotice lang form />
            {first}
            {list}
            {links}
        </main>
    }
}
