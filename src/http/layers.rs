//! What every request passes through: id, trace, time and size limits, security headers, compression, session, CSRF.

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware,
    response::Response,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};
use tracing::{Span, field::Empty};

use super::metrics;
use crate::{error::Error, random::Random, sessions, state::AppState, web::csrf};

/// Largest request body, in bytes; nothing that people type is longer.
const BODY: usize = 256 * 1024;
/// How long an answer may take, a slowly sent body included. LiveKit's signalling has [`crate::livekit::forward`]'s own, shorter
/// patience, and an open WebSocket is no longer a request.
const TIME: Duration = Duration::from_secs(30);

/// Wraps the whole product's router.
pub fn layers(router: Router<AppState>, state: &AppState) -> Router {
    let store = sessions::Store::new(state.db.clone(), state.clock.clone());
    let session = SessionManagerLayer::new(store)
        .with_name(if state.is_secure() { "__Host-visavis" } else { "sessionid" })
        .with_secure(state.is_secure())
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_expiry(Expiry::OnInactivity(time::Duration::seconds(sessions::model::LIFETIME.num_seconds())));
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Precise(5))
        .compress_when(SizeAbove::new(256).and(NotForContentType::const_new("text/event-stream")));
    let router = router
        .layer(middleware::from_fn_with_state(state.clone(), csrf::guard))
        .layer(session)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(time_limit(TIME))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(compression)
        .with_state(state.clone());
    with_headers(router, state)
        .layer(middleware::from_fn_with_state(state.clone(), metrics::count))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(finished).on_failure(()))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(Ids(state.random.clone())))
        .layer(middleware::map_request(async |mut request: Request| {
            request.headers_mut().remove("x-request-id");
            request
        }))
}

/// Answers 408 (RFC 9110 §15.5.9) to what takes longer: half a body that never goes on would otherwise be waited for for ever.
fn time_limit(limit: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limit)
}

fn with_headers(mut router: Router, state: &AppState) -> Router {
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), speaker-selection=(self), \
             screen-wake-lock=(self), autoplay=(self), picture-in-picture=(self), geolocation=(), payment=(), usb=()",
        ),
        // Answers that set their own policy keep it.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    for (name, value) in fixed {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)));
    }
    if state.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000");
        router = router.layer(SetResponseHeaderLayer::if_not_present(header::STRICT_TRANSPORT_SECURITY, year));
    }
    router
}

/// Request ids of our own: one that a client chose could be made to look like another's.
#[derive(Clone)]
struct Ids(Random);

impl MakeRequestId for Ids {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&self.0.uuid().to_string()).ok().map(RequestId::new)
    }
}

/// A route's pattern, never its path: that can hold one-time tokens.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), route, status = Empty)
}

fn finished(response: &Response, latency: Duration, span: &Span) {
    span.record("status", response.status().as_u16());
    tracing::debug!(parent: span, status = response.status().as_u16(), ms = latency.as_millis() as u64, "Answered");
}

fn panicked(panic: Box<dyn std::any::Any + Send>) -> axum::http::Response<Body> {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let error = Error::Internal(anyhow::anyhow!("panic: {}", text.unwrap_or("?")));
    axum::response::IntoResponse::into_response(error)
}

#[cfg(test)]
mod tests {
    use axum::{body::Bytes, routing::post};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_body_that_never_ends_is_not_waited_for() {
        let router = Router::new().route("/", post(async |_: Bytes| ())).layer(time_limit(Duration::from_millis(20)));
        let never = Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
        let request = Request::post("/").body(never).expect("a request");
        let answer = tokio::time::timeout(Duration::from_secs(5), router.oneshot(request)).await;
        assert_eq!(answer.expect("in time").expect("infallible").status(), StatusCode::REQUEST_TIMEOUT);
    }
}
