//! The whole product's router: the one that is served, and the one that tests look at.

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use tokio_util::sync::CancellationToken;
use visavis::{http, state::AppState};

use crate::{assets, identity, pages};

/// Pages, server functions, assets, API, webhooks, signalling. `stop` ends what would never end by itself.
pub fn router(state: &AppState, stop: CancellationToken) -> Router {
    let router = Router::new()
        .merge(http::router(state, stop.clone()))
        .merge(assets::router())
        .merge(identity::router())
        .route("/fn/{*name}", post(server_function))
        .merge(pages::router(stop));
    http::layers(router, state).layer(middleware::from_fn_with_state(state.clone(), pages::for_people))
}

/// Only JSON comes in: a page of another site cannot send that type without asking first, which nobody answers.
async fn server_function(State(state): State<AppState>, request: Request) -> Response {
    if !server_fn_paths().any(|(path, method)| path == request.uri().path() && method == request.method()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request).await.into_response()
}
