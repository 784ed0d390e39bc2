//! The way of a browser into a call, to the point where LiveKit greets it.

use std::time::Duration;

use tokio::time::timeout;

use super::{livekit::room, report::Report, request};
use crate::{
    config::Settings,
    livekit::{
        Grant, LiveKit,
        hello::{Hello, hello},
    },
};

const NAME: &str = "signalling";
const LIMIT: Duration = Duration::from_secs(5);

/// What LiveKit said of itself, where it was reached.
pub(super) async fn check(settings: &Settings, livekit: &LiveKit, nonce: &str, report: &mut Report) -> Option<Hello> {
    let direct = livekit.settings().public_url.clone();
    let setting = if direct.is_some() { "VISAVIS_LIVEKIT_URL" } else { "VISAVIS_PUBLIC_URL" };
    let base = direct.unwrap_or_else(|| {
        let origin = settings.server.origin(settings.server.listen);
        format!("{}/livekit", origin.as_str().trim_end_matches('/'))
    });
    match timeout(LIMIT, greeted(&base, livekit, nonce)).await.unwrap_or_else(|_| Err("no answer in time".to_owned())) {
        Ok(hello) => {
            report.fine(NAME, &format!("a browser reaches LiveKit {} through {base}", hello.version));
            Some(hello)
        }
        Err(why) => {
            let sentence =
                format!("a browser does not reach LiveKit through {base}: {why}; a proxy must pass on WebSockets");
            report.failed(NAME, &sentence, setting);
            None
        }
    }
}

async fn greeted(base: &str, livekit: &LiveKit, nonce: &str) -> Result<Hello, String> {
    let grant = Grant {
        room: room(nonce),
        identity: "doctor".into(),
        name: "doctor".into(),
        admin: false,
        sources: Vec::new(),
        data: true,
        role: None,
        authenticated: false,
        color: String::new(),
        lifetime: chrono::TimeDelta::minutes(1),
    };
    let token = livekit.token(&grant).map_err(|error| error.to_string())?;
    let url = format!("{base}/rtc?access_token={token}&protocol=15&auto_subscribe=0&sdk=rust&version=1.0.0");
    let url = url.parse().map_err(|error| format!("{error}"))?;
    match request::upgrade(&url).await {
        Ok(Ok(socket)) => hello(socket).await.map_err(|error| format!("{error:#}")),
        Ok(Err(status)) => Err(format!("it answers {status}")),
        Err(error) => Err(format!("{error:#}")),
    }
}
