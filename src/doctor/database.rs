//! The database: there, up to date, writable.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::timeout;

use super::report::Report;
use crate::{clock::Clock, config::Settings, db::Db, jobs, random::Random};

const NAME: &str = "database";
const SETTING: &str = "VISAVIS_DATABASE_URL";
const LIMIT: Duration = Duration::from_secs(8);

/// The database, where it can be connected to.
pub(super) async fn check(settings: &Settings, report: &mut Report) -> Option<Db> {
    let url = &settings.database.url;
    let db = match timeout(LIMIT, Db::connect(url)).await {
        Ok(Ok(db)) => db,
        Ok(Err(error)) => {
            report.failed(NAME, &format!("{error:#}"), SETTING);
            return None;
        }
        Err(_) => {
            report.failed(NAME, "the database does not answer in time", SETTING);
            return None;
        }
    };
    let kind = if url.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    match timeout(LIMIT, db.missing_migrations()).await {
        Ok(Ok(0)) => match timeout(LIMIT, write(&db)).await {
            Ok(Ok(())) => report.fine(NAME, &format!("{kind}, up to date and writable")),
            Ok(Err(error)) => report.failed(NAME, &format!("{kind} cannot be written to: {error:#}"), SETTING),
            Err(_) => report.failed(NAME, &format!("{kind} takes nothing in time: something holds it locked"), SETTING),
        },
        Ok(Ok(missing)) => {
            let sentence =
                format!("the tables of {kind} are {missing} steps behind: run `visavis migrate` or start the server");
            report.failed(NAME, &sentence, SETTING);
        }
        Ok(Err(error)) => report.failed(NAME, &format!("{kind} cannot be asked: {error:#}"), SETTING),
        Err(_) => report.failed(NAME, &format!("{kind} does not answer in time"), SETTING),
    }
    Some(db)
}

/// Writes and takes it back.
async fn write(db: &Db) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let later = Clock::System.now() + TimeDelta::days(1);
    jobs::enqueue(&mut tx.conn(), &Random::from_os(), &Clock::System, "doctor", &(), later).await?;
    // Dropped, not committed.
    Ok(())
}
