//! What every request passes through: id, trace, who asks by which proxy, security headers, compression, limits, session, CSRF.

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::HeaderValue,
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
    trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};
use tracing::{Span, field::Empty};

use super::{headers, limits, metrics};
use crate::{
    error::Error,
    random::Random,
    sessions,
    state::AppState,
    web::{csrf, proxied},
};

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
        .layer(middleware::from_fn_with_state(state.clone(), limits::rate))
        .layer(session)
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(limits::size_and_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(compression)
        .with_state(state.clone());
    headers::secured(router, state)
        .layer(middleware::from_fn_with_state(state.clone(), metrics::count))
        .layer(middleware::from_fn_with_state(state.clone(), proxied::settle))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(finished).on_failure(()))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(Ids(state.random.clone())))
        .layer(middleware::map_request(async |mut request: Request| {
            request.headers_mut().remove("x-request-id");
            request
        }))
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
