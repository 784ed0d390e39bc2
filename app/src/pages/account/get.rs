//! Shows the account.

use axum::response::Response;
use visavis::{error::Error, i18n::pages, users::password::SHORTEST};

use super::view::{Account, AccountProps};
use crate::pages::context::Context;

/// For somebody signed in.
pub async fn account(context: Context) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let (lang, form) = (context.lang(), context.form().await);
    let name = user.display_name();
    let (email, has_password) = (user.email.filter(|email| *email != name), user.password_hash.is_some());
    context.show(pages::account(lang), move || {
        Account(AccountProps { lang, form, name, email, has_password, least: SHORTEST })
    })
}
