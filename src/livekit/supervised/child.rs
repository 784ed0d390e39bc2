//! One LiveKit process: start, ask to stop, insist.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom},
    path::Path,
    process::Stdio,
    time::Duration,
};

use tokio::process::{Child, Command};

use super::{CONFIG, LOG, PID, Prepared};

/// A log larger than this is put aside before the next start; one old one is kept.
const LOG_SIZE: u64 = 10 << 20;

pub(super) fn spawn(prepared: &Prepared) -> io::Result<Child> {
    let log = log_file(&prepared.dir.join(LOG))?;
    let child = Command::new(&prepared.bin)
        .arg("--config")
        .arg(prepared.dir.join(CONFIG))
        // LiveKit takes settings from these too; ours are in the file.
        .env_remove("LIVEKIT_CONFIG")
        .env_remove("LIVEKIT_KEYS")
        .env_remove("NODE_IP")
        .env_remove("UDP_PORT")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()?;
    if let Some(pid) = child.id() {
        // Without it a server that outlives us is not found, which is no reason to have none.
        if let Err(error) = fs::write(prepared.dir.join(PID), pid.to_string()) {
            tracing::warn!(%error, "the LiveKit server's number could not be written down");
        }
    }
    Ok(child)
}

fn log_file(path: &Path) -> io::Result<File> {
    if path.metadata().is_ok_and(|meta| meta.len() > LOG_SIZE) {
        fs::rename(path, path.with_extension("log.1"))?;
    }
    let mut open = OpenOptions::new();
    open.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open.open(path)
}

/// Asks twice (the first makes LiveKit wait for its participants, the second makes it say goodbye to them), then kills.
pub(super) async fn stop(child: &mut Child) {
    for patience in [Duration::from_millis(200), Duration::from_millis(2800)] {
        let Some(pid) = child.id() else { return };
        terminate(pid);
        if tokio::time::timeout(patience, child.wait()).await.is_ok() {
            return;
        }
    }
    if let Err(error) = child.kill().await {
        tracing::warn!(%error, "the LiveKit server could not be killed");
    }
}

#[cfg(unix)]
pub(super) fn terminate(pid: u32) {
    signal(pid, rustix::process::Signal::TERM);
}

#[cfg(unix)]
pub(super) fn kill(pid: u32) {
    signal(pid, rustix::process::Signal::KILL);
}

#[cfg(unix)]
fn signal(pid: u32, signal: rustix::process::Signal) {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    // It may have ended by itself meanwhile, which is what we want.
    let _ = pid.map(|pid| rustix::process::kill_process(pid, signal));
}

/// The last few lines of the log.
pub(super) fn tail(log: &Path) -> String {
    let read = || {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(2000)))?;
        let mut bytes = vec![];
        file.read_to_end(&mut bytes)?;
        io::Result::Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let text = read().unwrap_or_default();
    let lines: Vec<_> = text.lines().rev().take(8).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
