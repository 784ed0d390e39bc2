//! Remembers what a part was built from.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Rebuilds `folder` with `make`, unless it was made from exactly these inputs before.
pub fn unless_unchanged(
    folder: &Path,
    words: &[&str],
    files: &[PathBuf],
    make: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let mut digest = Sha256::new();
    for word in words {
        digest.update(word.as_bytes());
        digest.update([0]);
    }
    for file in files {
        digest.update(file.as_os_str().as_encoded_bytes());
        let content = fs::read(file).with_context(|| file.display().to_string())?;
        digest.update(content.len().to_le_bytes());
        digest.update(content);
    }
    let wanted = hex(&digest.finalize());
    let stamp = folder.join(".stamp");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    make()?;
    fs::write(stamp, wanted)?;
    Ok(())
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
