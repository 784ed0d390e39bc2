//! What those who run a meeting decide, by REST.

pub mod acts;
mod locked;
mod removal;
mod rights;

use serde_json::{Value, json};
use visavis::{
    livekit::{
        Identity,
        client::{ParticipantInfo, Permission, TrackInfo},
        tokens::{Grant, LIFETIME, Source},
    },
    rooms::{
        model::Room,
        rights::permission,
        service::{NewRoom, create},
    },
    users::model::User,
};

use crate::support::{Client, TestApp};

pub fn inside(identity: &str, permission: Permission) -> ParticipantInfo {
    ParticipantInfo {
        sid: format!("PA_{identity}"),
        identity: identity.into(),
        name: identity.into(),
        kind: "STANDARD".into(),
        joined_at: None,
        active: true,
        permission,
        ..Default::default()
    }
}

/// Somebody whose microphone and screen go out.
fn loud(identity: &str, room: &Room) -> ParticipantInfo {
    let track = |sid: &str, source| TrackInfo { sid: format!("{sid}_{identity}"), source: Some(source), muted: false };
    let tracks = vec![track("TR_mic", Source::Microphone), track("TR_share", Source::ScreenShare)];
    ParticipantInfo { tracks, ..inside(identity, permission(room, false)) }
}

/// An identity of this account, on some browser.
fn identity(user: &User) -> String {
    Identity::new(user.subject(), Some("abcdefgh".try_into().expect("a device"))).to_string()
}

/// A room of `owner`, and these in its call, loud.
async fn call(app: &TestApp, owner: &User, who: &[&str]) -> Room {
    let room = create(&app.state, Some(owner), NewRoom::default()).await.expect("made");
    let all: Vec<_> = who.iter().map(|one| loud(one, &room)).collect();
    app.livekit.set_room(&room.id.to_string(), "RM_1", &all);
    room
}

async fn post(client: &Client, room: &Room, act: &str, body: Value) -> (u16, Value) {
    let answer = client.post(&format!("/api/v1.0/rooms/{}/{act}/", room.id), body.to_string()).await;
    (answer.status.as_u16(), answer.json())
}

fn about(identity: &str) -> Value {
    json!({ "participant_identity": identity })
}

fn done() -> (u16, Value) {
    (200, json!({ "status": "success" }))
}

/// With a participant token of this room, which claims to be an owner's.
fn holder(app: &TestApp, room: &Room, identity: &str) -> Client {
    app.anonymous().with("authorization", &format!("Bearer {}", signed(app, room, identity)))
}

fn signed(app: &TestApp, room: &Room, identity: &str) -> String {
    let grant = Grant {
        room: room.id.to_string(),
        identity: identity.to_owned(),
        name: "x".to_owned(),
        admin: true,
        sources: Source::ALL.to_vec(),
        data: true,
        role: Some("owner"),
        authenticated: true,
        color: "hsl(0, 50%, 50%)".to_owned(),
        lifetime: LIFETIME,
    };
    app.state.livekit.token(&grant).expect("signed")
}

/// Whoever LiveKit lists in the call.
async fn people(app: &TestApp, room: &Room) -> Vec<ParticipantInfo> {
    app.state.livekit.client().list_participants(&room.id.to_string()).await.unwrap_or_default()
}
