//! What a real LiveKit makes of a raised hand and of another name: the others hear it, and nothing else changes.

use std::time::Duration;

use visavis::{
    error::Error,
    participants::{model::RAISED, service},
    random::Random,
    rooms::{
        permissions::take_part,
        service::{NewRoom, create},
    },
    state::AppState,
};

use super::support::{Stage, listen};
use crate::support::TestApp;

const MOMENT: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_hand_and_a_name_reach_the_call() {
    let (stage, app) = (Stage::set().await, TestApp::sqlite().await);
    let (settings, origin) = (app.state.settings.clone(), "http://localhost:8080".parse().expect("a URL"));
    let (db, clock) = (app.state.db.clone(), app.state.clock.clone());
    let state = AppState::new(settings, &origin, db, stage.livekit.clone(), clock, Random::seeded(5)).expect("a state");
    let ann = app.user("ann").await;
    let room = create(&state, Some(&ann), NewRoom::default()).await.expect("made");
    let name = room.id.to_string();
    let permit = take_part(room.id, &name).expect("its own room");
    let raise = async |who: &str, up| service::raise(&state, &permit, &room, who, up).await;
    assert!(matches!(raise("somebody", true).await, Err(Error::NotFound)), "no call");
    state.livekit.ensure_live(&name, false).await.expect("live");
    assert!(matches!(raise("somebody", true).await, Err(Error::NotFound)), "nobody inside");
    let mut socket = stage.join(&name).await.expect("joined");
    listen(&mut socket, MOMENT).await;
    raise("somebody", true).await.expect("raised");
    let heard = listen(&mut socket, MOMENT).await;
    assert!(heard.contains(RAISED) && heard.contains("2026-11-18T"), "{heard}");
    service::rename(&state, &permit, &room, "somebody", "Anna Lindqvist".into()).await.expect("renamed");
    let heard = listen(&mut socket, MOMENT).await;
    assert!(heard.contains("Anna Lindqvist") && heard.contains(RAISED), "the hand stays up: {heard}");
    assert!(heard.contains("hsl(1, 2%, 3%)"), "and so does the rest: {heard}");
    raise("somebody", false).await.expect("lowered");
    let heard = listen(&mut socket, MOMENT).await;
    assert!(heard.contains("Anna Lindqvist") && !heard.contains("2026-11-18T"), "{heard}");
    stage.end().await;
}
