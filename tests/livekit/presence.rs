//! Who is there, as the real LiveKit tells it when it is asked.

use std::time::Duration;

use visavis::{
    livekit::client::Failure,
    presence::{
        model::{Kind, Participant, Report, What},
        reconcile::{Depth, run},
        service::{counts, hear},
        store,
    },
    random::Random,
    rooms::service::{NewRoom, create},
    state::AppState,
};

use super::support::{Stage, listen};
use crate::support::TestApp;

#[tokio::test]
async fn livekit_is_asked_who_is_there() {
    let (stage, app) = (Stage::set().await, TestApp::sqlite().await);
    let (settings, origin) = (app.state.settings.clone(), "http://localhost:8080".parse().expect("a URL"));
    let (db, clock) = (app.state.db.clone(), app.state.clock.clone());
    let state = AppState::new(settings, &origin, db, stage.livekit.clone(), clock, Random::seeded(5)).expect("a state");
    let ann = app.user("ann").await;
    let room = create(&state, Some(&ann), NewRoom::default()).await.expect("made");
    let name = room.id.to_string();
    let client = state.livekit.client();
    assert_eq!(client.list_participants(&name).await, Ok(vec![]), "a room that is not there has nobody inside");
    state.livekit.ensure_live(&name, false).await.expect("live");
    let mut socket = stage.join(&name).await.expect("inside");

    let inside = client.list_participants(&name).await.expect("told");
    let [somebody] = inside.as_slice() else { panic!("one: {inside:?}") };
    assert_eq!((somebody.identity.as_str(), somebody.kind.as_str()), ("somebody", "STANDARD"));
    assert!(somebody.sid.starts_with("PA_") && somebody.joined_at.is_some());
    assert!(!somebody.active, "this client has no media, so it is never quite inside");

    client.send_data(&name, br#"{"type":"participantWaiting"}"#, &[]).await.expect("sent");
    listen(&mut socket, Duration::from_millis(200)).await;
    assert_eq!(client.send_data("nowhere", b"{}", &[]).await, Err(Failure::NotFound));

    // A stay that we believe in and LiveKit does not know, beside one that it knows.
    let [listed] = client.list_rooms(std::slice::from_ref(&name)).await.expect("told").try_into().expect("one");
    assert!(listed.created_at.is_some());
    for (sid, identity) in [("PA_ghost", "ghost"), (somebody.sid.as_str(), "somebody")] {
        let who = Participant {
            sid: sid.into(),
            identity: identity.into(),
            name: String::new(),
            kind: Kind::Standard,
            joined_at: None,
        };
        let (at, room_sid) = (state.clock.now(), listed.sid.clone());
        let report = Report { room: room.id, room_sid, began: None, at, what: What::Joined(who) };
        hear(&state, &report).await.expect("noted");
    }
    let count = async || counts(&state, &[room.id]).await.expect("counted").get(&room.id).copied().unwrap_or_default();
    assert_eq!(count().await, 2);
    run(&state, Depth::All).await.expect("reconciled");
    assert_eq!(count().await, 1, "the ghost is gone");

    client.delete_room(&name).await.expect("deleted");
    run(&state, Depth::Differing).await.expect("reconciled");
    let meeting = async || {
        let mut lent = state.db.lend().await.expect("lent");
        store::meeting(&mut lent.conn(), &listed.sid).await.expect("read").expect("there")
    };
    assert_eq!((count().await, meeting().await.missing_since), (0, Some(state.clock.now())));
    stage.end().await;
    app.advance(chrono::TimeDelta::seconds(90));
    assert!(run(&state, Depth::All).await.is_err(), "nobody to ask");
    assert_eq!(meeting().await.finished_at, None);
}
