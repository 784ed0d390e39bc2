//! What hosts decide about everybody in a meeting.

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{
    livekit::{
        client::{ParticipantInfo, Permission},
        fake::{Answer, Call},
        tokens::Source,
    },
    rooms::{
        self,
        model::{Role, Room},
        rights,
        service::{NewRoom, create},
    },
    users::model::User,
};

use super::inside;
use crate::{
    on_both,
    routes::accesses::give,
    support::{Client, TestApp},
};

/// A room of `owner` with Karim in its call, who may do everything so far.
async fn call(app: &TestApp, owner: &User) -> Room {
    let room = create(&app.state, Some(owner), NewRoom::default()).await.expect("made");
    app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside("karim", rights::permission(&room, false))]);
    room
}

async fn put(client: &Client, room: &Room, body: Value) -> (u16, Value) {
    let answer = client.call(Method::PUT, &format!("/api/v1.0/rooms/{}/rights/", room.id), body.to_string()).await;
    (answer.status.as_u16(), answer.json())
}

/// What LiveKit lets somebody do.
async fn has(app: &TestApp, room: &Room, identity: &str) -> Permission {
    app.state.livekit.client().get_participant(&room.id.to_string(), identity).await.expect("inside").permission
}

/// What they should be able to do.
async fn should(app: &TestApp, room: &Room) -> Permission {
    let mut lent = app.state.db.lend().await.expect("lent");
    let room = rooms::store::by_id(&mut lent.conn(), room.id).await.expect("read").expect("there");
    rights::permission(&room, false)
}

fn told(app: &TestApp) -> usize {
    app.livekit.calls().iter().filter(|call| matches!(call, Call::UpdateParticipant { .. })).count()
}

/// LiveKit says that somebody is inside, with these rights.
async fn joined(app: &TestApp, room: &Room, identity: &str, permission: Value) {
    let at = app.state.clock.now().timestamp().to_string();
    let event = json!({
        "event": "participant_joined", "id": format!("EV_{identity}_{at}"), "createdAt": at,
        "room": { "sid": "RM_1", "name": room.id, "creationTime": at },
        "participant": { "sid": format!("PA_{identity}"), "identity": identity, "name": "x", "state": "ACTIVE", "joinedAt": at, "permission": permission },
    });
    assert_eq!(app.webhook(&event.to_string()).await.status, 200);
    app.work().await;
}

on_both! {
    async fn rights_reach_those_present_and_hosts_keep_theirs(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = call(&app, &ann).await;
        give(&app, &json!(room.id), &ben, Role::Administrator).await;
        let bens = format!("{}~abcdefgh", ben.id);
        let all = rights::permission(&room, false);
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside("karim", all.clone()), ParticipantInfo { attributes: [("room_role".to_owned(), "administrator".to_owned())].into(), ..inside(&bens, all.clone()) }]);
        app.livekit.set_metadata(&room.id.to_string(), r#"{"others":1}"#);
        let host = app.signed_in(&ann).await;
        let (status, now) = put(&host, &room, json!({ "microphone": false, "chat": false })).await;
        assert_eq!(status, 200);
        assert_eq!(now, json!({ "microphone": false, "camera": true, "share": true, "chat": false, "mute": true }));
        let less = Permission { can_publish_data: false, sources: vec![Source::Camera, Source::ScreenShare, Source::ScreenShareAudio], ..all.clone() };
        assert_eq!((has(&app, &room, "karim").await, has(&app, &room, &bens).await), (less, all.clone()));
        assert_eq!(told(&app), 1, "who has what they should have is left alone");
        let metadata: Value = serde_json::from_str(&app.livekit.metadata(&room.id.to_string()).expect("there")).expect("JSON");
        assert_eq!((&metadata["others"], &metadata["chat"]["on"]), (&json!(1), &json!(false)), "{metadata}");
        assert_eq!(metadata["configuration"]["can_publish_sources"], json!(["camera", "screen_share", "screen_share_audio"]));
        // The contract's way to the same (§1.3).
        let body = json!({ "configuration": { "can_publish_sources": [] } }).to_string();
        assert_eq!(host.call(Method::PATCH, &format!("/api/v1.0/rooms/{}/", room.id), body).await.status, 200);
        assert!(!has(&app, &room, "karim").await.can_publish);
        assert_eq!(put(&host, &room, json!({ "microphone": true, "camera": true, "share": true, "chat": true })).await.0, 200);
        assert_eq!(has(&app, &room, "karim").await, all);
    }

    async fn nobody_else_changes_them(app: TestApp) {
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        let room = call(&app, &ann).await;
        give(&app, &json!(room.id), &ben, Role::Member).await;
        for user in [&ben, &eve] {
            assert_eq!(put(&app.signed_in(user).await, &room, json!({ "chat": false })).await.0, 403);
        }
        assert_eq!(put(&app.anonymous(), &room, json!({ "chat": false })).await.0, 401);
        let host = app.signed_in(&ann).await;
        let (status, wrong) = put(&host, &room, json!({ "chat": "perhaps", "hidden": true })).await;
        assert_eq!((status, wrong.as_object().map(serde_json::Map::len)), (400, Some(2)), "{wrong}");
        assert_eq!(has(&app, &room, "karim").await, rights::permission(&room, false));
    }

    async fn whatever_the_order_the_last_change_holds(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann).await;
        let host = app.signed_in(&ann).await;
        for round in 0..6 {
            let bodies = (0..6).map(|turn| json!({ "camera": (turn + round) % 2 == 0, "chat": turn % 3 == 0 }));
            let all = bodies.map(|body| { let (host, room) = (host.clone(), room.clone()); async move { put(&host, &room, body).await.0 } });
            let done = futures_util::future::join_all(all).await;
            assert!(done.iter().all(|status| *status == 200), "{done:?}");
            let (has, should) = (has(&app, &room, "karim").await, should(&app, &room).await);
            assert!(has.equals(&should), "{has:?} {should:?}");
        }
    }

    async fn while_livekit_is_away_they_are_kept_and_applied_later(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann).await;
        let host = app.signed_in(&ann).await;
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(put(&host, &room, json!({ "share": false })).await.0, 200);
        app.livekit.answer(Answer::Ok);
        assert_ne!(has(&app, &room, "karim").await, should(&app, &room).await);
        app.advance(TimeDelta::seconds(3));
        app.work().await;
        assert_eq!(has(&app, &room, "karim").await, should(&app, &room).await);
    }

    async fn who_comes_with_an_older_token_gets_what_holds_now(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann).await;
        let host = app.signed_in(&ann).await;
        assert_eq!(put(&host, &room, json!({ "camera": false })).await.0, 200);
        let before = told(&app);
        let now = json!({ "canSubscribe": true, "canPublish": true, "canPublishData": true, "canPublishSources": ["MICROPHONE", "SCREEN_SHARE_AUDIO", "SCREEN_SHARE"] });
        joined(&app, &room, "fresh", now).await;
        assert_eq!(told(&app), before, "nothing to tell");
        for (who, older) in [
            ("older", json!({ "canSubscribe": true, "canPublish": true, "canPublishData": true, "canPublishSources": ["CAMERA"] })),
            ("everything", json!({ "canSubscribe": true, "canPublish": true, "canPublishData": true })),
        ] {
            app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside(who, rights::permission(&room, false))]);
            joined(&app, &room, who, older).await;
            assert_eq!(has(&app, &room, who).await, should(&app, &room).await, "{who}");
        }
    }
}
