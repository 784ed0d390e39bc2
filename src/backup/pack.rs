//! Making an archive.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};

use super::{
    DATABASE, MANIFEST, Place, SECRETS, Workshop,
    manifest::{Entry, Manifest},
};
use crate::db::{Db, beside};

/// Writes an archive of what `db` (the one at `place`) and the secrets hold now. The file appears when it is whole.
pub async fn pack(db: &Db, place: &Place, file: &Path, now: DateTime<Utc>) -> anyhow::Result<Manifest> {
    if file.exists() {
        bail!("{} is there already", file.display());
    }
    let workshop = Workshop::new(beside(file, ".partial"))
        .with_context(|| format!("nothing can be written beside {}", file.display()))?;
    let snapshot = workshop.path().join(DATABASE);
    db.snapshot(&snapshot).await.context("the database cannot be copied")?;
    let mut files = vec![(DATABASE.to_owned(), snapshot)];
    files.extend(secrets(&place.data_dir)?);
    let entries: anyhow::Result<Vec<_>> = files.iter().map(|(name, path)| Entry::of(name, path)).collect();
    let manifest = Manifest::new(now, entries?);
    let whole = workshop.path().join("archive");
    let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&whole)?;
    write(out, &manifest, &files, now).context("the archive cannot be written")?;
    fs::hard_link(&whole, file).or_else(|_| {
        if file.exists() { Err(std::io::ErrorKind::AlreadyExists.into()) } else { fs::rename(&whole, file) }
    })?;
    Ok(manifest)
}

/// The secrets that we made, by their names in the archive. Those given by setting are the operator's to keep.
fn secrets(data_dir: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let folder = data_dir.join(SECRETS);
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_file()
                && let Some(name) = path.file_name().and_then(|name| name.to_str())
            {
                found.push((format!("{SECRETS}/{name}"), path));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn write(out: File, manifest: &Manifest, files: &[(String, PathBuf)], now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut archive = tar::Builder::new(out);
    let head = serde_json::to_vec_pretty(manifest)?;
    append(&mut archive, MANIFEST, head.len() as u64, &*head, now)?;
    for (entry, (name, path)) in manifest.files.iter().zip(files) {
        append(&mut archive, name, entry.size, File::open(path)?, now)?;
    }
    let mut out = archive.into_inner()?;
    out.flush()?;
    Ok(out.sync_all()?)
}

fn append(
    archive: &mut tar::Builder<File>,
    name: &str,
    size: u64,
    content: impl std::io::Read,
    now: DateTime<Utc>,
) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(now.timestamp().try_into().unwrap_or_default());
    header.set_cksum();
    archive.append_data(&mut header, name, content)
}
