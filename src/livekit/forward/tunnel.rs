//! A WebSocket, passed on byte by byte: nothing here reads what is said.

use axum::extract::Request;
use hyper::{
    header,
    upgrade::OnUpgrade,
};
use hyper_util::rt::TokioIo;
use tokio_util::sync::CancellationToken;

/// Does the browser ask for a WebSocket?
pub(super) fn asks(request: &Request) -> bool {
    let has = |name, wanted: &str| {
        let values = request.headers().get_all(name);
        let mut words = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        words.any(|word| word.trim().eq_ignore_ascii_case(wanted))
    };
    has(header::CONNECTION, "upgrade") && has(header::UPGRADE, "websocket")
}

/// Joins both ends as soon as both have switched, until either closes or we stop.
pub(super) fn open(browser: OnUpgrade, livekit: OnUpgrade, stop: CancellationToken) {
    tokio::spawn(async move {
        let copy = async {
            let (browser, livekit) = tokio::try_join!(browser, livekit).map_err(std::io::Error::other)?;
            tokio::io::copy_bidirectional(&mut TokioIo::new(browser), &mut TokioIo::new(livekit)).await
        };
        let ended = tokio::select! {
            ended = copy => ended,
            () = stop.cancelled() => return,
        };
        if let Err(error) = ended {
            // Browsers that are closed or lose the network end like this; it is nobody's fault.
            tracing::debug!(%error, "a signalling connection broke");
        }
    });
}
