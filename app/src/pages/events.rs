//! Server-sent events (HTML Standard §9.2).

use std::{convert::Infallible, time::Duration};

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, StreamExt};
use serde_json::Value;

/// How often something is said when there is nothing to say: proxies end what is silent, and a page that hears nothing for longer
/// connects anew. An event, because pages do not see comments.
const BEAT: Duration = Duration::from_secs(15);

/// An answer that goes on for as long as the stream does.
pub fn events(news: impl Stream<Item = Value> + Send + 'static) -> Response {
    let events = news.map(|value| Ok::<_, Infallible>(Event::default().data(value.to_string())));
    let beat = KeepAlive::new().interval(BEAT).event(Event::default().event("beat").data("-"));
    let mut response = Sse::new(events).keep_alive(beat).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // For nginx and those who do as it does: pass on at once.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}
