//! A server that outlived us, because we were killed: it holds the ports and knows our old webhook address.

use std::{fs, path::Path, process::Command, time::Duration};

use super::{CONFIG, PID, child};

/// Stops the server that the pid file names, if that process is still ours.
pub(super) async fn stop(dir: &Path) {
    let Some(pid) = fs::read_to_string(dir.join(PID)).ok().and_then(|text| text.trim().parse::<u32>().ok()) else {
        return;
    };
    if !is_ours(pid, dir) {
        return;
    }
    tracing::warn!(pid, "stopping a LiveKit server that outlived the last visavis");
    child::terminate(pid);
    for round in 0..60 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if !is_ours(pid, dir) {
            return;
        }
        match round {
            4 => child::terminate(pid),
            30 => child::kill(pid),
            _ => {}
        }
    }
}

/// Process numbers are given again: only one that was started with our configuration is ours.
fn is_ours(pid: u32, dir: &Path) -> bool {
    let config = dir.join(CONFIG);
    command_line(pid).is_some_and(|line| line.contains(&*config.to_string_lossy()))
}

fn command_line(pid: u32) -> Option<String> {
    if Path::new("/proc/self").exists() {
        let bytes = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        return Some(String::from_utf8_lossy(&bytes).into_owned());
    }
    let output = Command::new("ps").args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
