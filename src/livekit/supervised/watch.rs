//! Keeps the server running.

use std::{fs, time::Duration};

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::{
    process::Child,
    sync::watch::Sender,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{LOG, LiveKit, PID, Prepared, child};

/// The first restart is all but immediate: people in a call are waiting.
const FIRST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(10);
/// Who ran that long was healthy: the next death starts counting anew.
const HEALTHY: Duration = Duration::from_secs(30);

/// Who dies that early could not start.
const STARTING: Duration = Duration::from_secs(3);

/// Starts the server, and again whenever it dies, until `stop`. The number of the process goes to `pid`.
pub(super) async fn keep_running(
    prepared: Prepared,
    livekit: LiveKit,
    stop: CancellationToken,
    pid: Sender<Option<u32>>,
) {
    let mut pause = FIRST;
    while !stop.is_cancelled() {
        let started = Instant::now();
        match child::spawn(&prepared) {
            Ok(mut child) => {
                pid.send_replace(child.id());
                let stopped = run(&prepared, &mut child, &stop, started).await;
                pid.send_replace(None);
                livekit.forget_all();
                if stopped {
                    break;
                }
            }
            Err(error) => tracing::error!(%error, "the LiveKit server cannot be started"),
        }
        if started.elapsed() >= HEALTHY {
            pause = FIRST;
        }
        tokio::select! {
            () = sleep(pause) => {}
            () = stop.cancelled() => break,
        }
        pause = (pause * 2).min(LONGEST);
    }
    let _ = fs::remove_file(prepared.dir.join(PID));
    // Held until here, so that nobody starts a second server over the same files.
    drop(prepared.lock);
}

/// Until the process ends by itself (`false`) or because we stop (`true`).
async fn run(prepared: &Prepared, process: &mut Child, stop: &CancellationToken, started: Instant) -> bool {
    tokio::select! {
        ended = process.wait() => {
            let status = ended.map_or_else(|error| error.to_string(), |status| status.to_string());
            // LiveKit also exits with 0 when it could not start; why is in its log only. Later its log speaks of people.
            let log = if started.elapsed() < STARTING { child::tail(&prepared.dir.join(LOG)) } else { String::new() };
            tracing::error!(status, log, "the LiveKit server ended, starting it again");
            false
        }
        () = stop.cancelled() => {
            child::stop(process).await;
            true
        }
    }
}

/// Does LiveKit's health check say that it is well?
pub(super) async fn answers(url: &Url) -> bool {
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let Ok(uri) = url.as_str().parse() else { return false };
    let answer = tokio::time::timeout(Duration::from_secs(1), client.get(uri)).await;
    matches!(answer, Ok(Ok(answer)) if answer.status().is_success())
}
