//! Where things lie: the checkout, and the cache outside it.

use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The root of the checkout: beside this package, wherever cargo runs it from.
pub fn repository() -> PathBuf {
    let here =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or(here.clone(), Path::to_path_buf)
}

/// The cache folder: `VISAVIS_CACHE`, else `visavis` in the user's cache folder.
pub fn cache() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("VISAVIS_CACHE") {
        return Ok(folder.into());
    }
    if let Some(folder) = env::var_os("XDG_CACHE_HOME") {
        return Ok(PathBuf::from(folder).join("visavis"));
    }
    let home = env::var_os("HOME").context("neither VISAVIS_CACHE nor HOME is set")?;
    Ok(PathBuf::from(home).join(".cache/visavis"))
}

/// Where the finished browser half goes; the server embeds what lies there.
pub fn site() -> Result<PathBuf> {
    match env::var_os("VISAVIS_SITE") {
        Some(folder) => Ok(folder.into()),
        None => Ok(cache()?.join("site")),
    }
}

/// Every file below a folder, sorted; nothing when the folder does not exist. Installed packages are not ours.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.file_name().is_some_and(|name| name == "node_modules") {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
