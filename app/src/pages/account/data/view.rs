//! What we keep about somebody: to take along, to delete.

use leptos::prelude::*;
use visavis::i18n::{Lang, account, pages};

use crate::ui::{
    Crumb,
    icon::{Icon, IconName},
};

/// A copy, and the way out for good.
#[component]
pub fn Data(
    /// Language.
    lang: Lang,
) -> impl IntoView {
    view! {
        <main class="task" id="main">
            <Crumb to="/account" title=pages::account(lang) />
            <h1>{account::data_title(lang)}</h1>
            <section class="section">
                <h2>{account::export_title(lang)}</h2>
                <p>{account::export_lead(lang)}</p>
                <p class="line">
                    <a class="button" href="/account/export" download="visavis-account.zip">
                        <Icon name=IconName::Download />
                        {account::export_button(lang)}
                    </a>
                </p>
            </section>
            <section class="section">
                <h2>{account::leave_title(lang)}</h2>
                <p>{account::leave_lead(lang)}</p>
                <p class="line">
                    <a class="button button--danger" href="/account/delete">
                        <Icon name=IconName::Trash />
                        {account::leave_link(lang)}
                    </a>
                </p>
            </section>
        </main>
    }
}
