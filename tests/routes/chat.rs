//! What is written in a call, by REST: kept until it is over, read by those inside alone, switched off by hosts.

use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{
    accounts::leaving::{Will, leave},
    chat::switch,
    livekit::{
        client::{ParticipantInfo, Permission},
        colour::colour,
        fake::{Answer, Call},
        tokens::{Grant, LIFETIME, Source},
    },
    presence::ended::Ended,
    rooms::{
        model::{Role, Room},
        service::{NewRoom, create},
    },
    users::model::User,
};

use super::accesses::give;
use crate::{
    on_both,
    support::{Client, TestApp},
};

fn grant(room: &Room, identity: &str) -> Grant {
    Grant {
        room: room.id.to_string(),
        identity: identity.to_owned(),
        name: "Whatever the token says".to_owned(),
        admin: false,
        sources: vec![],
        data: true,
        role: None,
        authenticated: false,
        color: "hsl(0, 50%, 50%)".to_owned(),
        lifetime: LIFETIME,
    }
}

fn inside(identity: &str, name: &str) -> ParticipantInfo {
    ParticipantInfo {
        sid: format!("PA_{identity}"),
        identity: identity.into(),
        name: name.into(),
        kind: "STANDARD".into(),
        joined_at: None,
        active: true,
        ..Default::default()
    }
}

/// With a participant token of this room.
fn holder(app: &TestApp, room: &Room, identity: &str) -> Client {
    let token = app.state.livekit.token(&grant(room, identity)).expect("signed");
    app.anonymous().with("authorization", &format!("Bearer {token}"))
}

fn path(room: &Room) -> String {
    format!("/api/v1.0/rooms/{}/chat/", room.id)
}

async fn say(client: &Client, room: &Room, body: Value) -> u16 {
    client.post_without_csrf(&path(room), body.to_string()).await.status.as_u16()
}

async fn read(client: &Client, room: &Room) -> Value {
    let answer = client.get(&path(room)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

/// Ids of what is read.
async fn ids(client: &Client, room: &Room) -> Vec<String> {
    let chat = read(client, room).await;
    let all = chat["messages"].as_array().expect("a list");
    all.iter().map(|one| one["id"].as_str().expect("text").to_owned()).collect()
}

/// A room of `owner` with Karim and Lea in its call.
async fn call(app: &TestApp, owner: &User) -> (Room, Client, Client) {
    let room = create(&app.state, Some(owner), NewRoom::default()).await.expect("made");
    app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside("karim", "Karim H."), inside("lea", "Lea")]);
    let (karim, lea) = (holder(app, &room, "karim"), holder(app, &room, "lea"));
    (room, karim, lea)
}

