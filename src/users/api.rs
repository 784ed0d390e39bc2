//! `/api/v1.0/users/me/` (contract §1.2).

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};

use super::types::UserBody;
use crate::{
    error::Error,
    state::AppState,
    web::{Viewer, reply::reply},
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1.0/users/me", get(me)).route("/api/v1.0/users/me/", get(me))
}

async fn me(viewer: Viewer) -> Response {
    match viewer.user {
        Some(user) => axum::Json(UserBody::from(user)).into_response(),
        None => reply(&Error::Unauthorized, viewer.lang),
    }
}
