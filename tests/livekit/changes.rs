//! What those in a call hear when its room changes, from a real LiveKit.

use std::time::Duration;

use visavis::{
    livekit::client::Failure,
    random::Random,
    rooms::{
        change,
        model::AccessLevel,
        request::Changes,
        service::{NewRoom, create},
    },
    state::AppState,
};

use super::support::{Stage, listen};
use crate::support::TestApp;

#[tokio::test]
async fn a_call_hears_of_new_rights_and_ends_with_its_room() {
    let (stage, app) = (Stage::set().await, TestApp::sqlite().await);
    let ann = app.user("ann").await;
    let (settings, origin) = (app.state.settings.clone(), "http://localhost:8080".parse().expect("a URL"));
    let (db, clock) = (app.state.db.clone(), app.state.clock.clone());
    let state = AppState::new(settings, &origin, db, stage.livekit.clone(), clock, Random::seeded(5)).expect("a state");
    let room = create(&state, Some(&ann), NewRoom::default()).await.expect("made");
    let name = room.id.to_string();
    let client = state.livekit.client();
    state.livekit.ensure_live(&name, false).await.expect("live");
    client.update_room_metadata(&name, r#"{"recording_status":"started"}"#).await.expect("written");
    let mut socket = stage.join(&name).await.expect("joined");
    let changes = Changes { access_level: Some(AccessLevel::Restricted), ..Changes::default() };
    change::update(&state, &ann, room.id, changes).await.expect("changed");
    let heard = listen(&mut socket, Duration::from_secs(2)).await;
    assert!(
        heard.contains(r#""access_level":"restricted""#) && heard.contains(r#""recording_status":"started""#),
        "{heard}"
    );
    change::delete(&state, &ann, &name).await.expect("deleted");
    assert_eq!(client.list_rooms(std::slice::from_ref(&name)).await.expect("answered"), []);
    assert_eq!(stage.join(&name).await.err(), Some(404), "nobody comes back");
    assert_eq!(client.update_room_metadata(&name, "{}").await, Err(Failure::NotFound));
    stage.end().await;
}
