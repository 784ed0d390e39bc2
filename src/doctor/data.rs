//! The data folder: writable, closed to others, with room left.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::report::Report;
use crate::config::Settings;

const NAME: &str = "data folder";
const SETTING: &str = "VISAVIS_DATA_DIR";
/// Below this much free space things begin to fail at inconvenient times.
const ROOM: u64 = 200 * 1024 * 1024;

pub(super) fn check(settings: &Settings, report: &mut Report) {
    let folder = &settings.data_dir;
    match wrong(folder) {
        Ok(free) => report.fine(NAME, &format!("{} can be written, {} MB are free", folder.display(), free >> 20)),
        Err(sentence) => report.failed(NAME, &sentence, SETTING),
    }
}

/// The free space, or what is wrong.
fn wrong(folder: &Path) -> Result<u64, String> {
    let shown = folder.display();
    let trial = folder.join(".doctor");
    fs::write(&trial, b"x").map_err(|error| format!("nothing can be written to {shown}: {error}"))?;
    let _ = fs::remove_file(&trial);
    let secrets = folder.join("secrets");
    let inside = fs::read_dir(&secrets).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in inside.chain([folder.join("visavis.db"), folder.join("livekit/livekit.yaml")]) {
        let reachable = mode(folder) & 0o005 != 0 && path.parent().is_none_or(|parent| mode(parent) & 0o005 != 0);
        // The database has the umask's mode; the folder around it is what closes it to others.
        let open = mode(&path) & 0o077 != 0;
        if open && (reachable || path.parent() == Some(&secrets)) {
            return Err(format!(
                "others on this machine can read {}: chmod 700 {shown}, chmod 600 the file",
                path.display()
            ));
        }
    }
    let space = rustix::fs::statvfs(folder).map_err(|error| format!("{shown} cannot be looked at: {error}"))?;
    let free = space.f_bavail.saturating_mul(space.f_frsize);
    if free < ROOM {
        return Err(format!("only {} MB are free in {shown}: make room, or choose another folder", free >> 20));
    }
    Ok(free)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).map_or(0, |meta| meta.permissions().mode())
}
