//! How large a request may be, how long it may take, and how many are answered.

use std::time::Duration;

use axum::{
    body::{Body, HttpBody},
    extract::{MatchedPath, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Limited};
use serde_json::json;
use tower_sessions::Session;

use super::class::Class;
use crate::{
    error::Error,
    sessions::service::USER,
    state::AppState,
    web::{
        device::Browser,
        remote::{Remote, UNKNOWN, network},
    },
};

/// How long an answer may take, a slowly sent body included. LiveKit's signalling has [`crate::livekit::forward`]'s own, shorter
/// patience, and an open WebSocket is no longer a request.
const TIME: Duration = Duration::from_secs(30);
/// Longest path and query, in bytes. Signalling carries a token and what the browser can do.
const ADDRESS: usize = 16 * 1024;
/// How much of a body that is too large is read off, in bytes.
const READ_OFF: usize = 2 * 1024 * 1024;
/// Requests at the door within a minute from all browsers behind one address.
const BROWSERS: u64 = 30_000;
const MINUTE: Duration = Duration::from_secs(60);

fn class(request: &Request) -> Class {
    Class::of(request.method(), request.extensions().get::<MatchedPath>().map(MatchedPath::as_str))
}

/// Refuses what is too large before it is read (413, 414), and what takes too long (408, RFC 9110 §15.5.9): half a body that never
/// goes on would otherwise be waited for for ever.
pub async fn size_and_time(request: Request, next: Next) -> Response {
    within(TIME, request, next).await
}

async fn within(time: Duration, request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|asked| asked.as_str().len() > ADDRESS) {
        return refused(StatusCode::URI_TOO_LONG, "The address is too long.");
    }
    let most = class(&request).body();
    // What it announces; what it does not is cut off while it is read.
    if request.body().size_hint().lower() > most as u64 {
        read_off(request.into_body()).await;
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "The request body is too large.");
    }
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => refused(StatusCode::REQUEST_TIMEOUT, "The request took too long."),
    }
}

/// Lets somebody finish what is refused, within reason: who is still sending would see a broken connection, not the answer.
async fn read_off(body: Body) {
    let mut body = Limited::new(body, READ_OFF);
    let rest = async { while let Some(Ok(_)) = body.frame().await {} };
    let _ = tokio::time::timeout(Duration::from_secs(2), rest).await;
}

fn refused(status: StatusCode, detail: &str) -> Response {
    (status, axum::Json(json!({ "detail": detail }))).into_response()
}

/// Answers only so many requests of a kind in a minute (429): to an account, wherever it is; to strangers by their address.
pub async fn rate(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let class = class(&request);
    let Some(rate) = class.rate() else { return next.run(request).await };
    let account: Option<uuid::Uuid> = match request.extensions().get::<Session>() {
        Some(session) => match session.get(USER).await {
            Ok(account) => account,
            // The handler would ask again, and wait as long again for a database that is away.
            Err(error) => return Error::from(error).into_response(),
        },
        None => None,
    };
    let address = network(request.extensions().get().map_or(UNKNOWN, |remote: &Remote| remote.0)).to_string();
    // A hall of guests behind one address asks again and again while it waits: each browser counts for itself. Its cookie is signed,
    // so nobody invents browsers, and asking for new ones counts for the address.
    let browser = if class == Class::Enter { Browser::known(&state, request.headers()) } else { None };
    let factor = state.settings.server.rate_factor;
    let count = async |who: &str, most: u64| {
        state.cache.limit(&format!("rate:{}:{who}", class.name()), most.saturating_mul(factor), MINUTE).await
    };
    let counted = match (account, browser) {
        (Some(id), _) => count(&id.to_string(), rate.account).await,
        (None, Some(id)) => match count(&id.to_string(), rate.account).await {
            Ok(()) => count(&format!("{address}:all"), BROWSERS).await,
            refused => refused,
        },
        (None, None) => count(&address, rate.address).await,
    };
    match counted {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Bytes, middleware, routing::post};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_body_that_never_ends_is_not_waited_for() {
        let limit = middleware::from_fn(async |request: Request, next: Next| {
            within(Duration::from_millis(20), request, next).await
        });
        let router = Router::new().route("/", post(async |_: Bytes| ())).layer(limit);
        let never = Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
        let request = Request::post("/").body(never).expect("a request");
        let answer = tokio::time::timeout(Duration::from_secs(5), router.oneshot(request)).await;
        assert_eq!(answer.expect("in time").expect("infallible").status(), StatusCode::REQUEST_TIMEOUT);
    }
}
