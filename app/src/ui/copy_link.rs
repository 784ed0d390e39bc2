//! A link that is copied by a click.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use super::icon::{Icon, IconName};

/// Shows a link and copies it. The behaviour is the custom element in `app/js/page.ts`; without script the text can still be
/// selected.
#[component]
pub fn CopyLink(
    /// Language of the words around it.
    lang: Lang,
    /// What is copied: the whole address.
    #[prop(into)]
    url: String,
) -> impl IntoView {
    let shown = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned();
    view! {
        <copy-link data-url=url data-done=pages::link_copied(lang)>
            <button class="copy" type="button">
                <span class="copy__idle">
                    <span class="ltr">{shown}</span>
                    <Icon name=IconName::Copy />
                    <span class="sr">{pages::copy_link(lang)}</span>
                </span>
                <span class="copy__done">
                    <Icon name=IconName::Check />
                    {pages::link_copied(lang)}
                </span>
            </button>
            <span class="sr" role="status"></span>
        </copy-link>
    }
}
