//! Asks who is there.

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use visavis::i18n::pages;

use super::view::{SignIn, SignInProps};
use crate::pages::{context::Context, path};

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// The form; who is signed in already goes on.
pub async fn sign_in(context: Context, Query(asked): Query<Next>) -> Response {
    let form = context.form().await;
    let kept = form.value("next");
    let next = path::local(&kept).or_else(|| path::local(&asked.next)).unwrap_or("/").to_owned();
    if context.viewer.user.is_some() {
        return Redirect::to(&next).into_response();
    }
    let lang = context.lang();
    let mail = context.state.mail.is_some();
    context.show(pages::sign_in(lang), move || SignIn(SignInProps { lang, form, next, mail }))
}
