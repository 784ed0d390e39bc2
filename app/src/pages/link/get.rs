//! Looks at a link without using it up: programs that check the links of mails must not burn it.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use visavis::{
    error::Error,
    i18n::pages,
    sessions::link::{self, Purpose},
};

use super::{
    spent,
    view::{LinkConfirm, LinkConfirmProps},
};
use crate::pages::context::Context;

/// A button that names the account.
pub async fn link(context: Context, Path(token): Path<String>) -> Response {
    let lang = context.lang();
    let user = match link::peek(&context.state, &token).await {
        Ok(Purpose::SignIn(user)) => user,
        Ok(Purpose::FirstAdmin) => return Redirect::to(&format!("/setup/{token}")).into_response(),
        Err(Error::NotFound) => return spent(context),
        Err(error) => return context.problem(&error),
    };
    let (name, action) = (user.display_name(), format!("/link/{token}"));
    let email = user.email.filter(|email| *email != name);
    context.show(pages::link_title(lang), move || LinkConfirm(LinkConfirmProps { lang, name, email, action }))
}
