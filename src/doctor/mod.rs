//! `visavis doctor`: tries what is configured, and says of each thing that fails what is wrong and which setting to change.

mod cache;
mod certificate;
mod data;
mod database;
mod instance;
mod livekit;
mod mail;
mod ports;
mod report;
mod request;
mod signalling;
mod stun;

use crate::{
    clock::Clock,
    config::{Problem, Settings},
    http::{StandIn, serve},
    random::Random,
    state::AppState,
};

use report::Report;
pub use report::{Check, State};

/// Wrong settings, as a report: nothing else can be tried then.
pub fn of_problems(problems: &[Problem]) -> Vec<Check> {
    let mut report = Report::default();
    for problem in problems {
        report.failed("settings", &problem.what, &problem.setting);
    }
    report.checks
}

/// Tries everything. Leaves nothing behind but a LiveKit room that ends by itself.
pub async fn examine(settings: Settings) -> Vec<Check> {
    let mut report = Report::default();
    report.fine("settings", "all of them can be read");
    data::check(&settings, &mut report);
    let db = database::check(&settings, &mut report).await;
    cache::check(&settings, &mut report).await;
    mail::check(&settings, &mut report).await;
    let external = settings.livekit.external.is_some();
    let found = match serve::reach(&settings) {
        Ok(found) => crate::livekit::LiveKit::new(found, Clock::System),
        Err(error) => {
            report.failed("LiveKit", &format!("{error:#}"), "VISAVIS_LIVEKIT_URL");
            return report.checks;
        }
    };
    let origin = settings.server.origin(settings.server.listen);
    let state = db.and_then(|db| {
        AppState::new(settings.clone(), &origin, db, found.clone(), Clock::System, Random::from_os()).ok()
    });
    let nonce = Random::from_os().uuid().simple().to_string();
    let mut instance = instance::find(&settings, &nonce, &mut report).await;
    // A LiveKit of our own starts with the server; one that runs elsewhere can be tried without it.
    if instance.port_is_free() && !external {
        report.skipped("server", "Visavis does not run: start it, and everything can be tried");
    }
    let stand_in = match (&state, instance.runs(), external && instance.port_is_free()) {
        (Some(state), false, true) => StandIn::start(state).await.ok(),
        _ => None,
    };
    if stand_in.is_some() {
        instance.stand_in();
        report.skipped("server", "Visavis does not run: for these tests doctor answered in its place");
    }
    let reached = livekit::check(&settings, &found, instance.runs(), &mut report).await;
    instance::public(&settings, &nonce, &instance, &mut report).await;
    if reached && instance.runs() {
        livekit::webhook(&settings, &found, &nonce, &mut report).await;
        let hello = signalling::check(&settings, &found, &nonce, &mut report).await;
        ports::turn(hello.as_ref(), &mut report).await;
        let _ = found.client().delete_room(&livekit::room(&nonce)).await;
    } else {
        let why = if reached { "the server does not run" } else { "LiveKit cannot be used" };
        for name in ["webhook", "signalling", "TURN"] {
            report.skipped(name, &format!("not tried: {why}"));
        }
    }
    ports::media(&settings, instance.runs(), &mut report).await;
    if let Some(stand_in) = stand_in {
        stand_in.end().await;
    }
    if let Some(state) = state {
        state.db.close().await;
    }
    report.checks
}
