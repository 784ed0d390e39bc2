//! The mail server: answers, and lets us in.

use std::time::Duration;

use tokio::time::timeout;

use super::report::Report;
use crate::{clock::Clock, config::Settings, mail::Mailer, random::Random};

const LIMIT: Duration = Duration::from_secs(10);

pub(super) async fn check(settings: &Settings, report: &mut Report) {
    const NAME: &str = "mail";
    const SETTING: &str = "VISAVIS_SMTP_URL";
    let Some((server, from)) = &settings.mail.out else {
        report.skipped(NAME, "no mail server is set: nobody gets mails");
        return;
    };
    let mailer = match Mailer::new(server, from, Clock::System, Random::from_os()) {
        Ok(mailer) => mailer,
        Err(error) => return report.failed(NAME, &error.to_string(), SETTING),
    };
    match timeout(LIMIT, mailer.probe()).await {
        Ok(Ok(())) => report.fine(NAME, "the mail server answers and lets us in"),
        Ok(Err(why)) => report.failed(NAME, &why, SETTING),
        Err(_) => report.failed(NAME, "the mail server did not answer in time", SETTING),
    }
}
