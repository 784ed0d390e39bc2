//! `/api/docs`: the document of the API, for people.

mod shape;
mod view;

use axum::{Router, response::Response, routing::get};
use visavis::{i18n::api_docs, state::AppState};

use super::context::Context;
use view::{Manual, ManualProps};

/// The route.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/docs", get(docs))
}

async fn docs(context: Context) -> Response {
    let lang = context.lang();
    context.show(api_docs::title(lang), move || Manual(ManualProps { lang }))
}
