//! Whom hosts show large to everybody.

use serde_json::{Value, json};
use visavis::{
    livekit::{
        client::ParticipantInfo,
        fake::{Answer, Call, sign},
        tokens::{Grant, LIFETIME},
    },
    rooms::{
        model::Room,
        service::{NewRoom, create},
    },
    users::model::User,
};

use crate::{
    on_both,
    support::{Client, TestApp},
};

fn inside(identity: &str, sid: &str) -> ParticipantInfo {
    ParticipantInfo {
        sid: sid.into(),
        identity: identity.into(),
        name: identity.into(),
        kind: "STANDARD".into(),
        joined_at: None,
        active: true,
        ..Default::default()
    }
}

/// A room with these in its call, and its metadata as `rooms::metadata` leaves it.
async fn call(app: &TestApp, owner: &User, who: &[&str]) -> Room {
    let room = create(&app.state, Some(owner), NewRoom::default()).await.expect("made");
    let all: Vec<_> = who.iter().map(|one| inside(one, &format!("PA_{one}"))).collect();
    app.livekit.set_room(&room.id.to_string(), "RM_1", &all);
    app.livekit.set_metadata(&room.id.to_string(), r#"{"access_level":"public","mine":7}"#);
    room
}

fn path(room: &Room) -> String {
    format!("/api/v1.0/rooms/{}/spotlight/", room.id)
}

fn metadata(app: &TestApp, room: &Room) -> Value {
    let text = app.livekit.metadata(&room.id.to_string()).expect("there");
    serde_json::from_str(&text).expect("JSON")
}

async fn ask(client: &Client, room: &Room, identity: &str, on: bool) -> u16 {
    let body = json!({ "participant_identity": identity, "on": on });
    client.post(&path(room), body.to_string()).await.status.as_u16()
}

on_both! {
    async fn a_host_shows_three_at_most_and_other_keys_stay(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["a", "b", "c", "d"]).await;
        let host = app.signed_in(&ann).await;
        for one in ["a", "b", "c", "d"] {
            assert_eq!(ask(&host, &room, one, true).await, 200);
        }
        let expected = json!({ "access_level": "public", "mine": 7, "spotlight": ["b", "c", "d"] });
        assert_eq!(metadata(&app, &room), expected, "the oldest gave way");
        assert_eq!(ask(&host, &room, "nobody", true).await, 404);
        assert_eq!(ask(&host, &room, "nobody", false).await, 200, "is not in it, as was asked");
        for one in ["b", "c", "d"] {
            assert_eq!(ask(&host, &room, one, false).await, 200);
        }
        assert_eq!(metadata(&app, &room), json!({ "access_level": "public", "mine": 7 }));
    }

    async fn nobody_else_does_and_no_token_makes_a_host(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = call(&app, &ann, &["a"]).await;
        let grant = Grant {
            room: room.id.to_string(),
            identity: ann.subject(),
            name: "Ann".to_owned(),
            admin: true,
            sources: vec![],
            role: Some("owner"),
            authenticated: true,
            data: true,
            color: "hsl(0, 50%, 50%)".to_owned(),
            lifetime: LIFETIME,
        };
        let token = format!("Bearer {}", app.state.livekit.token(&grant).expect("signed"));
        assert_eq!(ask(&app.anonymous().with("authorization", &token), &room, "a", true).await, 401, "the owner's own");
        assert_eq!(ask(&app.signed_in(&ben).await.with("authorization", &token), &room, "a", true).await, 403);
        let body = json!({ "participant_identity": "a", "on": true }).to_string();
        let forged = app.signed_in(&ann).await.post_without_csrf(&path(&room), body).await;
        assert_eq!(forged.status, 403, "another site's form");
        assert!(!app.livekit.calls().iter().any(|call| matches!(call, Call::UpdateRoomMetadata { .. })));
    }

    async fn it_is_not_done_without_end_and_trouble_is_told(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["a"]).await;
        let host = app.signed_in(&ann).await;
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(ask(&host, &room, "a", true).await, 500);
        app.livekit.answer(Answer::Ok);
        for turn in 0..29 {
            assert_eq!(ask(&host, &room, "a", turn % 2 == 0).await, 200);
        }
        assert_eq!(ask(&host, &room, "a", true).await, 429);
    }

    async fn who_leaves_loses_it_and_a_reload_is_no_leaving(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["a", "b"]).await;
        let name = room.id.to_string();
        let host = app.signed_in(&ann).await;
        for one in ["a", "b"] {
            assert_eq!(ask(&host, &room, one, true).await, 200);
        }
        let before = metadata(&app, &room).to_string();
        // `a` has come back under another id before the old one is said to have left; `b` has not.
        app.livekit.set_room(&name, "RM_1", &[inside("a", "PA_again")]);
        app.livekit.set_metadata(&name, &before);
        for (id, one) in ["a", "b"].iter().enumerate() {
            let body = json!({
                "id": format!("EV_{id}"), "event": "participant_left", "createdAt": "1795000000",
                "room": { "name": name, "sid": "RM_1" },
                "participant": { "identity": one, "sid": format!("PA_{one}"), "name": "x" },
            })
            .to_string();
            let signature = sign(app.state.livekit.settings(), app.state.clock.now(), &body);
            let livekit = app.anonymous().with("authorization", &signature);
            let answer = livekit.post_without_csrf("/api/v1.0/rooms/webhooks-livekit/", body).await;
            assert_eq!(answer.status, 200);
        }
        for _ in 0..100 {
            if metadata(&app, &room)["spotlight"] == json!(["a"]) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{}", metadata(&app, &room));
    }
}
