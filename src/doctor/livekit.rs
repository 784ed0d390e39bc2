//! LiveKit: there, takes our key, agrees about the time, and reports to us.

use std::time::Duration;

use chrono::DateTime;
use tokio::time::{Instant, sleep};

use super::{instance, report::Report, request};
use crate::{
    clock::Clock,
    config::Settings,
    livekit::{LiveKit, Probe, client::RoomOptions, supervised},
    webhooks::trial::ROOM,
};

const NAME: &str = "LiveKit";
/// How long a webhook may take.
const REPORT: Duration = Duration::from_secs(5);
/// Tokens are refused before they begin to be good; LiveKit bears a little.
const APART: i64 = 20;

/// The throw-away room of this run.
pub(super) fn room(nonce: &str) -> String {
    format!("{ROOM}{nonce}")
}

/// The setting that says where LiveKit is.
fn place(settings: &Settings) -> &'static str {
    match &settings.livekit.external {
        Some(external) if external.public_url.as_ref().is_some_and(|url| *url == external.internal_url) => {
            "VISAVIS_LIVEKIT_URL"
        }
        Some(_) => "VISAVIS_LIVEKIT_INTERNAL_URL",
        None => "VISAVIS_LIVEKIT_BIN",
    }
}

/// Whether it can be used.
pub(super) async fn check(settings: &Settings, livekit: &LiveKit, runs: bool, report: &mut Report) -> bool {
    let own = settings.livekit.external.is_none();
    if own && let Err(error) = supervised::program(settings.livekit.supervised.bin.as_deref()) {
        report.failed(NAME, &error.to_string(), "VISAVIS_LIVEKIT_BIN");
        return false;
    }
    if own && !runs {
        report.skipped(NAME, "its program is there; Visavis starts it");
        return false;
    }
    let url = &livekit.settings().internal_url;
    let reached = match livekit.probe().await {
        Ok(()) => {
            report.fine(NAME, "it answers and takes our key");
            true
        }
        Err(Probe::KeyRefused) => {
            let key = &livekit.settings().api_key;
            let sentence = format!(
                "LiveKit refuses the API key “{key}”: its secret is another one, or LiveKit does not know the key"
            );
            report.failed(NAME, &sentence, "VISAVIS_LIVEKIT_API_KEY, VISAVIS_LIVEKIT_API_SECRET");
            false
        }
        Err(Probe::Unreachable(_)) if own => {
            let log = settings.data_dir.join("livekit/livekit.log");
            report.failed(
                NAME,
                &format!("the LiveKit that Visavis starts does not answer: see {}", log.display()),
                place(settings),
            );
            false
        }
        Err(Probe::Unreachable(_)) => {
            report.failed(NAME, &format!("nobody answers at {url}"), place(settings));
            false
        }
        Err(Probe::Failed(why)) => {
            report.failed(NAME, &format!("what answers at {url} does not behave like LiveKit: {why}"), place(settings));
            false
        }
    };
    clock(url, report).await;
    reached
}

/// Tokens carry times: two clocks that differ are the strangest of faults.
async fn clock(url: &url::Url, report: &mut Report) {
    const NAME: &str = "clock";
    let date = request::get(url).await.ok().and_then(|answer| answer.date);
    let Some(theirs) = date.and_then(|date| DateTime::parse_from_rfc2822(&date).ok()) else {
        report.skipped(NAME, "not tried: nobody tells the time");
        return;
    };
    let apart = (Clock::System.now() - theirs.to_utc()).num_seconds().abs();
    if apart > APART {
        let sentence =
            format!("the clocks of this machine and of LiveKit's are {apart} seconds apart, so tokens are refused");
        report.failed(NAME, &sentence, "the time of both machines (NTP)");
    } else {
        report.fine(NAME, "this machine and LiveKit agree about the time");
    }
}

/// Makes a room that nobody enters, and waits until the server heard of it.
pub(super) async fn webhook(settings: &Settings, livekit: &LiveKit, nonce: &str, report: &mut Report) {
    const NAME: &str = "webhook";
    let seconds = Duration::from_secs(30);
    let options = RoomOptions { empty_timeout: seconds, departure_timeout: seconds, ..RoomOptions::default() };
    if let Err(error) = livekit.client().create_room(&room(nonce), &options).await {
        report.failed(NAME, &format!("no room can be made: {error}"), place(settings));
        return;
    }
    let ends = Instant::now() + REPORT;
    let local = instance::local(settings);
    while Instant::now() < ends {
        if let Ok((_, Some(told))) = instance::ask(&local, settings, nonce).await
            && told.webhook
        {
            report.fine(NAME, "LiveKit reports to us");
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    let to = format!("{}{}", livekit_hook(settings), crate::webhooks::livekit::PATH);
    let sentence =
        format!("LiveKit did not report a new room to us: its webhook must lead to {to} and be signed with our key");
    report.failed(NAME, &sentence, "`webhook` (`urls`, `api_key`) in LiveKit's configuration");
}

fn livekit_hook(settings: &Settings) -> String {
    let origin = settings.server.origin(settings.server.listen);
    origin.as_str().trim_end_matches('/').to_owned()
}
