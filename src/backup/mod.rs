//! One file that holds an embedded instance: its database, as of one moment, and its secrets. Made while the server runs.
//!
//! A plain tar: `manifest.json` (format, version, time, and size and SHA-256 of each file), then the files. Whoever holds it can sign
//! in as anybody, so only its owner may read it.

mod manifest;
mod pack;
mod unpack;

use std::path::{Path, PathBuf};

pub use manifest::Manifest;
pub use pack::pack;
pub use unpack::unpack;

/// The database inside the archive.
const DATABASE: &str = "visavis.db";
/// The folder of secrets, in the data folder and in the archive.
const SECRETS: &str = "secrets";
/// The first entry.
const MANIFEST: &str = "manifest.json";

/// Where an embedded instance is.
#[derive(Clone, Debug)]
pub struct Place {
    /// The data folder.
    pub data_dir: PathBuf,
    /// The SQLite file, usually in it.
    pub database: PathBuf,
}

/// A folder for work in progress that only its owner can read; removed when dropped.
struct Workshop(PathBuf);

impl Workshop {
    fn new(path: PathBuf) -> std::io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // What cannot be removed is told by its name.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
