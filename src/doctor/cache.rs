//! The cache that several processes share.

use std::time::Duration;

use super::report::Report;
use crate::{cache::Cache, clock::Clock, config::Settings};

const NAME: &str = "cache";
const SETTING: &str = "VISAVIS_REDIS_URL";

pub(super) async fn check(settings: &Settings, report: &mut Report) {
    let Some(url) = &settings.cache.redis_url else {
        report.fine(NAME, "in this process");
        return;
    };
    let cache = match Cache::redis(url, &settings.cache.redis_prefix, Clock::System) {
        Ok(cache) => cache,
        Err(error) => return report.failed(NAME, &error.to_string(), SETTING),
    };
    if cache.settle(Duration::from_secs(3)).await.is_err() {
        report.failed(NAME, "Redis does not answer, or does not let us in", SETTING);
    } else if cache.ping().await.is_err() {
        report.failed(NAME, "Redis answers but keeps nothing that we write", SETTING);
    } else {
        report.fine(NAME, "Redis answers and keeps what is written");
    }
}
