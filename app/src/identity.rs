//! What the operator gave to show whose instance this is: the logo, and the style sheet with the accent. Another one has another
//! name, so browsers may keep them.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use visavis::{config::Accent, state::AppState};

/// Before the names.
pub const FOLDER: &str = "/assets/instance/";

/// The name of an accent's style sheet; what we make of a colour may change with our version.
pub fn style_name(accent: Accent) -> String {
    format!("{}-{}.css", accent.to_string().trim_start_matches('#'), env!("CARGO_PKG_VERSION"))
}

/// `/assets/instance/{file}`: those that the settings name, and no others.
pub fn router() -> Router<AppState> {
    Router::new().route("/assets/instance/{file}", get(file))
}

async fn file(State(state): State<AppState>, Path(file): Path<String>) -> Response {
    let given = &state.settings.instance;
    let common =
        [(header::CACHE_CONTROL, "public, max-age=31536000, immutable"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    if let Some(accent) = given.accent.filter(|accent| style_name(*accent) == file) {
        return (common, [(header::CONTENT_TYPE, "text/css; charset=utf-8")], accent.style()).into_response();
    }
    match given.logo.as_ref().filter(|logo| logo.name == file) {
        // By itself, too, it is a picture: the policy of answers that are no page lets no script of it run.
        Some(logo) => (common, [(header::CONTENT_TYPE, logo.kind)], logo.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
