//! `visavis serve`.

use std::io::IsTerminal;

use tokio::signal::unix::{SignalKind, signal};
use visavis::{config::Settings, http::serve::Server, sessions::link};

use super::say;

/// Runs until SIGTERM or Ctrl-C.
pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let server = Server::start(settings).await?;
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = server.stop.clone();
    tokio::spawn(async move {
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        tracing::info!("Stopping");
        stop.cancel();
    });
    greet(&server).await?;
    let router = crate::router(&server.state, server.stop.clone());
    tracing::info!(address = %server.address, "Listening on {}", server.address);
    server.run(router).await
}

/// What whoever starts it must know, on the terminal: a log would keep the link.
async fn greet(server: &Server) -> anyhow::Result<()> {
    let origin = &server.state.origin;
    say(&format!("Visavis is at {origin}"));
    let local = server.address.ip().is_loopback();
    if !server.state.is_secure() && !local {
        say("Browsers give a page no camera or microphone over plain http, except on this machine itself (localhost).");
        say("For others, start with --tls-cert and --tls-key, or put a proxy with a certificate before it.");
    }
    if server.state.settings.livekit.external.is_some()
        && let Err(reason) = server.state.livekit.probe().await
    {
        // Not fatal: it may come later. Until then /readyz says so, and calls do not begin.
        tracing::warn!(%reason, "LiveKit cannot be used yet");
        say(&format!("LiveKit cannot be used yet: {reason}"));
    }
    if let Some(token) = link::first_admin(&server.state).await? {
        if std::io::stdout().is_terminal() {
            say(&format!(
                "Nobody runs this instance yet. To become its administrator, open within 15 minutes:\n  {origin}/setup/{token}"
            ));
        } else {
            say(
                "Nobody runs this instance yet. Start it in a terminal for a link, or: visavis user add EMAIL --admin && visavis user link EMAIL",
            );
        }
    }
    Ok(())
}
