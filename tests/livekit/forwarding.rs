use std::time::Duration;

use visavis::livekit::webhook::Event;

use super::support::{Stage, eventually, listen};

#[tokio::test]
async fn joining_through_our_origin() {
    let stage = Stage::set().await;
    assert_eq!(stage.join("never-made").await.err(), Some(404), "LiveKit made a room by itself");

    stage.livekit.ensure_live("r", false).await.expect("live");
    let mut socket = stage.join("r").await.expect("inside");
    let heard = listen(&mut socket, Duration::from_secs(3)).await;
    no_third_party(&heard, &stage);
    assert!(heard.contains(&format!("127.0.0.1 {} typ host", stage.ports.rtc_udp)), "no loopback candidate: {heard}");

    // `participant_joined` comes with media only, which this client has not.
    reported(&stage, |event| matches!(event, Event::RoomStarted { room, .. } if room == "r")).await;

    // Somebody ends the room behind our back: the 404 makes us forget it, so that the next admission makes it again.
    stage.livekit.client().delete_room("r").await.expect("deleted");
    let mut status = stage.join("r").await.err();
    for _ in 0..50 {
        if status == Some(404) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        status = stage.join("r").await.err();
    }
    assert_eq!(status, Some(404));
    reported(&stage, |event| matches!(event, Event::RoomFinished { room, .. } if room == "r")).await;
    stage.livekit.ensure_live("r", false).await.expect("live");
    stage.join("r").await.expect("inside again");
    stage.end().await;
}

async fn reported(stage: &Stage, wanted: impl Fn(&Event) -> bool) {
    eventually("the webhook arrives", Duration::from_secs(5), || stage.events.lock().iter().any(&wanted)).await;
}

/// Every STUN or TURN server that the browser is told of is this LiveKit itself.
fn no_third_party(heard: &str, stage: &Stage) {
    let starts = ["stun:", "turn:", "turns:"].iter().flat_map(|scheme| heard.match_indices(scheme));
    let servers: Vec<&str> = starts
        .map(|(at, _)| heard[at..].split(|letter: char| !letter.is_ascii_graphic()).next().expect("a first part"))
        .collect();
    assert!(!servers.is_empty(), "LiveKit named no servers, so browsers use none of ours: {heard}");
    let port = format!(":{}", stage.ports.turn_udp);
    for server in servers {
        assert!(server.contains(&port), "a foreign server: {server}");
    }
    assert!(!heard.contains("google") && !heard.contains("twilio"));
}
