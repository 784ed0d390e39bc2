//! `/account/data`, and `/account/export` behind its button.

mod view;

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use visavis::{accounts::export::archive, error::Error, i18n::account, state::AppState};

use crate::pages::context::Context;
use view::{Data, DataProps};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/account/data", get(show)).route("/account/export", get(export))
}

async fn show(context: Context) -> Response {
    if context.viewer.user.is_none() {
        return context.problem(&Error::Unauthorized);
    }
    let lang = context.lang();
    context.show(account::data_title(lang), move || Data(DataProps { lang }))
}

/// The signed-in person's own, and nobody else's: there is no way to name another.
async fn export(context: Context) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    match archive(&context.state, &user, Some(&context.viewer.session)).await {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, "application/zip"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"visavis-account.zip\""),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => context.problem(&error),
    }
}
