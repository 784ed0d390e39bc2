//! Finds the program, or says what to do.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::bail;

const NAME: &str = "livekit-server";

/// `wanted`, or `livekit-server` from `PATH`.
pub fn find(wanted: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(bin) = wanted {
        if is_program(bin) {
            return Ok(bin.to_owned());
        }
        bail!("VISAVIS_LIVEKIT_BIN names {}, which is no program that can be run", bin.display());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    match env::split_paths(&path).map(|folder| folder.join(NAME)).find(|bin| is_program(bin)) {
        Some(bin) => Ok(bin),
        None => bail!(
            "there is no LiveKit server: {NAME} is not in PATH. Either install it (https://docs.livekit.io/transport/self-hosting/local/, \
             or `go install github.com/livekit/livekit-server/cmd/server@v1.13.5`) and, if it is not in PATH, name it with \
             VISAVIS_LIVEKIT_BIN; or use a LiveKit server that runs already: --livekit-url"
        ),
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
