//! Asks who will run the instance.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use visavis::{
    error::Error,
    i18n::pages,
    sessions::link::{self, Purpose},
    users::password::SHORTEST,
};

use super::view::{FirstAdmin, FirstAdminProps};
use crate::pages::{context::Context, link::spent};

/// The form.
pub async fn setup(context: Context, Path(token): Path<String>) -> Response {
    match link::peek(&context.state, &token).await {
        Ok(Purpose::FirstAdmin) => {}
        Ok(Purpose::SignIn(_)) => return Redirect::to(&format!("/link/{token}")).into_response(),
        Err(Error::NotFound) => return spent(context),
        Err(error) => return context.problem(&error),
    }
    let (lang, form, action) = (context.lang(), context.form().await, format!("/setup/{token}"));
    context.show(pages::first_title(lang), move || FirstAdmin(FirstAdminProps { lang, form, action, least: SHORTEST }))
}
