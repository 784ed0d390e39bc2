//! LiveKit's signalling on our own origin: `/livekit/rtc…` is passed on, WebSockets included, so that browsers need one
//! certificate and one connection target. Only what a client needs to join; LiveKit's API (`/twirp`) is not reachable.

mod connect;
mod headers;
mod tunnel;

use std::{future::Future, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
    routing::get,
};
use hyper::{StatusCode, Uri};
use tokio_util::sync::CancellationToken;

use super::{LiveKit, ParticipantClaims};

/// LiveKit makes three attempts at starting a session, of three, six and nine seconds. Longer than that is not coming.
const PATIENCE: Duration = Duration::from_secs(20);

/// Says whether somebody with this token may speak to LiveKit: tokens cannot be taken back, but who holds one can be refused here.
pub type Guard = Arc<dyn Fn(ParticipantClaims) -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// The routes `/livekit/rtc…`; merge them into the product's router. Open calls end when `stop` is cancelled.
pub fn router<S: Clone + Send + Sync + 'static>(livekit: LiveKit, stop: CancellationToken, guard: Guard) -> Router<S> {
    let client = connect::client(&livekit.settings().internal_url);
    let forwarder = Arc::new(Forwarder { client, livekit, stop, guard });
    // Nothing else under `/livekit` is passed on: LiveKit's own API least of all.
    Router::new()
        .route("/livekit/rtc", get(forward))
        .route("/livekit/rtc/v1", get(forward))
        .route("/livekit/rtc/validate", get(forward))
        .route("/livekit/rtc/v1/validate", get(forward))
        .with_state(forwarder)
}

struct Forwarder {
    client: connect::Client,
    livekit: LiveKit,
    stop: CancellationToken,
    guard: Guard,
}

async fn forward(State(forwarder): State<Arc<Forwarder>>, mut request: Request) -> Response {
    let token = headers::token(&request);
    // A token that is not ours is LiveKit's to refuse.
    if let Some(claims) = token.as_deref().and_then(|token| forwarder.livekit.verify(token).ok())
        && !(forwarder.guard)(claims).await
    {
        return StatusCode::FORBIDDEN.into_response();
    }
    let asks = tunnel::asks(&request);
    let browser = asks.then(|| hyper::upgrade::on(&mut request));
    let Some(onward) = forwarder.onward(&request, asks) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let answer = tokio::select! {
        answer = tokio::time::timeout(PATIENCE, forwarder.client.request(onward)) => answer,
        () = forwarder.stop.cancelled() => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let mut answer = match answer {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => {
            tracing::warn!(%error, "LiveKit's signalling cannot be reached");
            return StatusCode::BAD_GATEWAY.into_response();
        }
        Err(_) => return StatusCode::GATEWAY_TIMEOUT.into_response(),
    };
    if answer.status() == StatusCode::NOT_FOUND {
        forwarder.room_is_missing(token.as_deref());
    }
    let switched = answer.status() == StatusCode::SWITCHING_PROTOCOLS;
    if let (true, Some(browser)) = (switched, browser) {
        tunnel::open(browser, hyper::upgrade::on(&mut answer), forwarder.stop.clone());
    } else if switched {
        // Nobody asked for it: there is no way on from here.
        return StatusCode::BAD_GATEWAY.into_response();
    }
    headers::clean_answer(answer.headers_mut(), switched);
    answer.map(Body::new)
}

impl Forwarder {
    /// The same request for LiveKit: its address, our path without the prefix, the query untouched.
    fn onward(&self, request: &Request, upgrade: bool) -> Option<Request> {
        let base = self.livekit.settings().internal_url.as_str().trim_end_matches('/');
        let base = base.replacen("ws", "http", usize::from(base.starts_with("ws")));
        let path = request.uri().path_and_query()?.as_str().strip_prefix("/livekit")?;
        let uri: Uri = format!("{base}{path}").parse().ok()?;
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let mut onward = Request::builder().method(request.method()).uri(uri).body(Body::empty()).ok()?;
        *onward.headers_mut() = headers::onward(request.headers(), peer, upgrade);
        Some(onward)
    }

    /// LiveKit says that the room of this token does not exist: the next admission must make it again. Only a token of
    /// ours counts, or anybody could have us make rooms over and over.
    fn room_is_missing(&self, token: Option<&str>) {
        if let Some(claims) = token.and_then(|token| self.livekit.verify(token).ok()) {
            tracing::info!(room = claims.room, "a room was missing on LiveKit");
            self.livekit.forget(&claims.room);
        }
    }
}

#[cfg(test)]
mod tests;
