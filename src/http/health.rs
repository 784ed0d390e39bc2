//! `/healthz`: the process answers. `/readyz`: so does everything it depends on; what does not is named, and the status is 503
//! unless we can do without.

use std::time::Duration;

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::proof;
use crate::state::AppState;

/// How long a dependency may take to answer.
const LIMIT: Duration = Duration::from_secs(4);

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(async || Json(json!({ "status": "ok" }))))
        .route("/healthz/{nonce}", get(proof::prove))
        .route("/readyz", get(ready))
}

/// Says which dependency fails, never how: the reason is in the log.
async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Value>) {
    let database = match timeout(LIMIT, state.db.ping()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("no answer in time".to_owned()),
    };
    let cache = state.cache.ping().await.map_err(|error| error.to_string());
    let livekit = timeout(LIMIT, state.livekit.probe()).await;
    let livekit =
        livekit.map_or_else(|_| Err("no answer in time".to_owned()), |probe| probe.map_err(|why| why.to_string()));
    let mut failing = Vec::new();
    for (name, result) in [("database", database), ("cache", cache), ("livekit", livekit)] {
        if let Err(reason) = result {
            tracing::warn!(dependency = name, reason, "Not ready: {name} fails");
            failing.push(name);
        }
    }
    if failing.is_empty() {
        (StatusCode::OK, Json(json!({ "status": "ok" })))
    } else if failing == ["cache"] {
        // Calls and signing in work: if this took every process out of a balancer, nothing would.
        (StatusCode::OK, Json(json!({ "status": "degraded", "failing": failing })))
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "unavailable", "failing": failing })))
    }
}
