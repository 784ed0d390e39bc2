//! One server per SQLite file. Its counts and its memory of rooms are its own, and nobody may put another file in its place.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

/// Held as long as it lives, and gone with the process however that ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a database file, which need not exist. Fails when another process has it.
    pub fn take(database: &Path) -> anyhow::Result<Self> {
        let path = beside(database, ".lock");
        let open = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
        let file = open.with_context(|| format!("{} cannot be opened", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                bail!("a running visavis uses {}; stop it first", database.display())
            }
            Err(TryLockError::Error(error)) => Err(error).context(format!("{} cannot be locked", path.display())),
        }
    }
}

/// The path of a file that belongs to the database: `x.db` → `x.db-wal`.
pub fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
