use std::{
    fs,
    process::{Command, Stdio},
    time::Duration,
};

use visavis::livekit::supervised;

use super::support::{binary, eventually, options};

/// We were killed and our server was not: the next start stops it first.
#[tokio::test]
async fn a_server_that_outlived_us_is_stopped() {
    let dir = tempfile::tempdir().expect("a folder");
    let nowhere = ([127, 0, 0, 1], 1).into();
    drop(supervised::prepare(options(&dir, nowhere)).await.expect("a configuration"));
    let folder = dir.path().join("livekit").canonicalize().expect("a folder");
    let mut orphan = Command::new(binary())
        .arg("--config")
        .arg(folder.join("livekit.yaml"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    fs::write(folder.join("livekit.pid"), orphan.id().to_string()).expect("written");
    // Give it the time to install its signal handler, so that stopping is what stops it.
    tokio::time::sleep(Duration::from_millis(500)).await;
    supervised::prepare(options(&dir, nowhere)).await.expect("a configuration");
    eventually("the orphan is gone", Duration::from_secs(1), || orphan.try_wait().expect("a state").is_some()).await;
}

/// Process numbers are given again: a stranger is left alone.
#[tokio::test]
async fn a_stranger_with_the_same_number_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("livekit");
    fs::create_dir_all(&folder).expect("a folder");
    let mut stranger = Command::new("sleep").arg("30").spawn().expect("a process");
    fs::write(folder.join("livekit.pid"), stranger.id().to_string()).expect("written");
    supervised::prepare(options(&dir, ([127, 0, 0, 1], 1).into())).await.expect("a configuration");
    assert!(stranger.try_wait().expect("a state").is_none());
    stranger.kill().expect("killed");
    stranger.wait().expect("gone");
}
