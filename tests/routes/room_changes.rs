//! Changing and deleting rooms, what LiveKit hears of it, and the creation callback.

use axum::http::Method;
use serde_json::{Value, json};
use visavis::{
    livekit::fake::{Answer, Call},
    rooms::{
        model::{Role, Room},
        service,
    },
};

use super::accesses::give;
use crate::{
    on_both,
    support::{Client, TestApp},
};

const ROOMS: &str = "/api/v1.0/rooms/";
const CALLBACK: &str = "/api/v1.0/rooms/creation-callback/";

async fn make(client: &Client, body: Value) -> Value {
    let answer = client.post(ROOMS, body.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

async fn send(client: &Client, method: Method, slug: &str, body: Value) -> (u16, Value) {
    let answer = client.call(method, &format!("{ROOMS}{slug}/"), body.to_string()).await;
    (answer.status.as_u16(), if answer.text.is_empty() { Value::Null } else { answer.json() })
}

async fn found(app: &TestApp, text: &str) -> Option<Room> {
    service::find(&app.state, text).await.ok()
}

on_both! {
    async fn a_room_is_changed_and_shown_whole(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let room = make(&client, json!({ "name": "Monday round", "access_level": "trusted" })).await;
        let (status, patched) = send(&client, Method::PATCH, "monday-round", json!({ "configuration": { "everyone_can_mute": "off" } })).await;
        assert_eq!((status, &patched["configuration"], &patched["access_level"]), (200, &json!({ "everyone_can_mute": false }), &json!("trusted")));
        let mut keys: Vec<_> = patched.as_object().expect("an object").keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["access_level", "accesses", "configuration", "id", "livekit", "name", "pin_code", "slug"]);
        // What was read can be sent back, with what is not for clients to say left alone.
        let mut whole = patched.clone();
        whole["slug"] = json!("stolen");
        whole["id"] = json!(uuid::Uuid::nil());
        whole["pin_code"] = json!("1234");
        let (status, put) = send(&client, Method::PUT, room["id"].as_str().expect("an id"), whole).await;
        assert_eq!((status, &put["id"], &put["slug"], &put["pin_code"]), (200, &room["id"], &json!("monday-round"), &Value::Null));
        assert_eq!(send(&client, Method::PUT, "monday-round", json!({ "access_level": "public" })).await, (400, json!({ "name": ["Type a name."] })));
        let (status, wrong) = send(&client, Method::PATCH, "monday-round", json!({ "name": "", "access_level": "x", "configuration": 1, "colour": "red" })).await;
        assert_eq!((status, wrong.as_object().map(|w| w.len())), (400, Some(4)), "{wrong}");
        assert_eq!(send(&client, Method::PATCH, "monday-round", json!({})).await.0, 200);
    }

    async fn who_may_not_is_told_before_what_is_wrong(app: TestApp) {
        let ann = app.user("ann").await;
        let owner = app.signed_in(&ann).await;
        let room = make(&owner, json!({ "name": "Ours" })).await;
        let (other, member, admin) = (app.user("other").await, app.user("member").await, app.user("admin").await);
        give(&app, &room["id"], &member, Role::Member).await;
        give(&app, &room["id"], &admin, Role::Administrator).await;
        let wrong = json!({ "name": 7 });
        for (who, change, delete) in [(Some(&other), 403, 403), (Some(&member), 403, 403), (Some(&admin), 400, 403), (None, 401, 401)] {
            let client = match who { Some(user) => app.signed_in(user).await, None => app.anonymous() };
            for method in [Method::PUT, Method::PATCH] {
                assert_eq!(send(&client, method, "ours", wrong.clone()).await.0, change);
            }
            assert_eq!(send(&client, Method::DELETE, "ours", Value::Null).await.0, delete);
        }
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            assert_eq!(send(&owner, method.clone(), "nowhere", wrong.clone()).await.0, 404);
            assert_eq!(owner.call_without_csrf(method, &format!("{ROOMS}ours/"), "{}").await.status, 403);
        }
        assert_eq!(owner.call(Method::PATCH, &format!("{ROOMS}ours/"), "{").await.status, 400);
        let answer = owner.call(Method::POST, &format!("{ROOMS}ours/"), "{}").await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].clone()), (405, json!("method_not_allowed")));
    }

    async fn an_earlier_name_still_leads_to_the_room_and_belongs_to_it(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let other = app.signed_in(&app.user("ben").await).await;
        let room = make(&client, json!({ "name": "First" })).await;
        assert_eq!(send(&client, Method::PATCH, "first", json!({ "name": "Second" })).await.1["slug"], "second");
        assert_eq!(client.get(&format!("{ROOMS}First/")).await.json()["id"], room["id"], "found by the old one");
        let taken = other.post(ROOMS, json!({ "name": "first!" }).to_string()).await;
        assert_eq!((taken.status.as_u16(), taken.json()), (400, json!({ "slug": ["There is already a room with this name. Choose another one."] })));
        make(&other, json!({ "name": "Third" })).await;
        assert_eq!(send(&other, Method::PATCH, "third", json!({ "name": "FIRST" })).await, (400, taken.json()));
        assert_eq!(send(&other, Method::PATCH, "third", json!({ "name": "second" })).await.0, 400);
        assert_eq!(send(&client, Method::PATCH, "first", json!({ "name": "First" })).await.1["slug"], "first", "its own it may take back");
        assert_eq!(send(&client, Method::PATCH, "second", json!({ "name": "اجتماع" })).await.1["slug"], "first", "no letter of it can be a link");
        for (name, field) in [("API", "name"), ("2c3a3ab1-6a1f-4f0c-9e2f-b1e1a7f6a0aa", "name")] {
            assert!(send(&client, Method::PATCH, "first", json!({ "name": name })).await.1.get(field).is_some(), "{name}");
        }
        assert_eq!(send(&client, Method::DELETE, "second", Value::Null).await, (204, Value::Null));
        assert!(found(&app, "first").await.is_none() && found(&app, "second").await.is_none());
        for name in ["First", "Second"] {
            make(&other, json!({ "name": name })).await;
        }
    }

    async fn livekit_hears_of_rights_and_access_and_of_nothing_else(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let room = make(&client, json!({ "name": "Live" })).await;
        let id = room["id"].as_str().expect("an id");
        let metadata = || serde_json::from_str::<Value>(&app.livekit.metadata(id).expect("live")).expect("JSON");
        app.livekit.set_metadata(id, r#"{"recording_status":"started","access_level":"old"}"#);
        let calls = app.livekit.calls().len();
        send(&client, Method::PATCH, "live", json!({ "name": "Lively" })).await;
        send(&client, Method::PATCH, "live", json!({ "access_level": "public" })).await;
        assert_eq!(app.livekit.calls().len(), calls, "nothing that concerns the call");
        let rights = json!({ "can_publish_sources": ["microphone"] });
        send(&client, Method::PATCH, "lively", json!({ "access_level": "restricted", "configuration": rights })).await;
        assert_eq!(metadata(), json!({ "recording_status": "started", "access_level": "restricted", "configuration": rights }));
        app.livekit.set_metadata(id, "no JSON");
        send(&client, Method::PATCH, "lively", json!({ "access_level": "trusted" })).await;
        assert_eq!(metadata(), json!({ "access_level": "trusted", "configuration": rights }));
        for answer in [Answer::Unreachable, Answer::NotFound, Answer::Refuse] {
            app.livekit.answer(answer);
            let level = if answer == Answer::Refuse { "public" } else if answer == Answer::NotFound { "restricted" } else { "public" };
            let (status, body) = send(&client, Method::PATCH, "lively", json!({ "access_level": level })).await;
            assert_eq!((status, body["access_level"].as_str()), (200, Some(level)), "what was decided stays: {answer:?}");
        }
    }

    async fn deleting_a_room_ends_its_call(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let name = make(&client, json!({ "name": "Short" })).await["id"].as_str().expect("an id").to_owned();
        assert_eq!(send(&client, Method::DELETE, "short", Value::Null).await.0, 204);
        assert!(app.livekit.calls().contains(&Call::DeleteRoom { name: name.clone() }));
        assert_eq!(app.livekit.metadata(&name), None);
        assert_eq!(send(&client, Method::DELETE, "short", Value::Null).await.0, 404);
        make(&client, json!({ "name": "Short" })).await;
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(client.call(Method::DELETE, &format!("{ROOMS}short"), "").await.status, 204, "LiveKit being away keeps no room");
    }

    async fn a_creation_callback_tells_the_slug_once(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        make(&client, json!({ "name": "Called", "callback_id": "7f3a" })).await;
        let asked = json!({ "callback_id": "7f3a" }).to_string();
        let answer = app.anonymous().post(CALLBACK, asked.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "status": "success", "room": { "slug": "called" } })));
        assert_eq!(app.anonymous().post(CALLBACK, asked.clone()).await.json(), json!({ "status": "success", "room": {} }));
        make(&client, json!({ "name": "Late", "callback_id": "7f3a" })).await;
        app.advance(chrono::TimeDelta::seconds(601));
        assert_eq!(app.anonymous().post(CALLBACK, asked.clone()).await.json()["room"], json!({}));
        for body in ["{}", r#"{"callback_id":""}"#, r#"{"callback_id":null}"#, r#"{"callback_id":{}}"#, "[]", "{"] {
            assert_eq!(app.anonymous().post("/api/v1.0/rooms/creation-callback", body).await.status, 400, "{body}");
        }
        assert_eq!(client.post_without_csrf(CALLBACK, asked).await.status, 403);
        assert_eq!(client.post(ROOMS, json!({ "name": "x", "callback_id": [] }).to_string()).await.status, 400);
        assert_eq!(app.anonymous().get(CALLBACK).await.status, 405);
    }

    async fn strangers_of_one_address_ask_callbacks_600_times_a_minute(app: TestApp) {
        let body = r#"{"callback_id":"x"}"#;
        for _ in 0..600 {
            assert_eq!(app.anonymous().post(CALLBACK, body).await.status, 200);
        }
        let answer = app.anonymous().post(CALLBACK, body).await;
        assert_eq!((answer.status.as_u16(), answer.headers["retry-after"].to_str().ok()), (429, Some("60")));
        assert_eq!(app.signed_in(&app.user("ann").await).await.post(CALLBACK, body).await.status, 200);
        app.advance(chrono::TimeDelta::seconds(60));
        assert_eq!(app.anonymous().post(CALLBACK, body).await.status, 200);
    }

    async fn strangers_do_not_look_for_rooms_without_end(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        make(&client, json!({ "name": "Open" })).await;
        for n in 0..60 {
            assert_eq!(app.anonymous().get(&format!("{ROOMS}guess-{n}/")).await.status, 404);
        }
        let answer = app.anonymous().get(&format!("{ROOMS}guess/")).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str(), answer.headers["retry-after"].to_str().ok()), (429, Some("rate_limited"), Some("60")));
        assert_eq!(app.anonymous().get(&format!("{ROOMS}{}/", uuid::Uuid::nil())).await.status, 429);
        assert_eq!(app.anonymous().get(&format!("{ROOMS}open/")).await.status, 200, "what is there is found");
        assert_eq!(client.get(&format!("{ROOMS}guess/")).await.status, 404, "known people are not counted");
        app.advance(chrono::TimeDelta::seconds(60));
        assert_eq!(app.anonymous().get(&format!("{ROOMS}guess/")).await.status, 404);
        assert_eq!(app.anonymous().get(&format!("{ROOMS}%FF/")).await.status, 404, "not even text");
    }
}
