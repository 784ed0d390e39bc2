//! `visavis backup` and `visavis restore`.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use visavis::{
    backup::{Place, pack, unpack},
    clock::Clock,
    config::Settings,
    db::Db,
};

use super::say;

/// What is restored, and how.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The file that `visavis backup` wrote.
    file: PathBuf,
    /// Also where an instance is already; what was there is put aside.
    #[arg(long)]
    force: bool,
}

fn place(settings: &Settings) -> anyhow::Result<Place> {
    let database = settings.database.file().context(
        "this is for an instance with the embedded database; PostgreSQL brings its own tools (pg_dump, pg_restore)",
    )?;
    Ok(Place { data_dir: settings.data_dir.clone(), database: database.to_owned() })
}

/// Writes everything that the embedded instance keeps to one file, whether the server runs or not.
pub async fn backup(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    let place = place(settings)?;
    ensure!(place.database.is_file(), "there is no instance in {}", place.data_dir.display());
    let db = Db::connect(&settings.database.url).await?;
    let result = pack(&db, &place, file, Clock::System.now()).await;
    db.close().await;
    let manifest = result?;
    let size: u64 = manifest.files.iter().map(|file| file.size).sum();
    say(&format!("Wrote {} ({} files, {size} bytes).", file.display(), manifest.files.len()));
    say("Keep it like a password: whoever can read it can sign in as anybody.");
    Ok(())
}

/// Puts what such a file holds into the data folder.
pub async fn restore(settings: &Settings, options: &Restore) -> anyhow::Result<()> {
    let place = place(settings)?;
    let (manifest, aside) = unpack(&options.file, &place, options.force, Clock::System.now()).await?;
    let when = manifest.created_at.format("%Y-%m-%d %H:%M:%S UTC");
    say(&format!("Restored the backup of {when} (visavis {}) to {}.", manifest.version, place.data_dir.display()));
    if let Some(aside) = aside {
        say(&format!("What was there is in {}.", aside.display()));
    }
    Ok(())
}
