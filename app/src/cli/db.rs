//! `visavis db …`.

use anyhow::{bail, ensure};
use clap::Subcommand;
use visavis::{
    config::Settings,
    db::{Db, Lock, copy},
};

use super::say;

/// What can be done about the database.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Move everything from the embedded database to an empty PostgreSQL.
    Copy {
        /// The embedded database, as sqlite:PATH; without it, the one in the data folder.
        #[arg(long, value_name = "URL")]
        from: Option<String>,
        /// The PostgreSQL, as postgres://…; without it, VISAVIS_DATABASE_URL. A password is better given in PGPASSWORD or a
        /// .pgpass file: everybody on this machine can read a command line.
        #[arg(long, value_name = "URL")]
        to: Option<String>,
    },
}

/// Runs one command.
pub async fn run(settings: &Settings, command: Command) -> anyhow::Result<()> {
    let Command::Copy { from, to } = command;
    let own = format!("sqlite:{}", settings.data_dir.join("visavis.db").display());
    let from = from.unwrap_or_else(|| settings.database.file().map_or(own, |_| settings.database.url.clone()));
    let to = to.unwrap_or_else(|| settings.database.url.clone());
    let Some(file) = from.strip_prefix("sqlite:").map(std::path::Path::new) else {
        bail!("--from: expected sqlite:PATH")
    };
    ensure!(["postgres://", "postgresql://"].iter().any(|start| to.starts_with(start)), "--to: expected postgres://…");
    ensure!(file.is_file(), "there is no database {}", file.display());
    // What a running server wrote after the copy began would be lost.
    let _lock = Lock::take(file)?;
    let source = Db::connect(&from).await?;
    source.migrate().await?;
    let target = Db::connect(&to).await?;
    target.migrate().await?;
    let result = copy(&source, &target).await;
    source.close().await;
    target.close().await;
    for table in result? {
        say(&format!("{:>10}  {}", table.rows, table.table));
    }
    say("Everything is there. Now set VISAVIS_DATABASE_URL, and keep the secret that cookies are signed with:");
    say(&format!("  VISAVIS_SECRET_KEY_FILE={}", settings.data_dir.join("secrets/secret_key").display()));
    Ok(())
}
