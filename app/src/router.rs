//! The whole product's router: the one that is served, and the one that tests look at.

use axum::{
    Router,
    extract::{Request, State},
    middleware,
    response::IntoResponse,
    routing::post,
};
use leptos::prelude::provide_context;
use tokio_util::sync::CancellationToken;
use visavis::{http, state::AppState};

use crate::{assets, pages};

/// Pages, server functions, assets, API, webhooks, signalling. `stop` ends what would never end by itself.
pub fn router(state: &AppState, stop: CancellationToken) -> Router {
    let router = Router::new()
        .merge(http::router(state, stop))
        .merge(assets::router())
        .route("/fn/{*name}", post(server_function))
        .merge(pages::router());
    http::layers(router, state).layer(middleware::from_fn_with_state(state.clone(), pages::for_people))
}

async fn server_function(State(state): State<AppState>, request: Request) -> impl IntoResponse {
    leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request).await
}
