use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use visavis::{
    clock::Clock,
    livekit::{LiveKit, Probe, Settings},
};

use super::support::{KEY, Stage, eventually};

#[tokio::test]
async fn a_server_that_is_killed_comes_back_and_its_rooms_are_made_again() {
    let stage = Stage::set().await;
    assert_eq!(stage.livekit.probe().await, Ok(()));
    stage.livekit.ensure_live("r", false).await.expect("live");
    let mut socket = stage.join("r").await.expect("inside");

    let pid = stage.server.pid().expect("a process");
    let killed = Instant::now();
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().expect("kill runs").success());
    let gone = async { while let Some(Ok(_)) = socket.next().await {} };
    tokio::time::timeout(Duration::from_secs(2), gone).await.expect("the browser hears of it");
    eventually("another process", Duration::from_secs(5), || stage.server.pid().is_some_and(|new| new != pid)).await;
    stage.server.ready(Duration::from_secs(5)).await.expect("it answers again");
    assert!(killed.elapsed() < Duration::from_secs(5), "back after {:?}", killed.elapsed());

    stage.livekit.ensure_live("r", false).await.expect("live");
    let _inside = stage.join("r").await.expect("inside again");
    let pid = stage.server.pid().expect("a process");
    let stopping = Instant::now();
    stage.end().await;
    assert!(stopping.elapsed() < Duration::from_secs(4), "stopped after {:?}", stopping.elapsed());
    let asked = Command::new("kill").args(["-0", &pid.to_string()]).stderr(Stdio::null()).status();
    assert!(!asked.expect("kill runs").success());
}

#[tokio::test]
async fn a_wrong_key_is_told_from_a_server_that_is_not_there() {
    let stage = Stage::set().await;
    let url = stage.livekit.settings().internal_url.clone();
    for (key, secret) in [(KEY, "another secret of at least thirty-two characters"), ("APIother", "x")] {
        let wrong = LiveKit::new(Settings::new(url.clone(), key, secret), Clock::System);
        assert_eq!(wrong.probe().await, Err(Probe::KeyRefused));
        assert_eq!(wrong.ensure_live("r", false).await.expect_err("refused").status(), 502);
    }
    stage.end().await;
    let gone = LiveKit::new(Settings::new(url, KEY, "x"), Clock::System);
    assert!(matches!(gone.probe().await, Err(Probe::Unreachable(_))));
}
