//! Putting an archive in the place of an instance.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::Read,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};

use super::{
    DATABASE, MANIFEST, Place, SECRETS, Workshop,
    manifest::{Entry, Manifest},
};
use crate::db::{Db, Lock, beside};

/// A manifest is some hundred bytes a file.
const LONGEST_MANIFEST: u64 = 1024 * 1024;

/// Restores an archive. Nothing at `place` changes before all of it was found whole. With `force` what is there makes room: it is
/// moved to the folder that is returned.
pub async fn unpack(
    file: &Path,
    place: &Place,
    force: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<(Manifest, Option<PathBuf>)> {
    DirBuilder::new().recursive(true).mode(0o700).create(&place.data_dir)?;
    if !force && (occupied(&place.data_dir)? || place.database.exists()) {
        bail!("{} is not empty; --force puts what is there aside", place.data_dir.display());
    }
    let _lock = Lock::take(&place.database)?;
    let workshop = Workshop::new(place.data_dir.join(format!("restore-{}", now.timestamp())))?;
    let manifest = extract(file, workshop.path()).with_context(|| format!("{} is no whole backup", file.display()))?;
    check(&workshop.path().join(DATABASE)).await?;
    let aside = place.data_dir.join(format!("before-restore-{}", now.timestamp()));
    let moved = put_aside(place, &aside)?;
    fs::rename(workshop.path().join(DATABASE), &place.database).context("the database cannot be put in its place")?;
    let secrets = workshop.path().join(SECRETS);
    if secrets.exists() {
        fs::rename(secrets, place.data_dir.join(SECRETS))?;
    }
    Ok((manifest, moved.then_some(aside)))
}

/// Whether anything is in the folder, but for the lock that somebody once held.
fn occupied(folder: &Path) -> std::io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        if !entry?.file_name().as_encoded_bytes().ends_with(b".lock") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn extract(file: &Path, into: &Path) -> anyhow::Result<Manifest> {
    let mut archive = tar::Archive::new(File::open(file)?);
    let mut entries = archive.entries()?;
    let head = entries.next().context("it is empty")??;
    if head.path()?.as_os_str() != MANIFEST {
        bail!("it does not begin with a manifest");
    }
    let mut text = Vec::new();
    head.take(LONGEST_MANIFEST).read_to_end(&mut text)?;
    let manifest = Manifest::read(&text)?;
    let mut found = Vec::new();
    for entry in entries {
        let mut entry = entry?;
        let name = entry.path()?.to_str().context("a name is no text")?.to_owned();
        let path = into.join(inside(&name)?);
        if let Some(folder) = path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        std::io::copy(&mut entry, &mut out)?;
        out.sync_all()?;
        found.push(Entry::of(&name, &path)?);
    }
    if found != manifest.files {
        bail!("it does not hold what its manifest says");
    }
    if !found.iter().any(|entry| entry.path == DATABASE) {
        bail!("there is no database in it");
    }
    Ok(manifest)
}

/// Only what we pack: the database, and files in the folder of secrets.
fn inside(name: &str) -> anyhow::Result<&Path> {
    let path = Path::new(name);
    let parts: Vec<_> = path.components().collect();
    match parts[..] {
        [Component::Normal(file)] if file == DATABASE => Ok(path),
        [Component::Normal(folder), Component::Normal(_)] if folder == SECRETS => Ok(path),
        _ => bail!("it holds something that is no part of an instance"),
    }
}

/// Whether this program can work with it; brings its tables up to date.
async fn check(database: &Path) -> anyhow::Result<()> {
    let db = Db::connect(&format!("sqlite:{}", database.display())).await?;
    let result = async {
        db.check().await?;
        db.migrate().await
    };
    let result = result.await;
    db.close().await;
    result
}

/// Moves what will be replaced; whether there was anything.
fn put_aside(place: &Place, aside: &Path) -> anyhow::Result<bool> {
    let database = ["", "-wal", "-shm"].map(|ending| beside(&place.database, ending));
    let old = database.into_iter().chain([place.data_dir.join(SECRETS)]).filter(|path| path.exists());
    let mut moved = false;
    for path in old {
        if !moved {
            DirBuilder::new().mode(0o700).create(aside)?;
            moved = true;
        }
        let name = path.file_name().context("a path without a name")?;
        fs::rename(&path, aside.join(name)).with_context(|| format!("{} cannot be put aside", path.display()))?;
    }
    Ok(moved)
}
