use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{
    livekit::{
        client::{ParticipantChange, ParticipantInfo},
        fake::{Answer, Call},
        tokens::{Grant, LIFETIME},
    },
    on_db,
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

fn path(room: &Room, what: &str) -> String {
    format!("/api/v1.0/rooms/{}/{what}/", room.id)
}

fn grant(room: &Room, identity: &str) -> Grant {
    Grant {
        room: room.id.to_string(),
        identity: identity.to_owned(),
        name: "Karim".to_owned(),
        admin: false,
        sources: vec![],
        data: true,
        role: None,
        authenticated: false,
        color: "hsl(0, 50%, 50%)".to_owned(),
        lifetime: LIFETIME,
    }
}

/// A room with `identity` in its call, and what they ask with.
async fn call(app: &TestApp, owner: &User, identity: &str) -> (Room, Client) {
    let room = create(&app.state, Some(owner), NewRoom::default()).await.expect("made");
    let inside = ParticipantInfo {
        sid: "PA_1".into(),
        identity: identity.into(),
        name: "Karim".into(),
        kind: "STANDARD".into(),
        joined_at: None,
        active: true,
        ..Default::default()
    };
    app.livekit.set_room(&room.id.to_string(), "RM_1", &[inside]);
    let token = app.state.livekit.token(&grant(&room, identity)).expect("signed");
    (room, app.anonymous().with("authorization", &format!("Bearer {token}")))
}

/// What LiveKit was last asked to change.
fn changed(app: &TestApp) -> Option<(String, ParticipantChange)> {
    match app.livekit.calls().pop() {
        Some(Call::UpdateParticipant { identity, change, .. }) => Some((identity, change)),
        _ => None,
    }
}

async fn ask(client: &Client, path: &str, body: Value) -> (u16, Value) {
    let answer = client.post_without_csrf(path, body.to_string()).await;
    (answer.status.as_u16(), answer.json())
}

on_both! {
    async fn a_guest_raises_and_lowers_a_hand_and_takes_another_name(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim) = call(&app, &ann, "karim").await;
        let success = json!({ "status": "success" });
        let by_slug = format!("/api/v1.0/rooms/{}/toggle-hand", room.slug);
        for (path, raised, value) in [(&path(&room, "toggle-hand"), true, "2026-11-18T11:06:40.123456+00:00"), (&by_slug, false, "")] {
            assert_eq!(ask(&karim, path, json!({ "raised": raised })).await, (200, success.clone()));
            let attributes = BTreeMap::from([("handRaisedAt".to_owned(), value.to_owned())]);
            let change = ParticipantChange { attributes, ..Default::default() };
            assert_eq!(changed(&app), Some(("karim".into(), change)));
        }
        assert_eq!(ask(&karim, &path(&room, "rename"), json!({ "name": "  Karim \u{202e} Haddad " })).await, (200, success));
        let change = ParticipantChange { name: Some("Karim Haddad".into()), ..Default::default() };
        assert_eq!(changed(&app), Some(("karim".into(), change)));
    }

    async fn who_does_not_prove_to_be_in_this_call_changes_nothing(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim) = call(&app, &ann, "karim").await;
        let (other, _) = call(&app, &ann, "karim").await;
        let hand = path(&room, "toggle-hand");
        let up = json!({ "raised": true });
        let shape = "Authorization header must be: Bearer <token>";
        let bad = "Invalid LiveKit token: it is not one of ours, or it is over";
        let good = app.state.livekit.token(&grant(&room, "karim")).expect("signed");
        let none = good.rsplit_once('.').map(|(rest, _)| format!("{}.", rest.replacen("eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9", "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0", 1)));
        for (header, detail) in [
            (None, "Authentication credentials were not provided."),
            (Some("Bearer".to_owned()), shape),
            (Some(good.clone()), shape),
            (Some(format!("Token {good}")), shape),
            (Some(format!("Bearer {good} {good}")), shape),
            (Some("Bearer nonsense".to_owned()), bad),
            (Some(format!("Bearer {good}x")), bad),
            (none.map(|none| format!("Bearer {none}")), bad),
        ] {
            let client = header.iter().fold(app.anonymous(), |client, header| client.with("authorization", header));
            let answer = client.post(&hand, up.to_string()).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["detail"]), (403, &json!(detail)), "{header:?}");
            assert!(!answer.headers.contains_key("www-authenticate"));
        }
        // A session is no proof to be in the call, not even the owner's; nor is another room's token.
        assert_eq!(app.signed_in(&ann).await.post(&hand, up.to_string()).await.status, 403);
        assert_eq!(ask(&karim, &path(&other, "toggle-hand"), up.clone()).await.0, 403);
        assert_eq!(ask(&karim, "/api/v1.0/rooms/no-such-room/toggle-hand/", up.clone()).await.0, 404);
        app.advance(LIFETIME + TimeDelta::minutes(2));
        assert_eq!(ask(&karim, &hand, up).await.1["detail"], json!(bad), "over");
        assert_eq!(changed(&app), None);
    }

    async fn an_account_that_was_closed_says_nothing_more(app: TestApp) {
        let (ann, mia) = (app.user("ann").await, app.user("mia").await);
        let identity = format!("{}~abcdefgh", mia.id);
        let (room, client) = call(&app, &ann, &identity).await;
        let hand = path(&room, "toggle-hand");
        assert_eq!(ask(&client, &hand, json!({ "raised": true })).await.0, 200);
        let mut lent = app.state.db.lend().await.expect("lent");
        on_db!(&mut lent.conn(), c => sqlx::query("UPDATE users SET is_active = $2 WHERE id = $1").bind(mia.id).bind(false)
            .execute(c).await.map(drop)).expect("closed");
        drop(lent);
        assert_eq!(ask(&client, &hand, json!({ "raised": false })).await.0, 403);
        assert!(app.livekit.calls().len() == 1, "LiveKit heard the first alone");
    }

    async fn failures_are_told_in_the_words_of_the_contract(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim) = call(&app, &ann, "karim").await;
        let (hand, name) = (path(&room, "toggle-hand"), path(&room, "rename"));
        let (up, anna) = (json!({ "raised": true }), json!({ "name": "Anna" }));
        assert_eq!(ask(&karim, &hand, json!({ "raised": "perhaps", "identity": "ann" })).await, (400, json!({
            "raised": ["This is neither yes nor no."], "identity": ["There is no such field."],
        })));
        assert_eq!(ask(&karim, &name, json!({ "name": " " })).await, (400, json!({ "name": ["Type a name."] })));
        app.livekit.remove_room(&room.id.to_string());
        for (path, body) in [(&hand, &up), (&name, &anna)] {
            assert_eq!(ask(&karim, path, body.clone()).await, (404, json!({ "error": "Participant not found" })));
        }
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(ask(&karim, &hand, up).await, (500, json!({ "error": "Failed to update participant hand state" })));
        assert_eq!(ask(&karim, &name, anna).await, (500, json!({ "error": "Failed to rename participant" })));
    }

    async fn nobody_keeps_a_whole_call_busy(app: TestApp) {
        let ann = app.user("ann").await;
        let (room, karim) = call(&app, &ann, "karim").await;
        let bert = app.state.livekit.token(&grant(&room, "bert")).expect("signed");
        let bert = app.anonymous().with("authorization", &format!("Bearer {bert}"));
        for (what, body, most) in [("toggle-hand", json!({ "raised": true }), 30), ("rename", json!({ "name": "K" }), 10)] {
            for n in 0..most {
                assert_eq!(ask(&karim, &path(&room, what), body.clone()).await.0, 200, "{what} {n}");
            }
            assert_eq!(ask(&karim, &path(&room, what), body.clone()).await.1["code"], "rate_limited");
            assert_eq!(ask(&bert, &path(&room, what), body.clone()).await.0, 404, "another person is not told to wait");
        }
        app.advance(TimeDelta::minutes(1));
        assert_eq!(ask(&karim, &path(&room, "rename"), json!({ "name": "K" })).await.0, 200);
    }
}
