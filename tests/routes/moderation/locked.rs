//! A locked room has everybody new ask.

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::json;
use visavis::{
    livekit::fake::Call,
    rooms::{
        model::{Role, Room},
        rights::permission,
    },
};

use super::{
    acts::finished,
    done, inside, people, post,
    removal::{Browser, connects, joined, knock, public, set, token},
};
use crate::{
    on_both,
    routes::accesses::give,
    support::{Client, TestApp},
};

pub async fn lock(client: &Client, room: &Room, locked: bool) -> u16 {
    let path = format!("/api/v1.0/rooms/{}/lock/", room.id);
    client.call(Method::PUT, &path, json!({ "locked": locked }).to_string()).await.status.as_u16()
}

on_both! {
    async fn a_locked_room_has_everybody_new_ask(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = public(&app, &ann).await;
        give(&app, &json!(room.id), &ben, Role::Member).await;
        let (inside_one, new) = (Browser::of(&app, app.anonymous()), Browser::of(&app, app.anonymous()));
        let here = inside_one.id.to_string();
        set(&app, &room, &[inside(&here, permission(&room, false))]);
        joined(&app, &room, &here, app.state.clock.now().timestamp()).await;
        app.advance(TimeDelta::seconds(5));
        let host = app.signed_in(&ann).await;
        assert_eq!(lock(&app.signed_in(&ben).await, &room, true).await, 403);
        assert_eq!(lock(&host, &room, true).await, 200);
        assert!(app.livekit.metadata(&room.id.to_string()).expect("live").contains(r#""locked":true"#));
        assert_eq!(knock(&inside_one.client, &room).await, "accepted", "who was in comes back from a reload");
        for client in [&new.client, &Browser::of(&app, app.signed_in(&ben).await).client] {
            assert_eq!(knock(client, &room).await, "waiting");
            assert!(!token(client, &room).await);
        }
        let late = new.id.to_string();
        assert!(!connects(&app, &room, &late).await, "with a token from before the lock");
        set(&app, &room, &[inside(&here, permission(&room, false)), inside(&late, permission(&room, false))]);
        joined(&app, &room, &late, app.state.clock.now().timestamp() + 1).await;
        assert_eq!(people(&app, &room).await.len(), 1, "nor by LiveKit directly");
        let body = json!({ "participant_id": late, "allow_entry": true });
        assert_eq!(post(&host, &room, "enter", body).await.0, 200);
        assert_eq!(knock(&new.client, &room).await, "accepted");
        assert!(connects(&app, &room, &late).await);
        assert_eq!(lock(&host, &room, false).await, 200);
        assert_eq!(knock(&Browser::of(&app, app.anonymous()).client, &room).await, "accepted");
        assert!(!app.livekit.metadata(&room.id.to_string()).expect("live").contains("locked"));
        // Who was let in before the lock, and did not come, asks again.
        assert_eq!(lock(&host, &room, true).await, 200);
        let absent = Browser::of(&app, app.anonymous());
        assert_eq!(knock(&absent.client, &room).await, "waiting");
        let body = json!({ "participant_id": absent.id, "allow_entry": true });
        assert_eq!(post(&host, &room, "enter", body).await.0, 200);
        assert!(connects(&app, &room, &absent.id.to_string()).await);
        app.advance(TimeDelta::seconds(10));
        for locked in [false, true] {
            assert_eq!(lock(&host, &room, locked).await, 200);
        }
        assert!(!connects(&app, &room, &absent.id.to_string()).await);
        assert_eq!(knock(&absent.client, &room).await, "waiting");
        assert_eq!(lock(&host, &room, false).await, 200);
        // With a removal, and until the meeting is over.
        let remove = json!({ "participant_identity": here, "everybody_asks": true });
        set(&app, &room, &[inside(&here, permission(&room, false))]);
        assert_eq!(post(&host, &room, "remove-participant", remove).await, done());
        assert_eq!(knock(&Browser::of(&app, app.anonymous()).client, &room).await, "waiting");
        app.advance(TimeDelta::seconds(5));
        finished(&app, &room).await;
        assert_eq!(knock(&Browser::of(&app, app.anonymous()).client, &room).await, "accepted");
        let told = app.livekit.calls().iter().filter(|call| matches!(call, Call::RemoveParticipant { .. })).count();
        assert_eq!(told, 2);
    }
}
