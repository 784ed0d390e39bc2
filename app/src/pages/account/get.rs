//! Shows the account.

use axum::response::Response;
use visavis::{
    error::Error,
    i18n::{account, pages},
    users::password::SHORTEST,
};

use super::view::{Account, AccountProps, address};
use crate::pages::context::Context;

/// For somebody signed in.
pub async fn account(context: Context) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let (lang, form) = (context.lang(), context.form().await);
    let name = user.display_name();
    let language = user.lang().map_or(account::like_browser(lang), pages::this_language);
    let profile = account::profile_sub(lang, language, &name, &user.timezone);
    let address = (context.state.mail.is_some() && user.sub.is_none()).then(|| address(lang, &user));
    let (email, has_password) = (user.email.filter(|email| *email != name), user.password_hash.is_some());
    context.show(pages::account(lang), move || {
        Account(AccountProps { lang, form, name, email, has_password, least: SHORTEST, profile, address })
    })
}
