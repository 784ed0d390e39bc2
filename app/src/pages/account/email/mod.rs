//! `/account/email`: one's own address, confirmed by a link that goes there. Where no mail is sent there is no such page.

mod view;

use axum::{Router, extract::Path, http::StatusCode, response::Response, routing::get};
use serde::Deserialize;
use visavis::{
    error::Error,
    i18n::account,
    sessions::service::is_fresh,
    state::AppState,
    users::{
        address::{ask, confirm, peek},
        model::User,
    },
};

use crate::pages::{context::Context, form::Form};
use view::{Address, AddressProps, Confirm, ConfirmProps, Spent, SpentProps};

const PATH: &str = "/account/email";

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/account/email", get(show).post(send)).route("/account/email/{token}", get(look).post(accept))
}

/// Who it is about. Errors: `NotFound` where no mail is sent, or the address is the identity provider's; `Unauthorized`.
fn owner(context: &Context) -> Result<User, Error> {
    if context.state.mail.is_none() {
        return Err(Error::NotFound);
    }
    let user = context.viewer.signed_in()?.clone();
    if user.sub.is_some() { Err(Error::NotFound) } else { Ok(user) }
}

async fn show(context: Context) -> Response {
    let asked = async {
        let user = owner(&context)?;
        Ok((user, is_fresh(&context.viewer.session, context.state.clock.now()).await?))
    };
    match asked.await {
        Ok((user, fresh)) => {
            let (lang, mut form) = (context.lang(), context.form().await);
            let has_password = user.password_hash.is_some();
            let now = super::view::address(lang, &user);
            form.values.entry("email".to_owned()).or_insert(user.email.unwrap_or_default());
            context.show(account::address_title(lang), move || {
                Address(AddressProps { lang, form, now, has_password, may: has_password || fresh })
            })
        }
        Err(error) => context.problem(&error),
    }
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    email: String,
    current: String,
}

/// Sends the link.
async fn send(context: Context, Form(typed): Form<Typed>) -> Response {
    let sent = async {
        let user = owner(&context)?;
        ask(&context.state, &user, &context.viewer.session, &typed.email, typed.current, context.lang()).await
    };
    match sent.await {
        Ok(()) => context.done(PATH, Some("address_sent")).await,
        Err(error) => context.failed(error, &[("email", &typed.email)], PATH).await,
    }
}

/// Looks at a link without using it up.
async fn look(context: Context, Path(token): Path<String>) -> Response {
    let found = async { peek(&context.state, &owner(&context)?, &token).await };
    match found.await {
        Ok(email) => {
            let (lang, action) = (context.lang(), format!("{PATH}/{token}"));
            context.show(account::address_is_yours(lang), move || Confirm(ConfirmProps { lang, email, action }))
        }
        Err(error) => spent_or(context, error),
    }
}

/// Uses it up.
async fn accept(context: Context, Path(token): Path<String>) -> Response {
    let confirmed = async { confirm(&context.state, &owner(&context)?, &token).await };
    match confirmed.await {
        Ok(()) => context.done("/account", Some("address_confirmed")).await,
        Err(error @ Error::Conflict(_)) => context.failed(error, &[], PATH).await,
        Err(error) => spent_or(context, error),
    }
}

/// The link is no good: nobody is told why.
fn spent_or(context: Context, error: Error) -> Response {
    match error {
        Error::NotFound if context.state.mail.is_some() => {
            let lang = context.lang();
            let title = account::address_spent_title(lang);
            context.show_as(StatusCode::NOT_FOUND, title, move || Spent(SpentProps { lang }))
        }
        other => context.problem(&other),
    }
}