on_both! {
    async fn who_comes_later_reads_what_was_written(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim, lea) = call(&app, &ann).await;
        assert_eq!(read(&lea, &room).await, json!({ "on": true, "kept": true, "may_write": true, "messages": [] }));
        let at = app.state.clock.now().timestamp_millis();
        assert_eq!(say(&karim, &room, json!({ "id": "m1", "text": "<b>Hello</b>" })).await, 204);
        app.advance(TimeDelta::seconds(1));
        assert_eq!(say(&lea, &room, json!({ "id": "m1", "text": "Also m1", "reply_to": "m1" })).await, 204, "an id is the sender's own");
        for again in ["<b>Hello</b>", "Changed"] {
            assert_eq!(say(&karim, &room, json!({ "id": "m1", "text": again })).await, 204, "said once");
        }
        assert_eq!(read(&karim, &room).await["messages"], json!([
            { "id": "m1", "from": "karim", "name": "Karim H.", "text": "<b>Hello</b>", "reply_to": null, "at": at, "color": colour("karim") },
            { "id": "m1", "from": "lea", "name": "Lea", "text": "Also m1", "reply_to": "m1", "at": at + 1000, "color": colour("lea") },
        ]), "the name is the one that LiveKit shows, not the token's");
    }

    async fn nobody_else_reads_or_writes(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim, _) = call(&app, &ann).await;
        assert_eq!(say(&karim, &room, json!({ "id": "m1", "text": "Between us" })).await, 204);
        let other = create(&app.state, Some(&ann), NewRoom::default()).await.expect("made");
        // Removed, but with a token that still holds; a token of another room; the host by cookie; nobody.
        for (client, status) in [(holder(&app, &room, "removed"), 404), (holder(&app, &other, "karim"), 403), (app.signed_in(&ann).await, 403), (app.anonymous(), 403)] {
            let answers = [client.get(&path(&room)).await, client.post_without_csrf(&path(&room), r#"{"id":"x","text":"x"}"#).await];
            for answer in answers {
                assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
                assert!(!answer.text.contains("Between us"), "{}", answer.text);
            }
        }
        assert_eq!(ids(&karim, &room).await, ["m1"]);
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(karim.get(&path(&room)).await.status, 502, "nobody is believed to be inside");
    }

    async fn whom_livekit_lists_a_moment_later_reads_all_the_same(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim, _) = call(&app, &ann).await;
        let name = room.id.to_string();
        app.livekit.set_room(&name, "RM_1", &[]);
        let comes = async {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            app.livekit.set_room(&name, "RM_1", &[inside("karim", "Karim")]);
        };
        let (read, ()) = tokio::join!(ids(&karim, &room), comes);
        assert_eq!(read, [""; 0]);
    }

    async fn it_ends_with_the_meeting(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim, _) = call(&app, &ann).await;
        assert_eq!(say(&karim, &room, json!({ "id": "m1", "text": "First meeting" })).await, 204);
        let over = Ended { room: room.id, room_sid: "RM_1".into(), at: app.state.clock.now() };
        app.advance(TimeDelta::seconds(5));
        assert_eq!(say(&karim, &room, json!({ "id": "m2", "text": "Second meeting" })).await, 204);
        for _ in 0..2 {
            visavis::chat::service::meeting_ended(app.state.clone(), over.clone()).await.expect("forgotten");
            assert_eq!(ids(&karim, &room).await, ["m2"], "what was written since stays");
        }
        app.advance(TimeDelta::hours(49));
        visavis::chat::service::sweep(&app.state).await.expect("swept");
        assert_eq!(ids(&holder(&app, &room, "karim"), &room).await, [""; 0], "an end that nobody heard of");
    }

    async fn with_an_account_goes_what_it_wrote(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (room, karim, _) = call(&app, &ann).await;
        let (bens, others) = (format!("{}~abcdefgh", ben.id), format!("{}0~abcdefgh", ben.id));
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside("karim", "Karim"), inside(&bens, "Ben"), inside(&others, "Other")]);
        for (identity, id) in [("karim", "m1"), (&bens, "m2"), (&others, "m3")] {
            assert_eq!(say(&holder(&app, &room, identity), &room, json!({ "id": id, "text": "x" })).await, 204);
        }
        leave(&app.state, ben.id, &Will::default()).await.expect("left");
        assert_eq!(ids(&karim, &room).await, ["m1", "m3"]);
    }

    async fn hosts_switch_it_off_and_livekit_is_told(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (room, karim, _) = call(&app, &ann).await;
        give(&app, &json!(room.id), &ben, Role::Member).await;
        let host = format!("{}~abcdefgh", ann.id);
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside("karim", "Karim"), inside(&host, "Ann"), ParticipantInfo { kind: "EGRESS".into(), ..inside("rec", "") }]);
        assert_eq!(say(&karim, &room, json!({ "id": "m1", "text": "Hello" })).await, 204);
        assert_eq!(switch::set(&app.state, &ben, room.id, false, true).await.expect_err("a member").status(), 403);
        switch::set(&app.state, &ann, room.id, false, true).await.expect("switched off");
        let told: Vec<_> = app.livekit.calls().into_iter().filter_map(|call| match call {
            Call::UpdateParticipant { identity, change, .. } => Some((identity, change.permission.expect("rights"))),
            _ => None,
        }).collect();
        let all = |data| Permission { can_subscribe: true, can_publish: true, can_publish_data: data, sources: Source::ALL.to_vec() };
        assert_eq!(told, [("karim".to_owned(), all(false)), (host.clone(), all(true))], "hosts keep it, machines are left alone");
        assert!(app.livekit.metadata(&room.id.to_string()).expect("there").contains(r#""chat":{"kept":true,"on":false}"#));
        assert_eq!(say(&karim, &room, json!({ "id": "m2", "text": "x" })).await, 403);
        assert_eq!(say(&holder(&app, &room, &host), &room, json!({ "id": "m3", "text": "By a host" })).await, 204);
        let seen = read(&karim, &room).await;
        assert_eq!((&seen["on"], &seen["may_write"]), (&json!(false), &json!(false)));
        assert_eq!(ids(&karim, &room).await, ["m1", "m3"], "what was written can be read");
        // Whoever comes with a token from before.
        app.work().await;
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside("late", "Late")]);
        let at = app.state.clock.now().timestamp().to_string();
        let joined = json!({
            "event": "participant_joined", "id": "EV_1", "createdAt": at,
            "room": { "sid": "RM_1", "name": room.id, "creationTime": at },
            "participant": { "sid": "PA_late", "identity": "late", "name": "Late", "state": "ACTIVE", "joinedAt": at },
        });
        assert_eq!(app.webhook(&joined.to_string()).await.status, 200);
        app.work().await;
        let last = app.livekit.calls().into_iter().rev().find_map(|call| match call {
            Call::UpdateParticipant { identity, change, .. } => Some((identity, change.permission.expect("rights"))),
            _ => None,
        });
        assert_eq!(last, Some(("late".to_owned(), all(false))));
        switch::set(&app.state, &ann, room.id, true, true).await.expect("switched on");
        assert!(!app.livekit.metadata(&room.id.to_string()).expect("there").contains("chat"), "nothing is said of what is usual");
    }

    async fn nothing_is_kept_where_the_room_says_so(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim, lea) = call(&app, &ann).await;
        assert_eq!(say(&karim, &room, json!({ "id": "m1", "text": "Hello" })).await, 204);
        switch::set(&app.state, &ann, room.id, true, false).await.expect("set");
        assert_eq!(say(&karim, &room, json!({ "id": "m2", "text": "Off the record" })).await, 204);
        assert_eq!(read(&lea, &room).await, json!({ "on": true, "kept": false, "may_write": true, "messages": [] }));
        switch::set(&app.state, &ann, room.id, true, true).await.expect("set");
        assert_eq!(ids(&lea, &room).await, [""; 0], "what was there before is gone, not hidden");
    }

    async fn who_writes_too_much_is_told_to_wait(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim, lea) = call(&app, &ann).await;
        for number in 0..60 {
            assert_eq!(say(&karim, &room, json!({ "id": format!("m{number}"), "text": "x" })).await, 204);
        }
        assert_eq!(say(&karim, &room, json!({ "id": "more", "text": "x" })).await, 429);
        assert_eq!(say(&lea, &room, json!({ "id": "other", "text": "x" })).await, 204, "others write on");
        app.advance(TimeDelta::minutes(1));
        assert_eq!(say(&karim, &room, json!({ "id": "more", "text": "x" })).await, 204);
        for (body, status) in [(json!({}), 400), (json!([]), 400), (json!({ "id": "a", "text": "x".repeat(2001) }), 400)] {
            assert_eq!(say(&karim, &room, body.clone()).await, status, "{body}");
        }
    }
}
