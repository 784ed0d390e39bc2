//! What an archive says of itself.

use std::{fs::File, io::Read, path::Path};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What this program writes, and the newest it reads.
const FORMAT: u32 = 1;

/// The first entry of an archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// How the archive is laid out.
    pub format: u32,
    /// The program that wrote it.
    pub version: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// What follows.
    pub files: Vec<Entry>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path in the archive.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    pub(super) fn new(created_at: DateTime<Utc>, files: Vec<Entry>) -> Self {
        Self { format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), created_at, files }
    }

    pub(super) fn read(text: &[u8]) -> anyhow::Result<Self> {
        let manifest: Self = serde_json::from_slice(text).context("its manifest cannot be read")?;
        if manifest.format > FORMAT {
            bail!("it was made by visavis {}, which is newer than this one", manifest.version);
        }
        Ok(manifest)
    }
}

impl Entry {
    pub(super) fn of(path: &str, file: &Path) -> anyhow::Result<Self> {
        let mut hash = Sha256::new();
        let mut open = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let (mut size, mut buffer) = (0, vec![0; 64 * 1024]);
        loop {
            match open.read(&mut buffer)? {
                0 => break,
                n => {
                    hash.update(&buffer[..n]);
                    size += n as u64;
                }
            }
        }
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { path: path.to_owned(), size, sha256 })
    }
}
