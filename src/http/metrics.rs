//! `GET /metrics`: on a listener of its own, or behind a token, or not at all.

use std::time::{Duration, Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::time::timeout;

use crate::{
    error::Result,
    jobs,
    metrics::{self, Job, Pool},
    sessions,
    state::AppState,
};

/// How long the database or LiveKit may take to be counted; Prometheus itself gives up after ten seconds.
const LIMIT: Duration = Duration::from_secs(4);

/// The route of the public port.
pub fn router() -> Router<AppState> {
    Router::new().route("/metrics", get(public))
}

/// The route of the listener that serves nothing else.
pub fn alone() -> Router<AppState> {
    Router::new().route("/metrics", get(private))
}

/// Counts every request by its route's pattern.
pub async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let request = metrics::Request::new(route, method.as_str(), response.status().as_u16());
    state.metrics.requested(&request, began.elapsed());
    response
}

async fn public(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let settings = &state.settings.metrics;
    if settings.listen.is_some() || settings.token.is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    private(State(state), headers).await
}

async fn private(State(state): State<AppState>, headers: HeaderMap) -> Response {
    if let Some(token) = &state.settings.metrics.token
        && !opens(token, &headers)
    {
        return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response();
    }
    if let Err(error) =
        timeout(LIMIT, look(&state)).await.unwrap_or_else(|_| Err(anyhow::anyhow!("no answer in time").into()))
    {
        tracing::warn!(%error, "The database could not be counted for /metrics");
    }
    if state.metrics.livekit_is_due() {
        livekit(&state).await;
    }
    let headers = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    (headers, state.metrics.text()).into_response()
}

/// Compares digests, so that neither the length nor how much of it is right shows in the time.
fn opens(token: &str, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(given) = given.and_then(|value| value.strip_prefix("Bearer ")) else { return false };
    Sha256::digest(given.trim()).ct_eq(&Sha256::digest(token)).into()
}

/// Counts what stands in the database.
async fn look(state: &AppState) -> Result<()> {
    let pool = state.db.pool();
    let idle = i64::try_from(pool.idle).unwrap_or(i64::MAX);
    state.metrics.pool.get_or_create(&Pool { state: "idle" }).set(idle);
    state.metrics.pool.get_or_create(&Pool { state: "used" }).set(i64::from(pool.size) - idle);
    state.metrics.pool_most.set(i64::from(pool.most));
    let now = state.clock.now();
    let mut lent = state.db.lend().await?;
    let counted = jobs::count(&mut lent.conn(), now).await?;
    for (name, number) in [("waiting", counted.waiting), ("running", counted.running), ("failed", counted.failed)] {
        state.metrics.jobs.get_or_create(&Job { state: name }).set(number);
    }
    let overdue = counted.due_since.map_or(0, |since| (now - since).num_seconds().max(0));
    state.metrics.jobs_overdue.set(overdue);
    state.metrics.sessions.set(sessions::count(&mut lent.conn(), now).await?);
    Ok(())
}

/// Counts what LiveKit has.
async fn livekit(state: &AppState) {
    let metrics = &state.metrics;
    match state.livekit.client().list_rooms(&[]).await {
        Ok(rooms) => {
            metrics.livekit_up.set(1);
            metrics.rooms.get_or_create(&[]).set(i64::try_from(rooms.len()).unwrap_or(i64::MAX));
            metrics.participants.get_or_create(&[]).set(rooms.iter().map(|room| i64::from(room.participants)).sum());
        }
        Err(_) => {
            metrics.livekit_up.set(0);
            metrics.rooms.clear();
            metrics.participants.clear();
        }
    }
}
