//! The contract's answers, one by one.

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{
    livekit::{colour::colour, fake::Answer},
    rooms::model::Role,
};

use super::{super::accesses::give, Browser, Door, claims, not_found, updated};
use crate::{on_both, support::TestApp};

on_both! {
    async fn a_guest_asks_waits_is_admitted_and_comes_in(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let mut karim = Browser::new(app.anonymous());
        let asked = karim.knocks(&door.id, "  Karim  Haddad ").await;
        let id = asked["id"].as_str().expect("text").to_owned();
        assert_eq!(uuid::Uuid::parse_str(&id).map(|uuid| uuid.to_string()), Ok(id.clone()), "lower case, with hyphens");
        assert_eq!(asked, json!({ "status": "waiting", "username": "Karim Haddad", "id": id, "color": colour(&id), "livekit": null }));
        let first = karim.cookie.clone();
        // By link as by key, with and without the slash; the name stays the one that hosts see.
        for path in [door.slug.as_str(), &door.id.to_uppercase()] {
            assert_eq!(karim.knocks(path, "Boss").await, asked, "{path}");
            assert_eq!(karim.cookie, first, "the cookie is set again, with the same value");
        }
        let shown = json!([{ "status": "waiting", "username": "Karim Haddad", "id": id, "color": colour(&id) }]);
        assert_eq!(door.waiting().await, shown);
        assert_eq!(door.decide(&json!(id), true).await, updated());
        assert_eq!(door.waiting().await, json!([]));
        app.livekit.answer(Answer::Ok);
        let entered = karim.knocks(&door.id, "Karim H.").await;
        let livekit = entered["livekit"].clone();
        assert_eq!(livekit["url"], "ws://localhost:8080/livekit");
        assert_eq!(entered, json!({ "status": "accepted", "username": "Karim Haddad", "id": id, "color": colour(&id), "livekit": { "url": livekit["url"], "room": door.id, "token": livekit["token"] } }));
        let now = app.state.clock.now().timestamp();
        assert_eq!(claims(&app, &livekit), json!({
            "iss": "visavis", "sub": id, "nbf": now, "exp": now + 600, "name": "Karim H.",
            "video": {
                "roomAdmin": false, "roomJoin": true, "room": door.id, "canPublish": true, "canSubscribe": true, "canPublishData": true,
                "canPublishSources": ["camera", "microphone", "screen_share", "screen_share_audio"], "canUpdateOwnMetadata": false,
            },
            "attributes": { "color": colour(&id), "room_role": null, "is_authenticated": "false" },
        }));
        assert_eq!(app.livekit.creations(), 1, "the room is there when its token is handed out");
    }

    async fn somebody_with_an_account_waits_as_that_account(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let (ben, cleo) = (app.user("ben").await, app.user("cleo").await);
        let mut bens = Browser::new(app.signed_in(&ben).await);
        let without = bens.client.post_without_csrf(&format!("/api/v1.0/rooms/{}/request-entry/", door.id), r#"{"username":"Ben"}"#).await;
        assert_eq!(without.status, 403, "{}", without.text);
        let asked = bens.knocks(&door.id, "Ben").await;
        assert_eq!(asked["status"], "waiting");
        assert_eq!(door.decide(&asked["id"], true).await, updated());
        for other in [app.anonymous(), app.signed_in(&cleo).await] {
            let mut thief = Browser { client: other, cookie: bens.cookie.clone() };
            let got = thief.knocks(&door.id, "Ben").await;
            assert_eq!((&got["status"], &got["livekit"]), (&json!("waiting"), &Value::Null), "the same browser, somebody else");
            assert_eq!(door.decide(&asked["id"], true).await, updated());
        }
        let (status, _) = door.decide(&asked["id"], true).await;
        assert_eq!(status, 200);
        assert_eq!(bens.knocks(&door.id, "Ben").await["status"], "waiting", "whoever asked last has the place");
        assert_eq!(door.decide(&asked["id"], true).await, updated());
        let entered = bens.knocks(&door.id, "Benny").await;
        let claims = claims(&app, &entered["livekit"]);
        assert_eq!((&claims["sub"], &claims["name"]), (&json!(ben.id), &json!("Benny")), "an account is known by its subject");
        assert_eq!(claims["attributes"], json!({ "color": colour(&ben.id.to_string()), "room_role": null, "is_authenticated": "true" }));
        assert_eq!(entered["color"], json!(colour(asked["id"].as_str().expect("text"))), "in the lobby by the browser");
    }

    async fn what_the_room_allows_needs_no_host(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let (ben, mia) = (app.user("ben").await, app.user("mia").await);
        give(&app, &json!(door.id), &mia, Role::Member).await;
        let mut guest = Browser::new(app.anonymous());
        let (mut bens, mut mias) = (Browser::new(app.signed_in(&ben).await), Browser::new(app.signed_in(&mia).await));
        for (level, expected) in [("restricted", ["waiting", "waiting", "accepted"]), ("trusted", ["waiting", "accepted", "accepted"]), ("restricted", ["waiting", "waiting", "accepted"]), ("public", ["accepted"; 3]), ("restricted", ["waiting", "waiting", "accepted"])] {
            door.level(level).await;
            let mut got = Vec::new();
            for browser in [&mut guest, &mut bens, &mut mias] {
                let answer = browser.knocks(&door.id, "Somebody").await;
                assert_eq!(answer["status"] == "accepted", answer["livekit"]["token"].is_string(), "{answer}");
                got.push(answer["status"].clone());
            }
            assert_eq!(got, expected.map(Value::from), "{level}");
            let waiting = expected.iter().filter(|status| **status == "waiting").count();
            assert_eq!(door.waiting().await.as_array().map(Vec::len), Some(waiting), "{level}");
        }
        let entered = mias.knocks(&door.id, "Mia").await;
        assert_eq!(claims(&app, &entered["livekit"])["attributes"]["room_role"], "member");
    }

    async fn in_a_public_room_nobody_waits(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let mut karim = Browser::new(app.anonymous());
        let asked = karim.knocks(&door.id, "Karim").await;
        door.level("public").await;
        assert_eq!(door.waiting().await, json!([]));
        assert_eq!(door.decide(&asked["id"], true).await, (404, json!({ "message": "Room has no lobby system." })));
        let entered = karim.knocks(&door.id, "Boss").await;
        assert_eq!((&entered["status"], &entered["username"]), (&json!("accepted"), &json!("Karim")), "what was stored is shown");
        assert_eq!(claims(&app, &entered["livekit"])["name"], "Boss");
        assert_eq!(karim.knocks(&door.id, "Boss").await["username"], "Boss", "who is in waits no more");
        door.level("restricted").await;
        let waiting = karim.knocks(&door.id, "Boss").await;
        assert_eq!(waiting["status"], "waiting", "nothing was kept that lets them in");
    }

    async fn everything_holds_as_long_as_the_contract_says(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let mut karim = Browser::new(app.anonymous());
        let id = karim.knocks(&door.id, "Karim").await["id"].clone();
        app.advance(TimeDelta::milliseconds(2999));
        assert_eq!(door.waiting().await.as_array().map(Vec::len), Some(1));
        app.advance(TimeDelta::milliseconds(1));
        assert_eq!(door.waiting().await, json!([]), "who asks no more is not shown");
        karim.knocks(&door.id, "Karim").await;
        assert_eq!(door.decide(&id, false).await, updated());
        assert_eq!(door.waiting().await, json!([]));
        app.advance(TimeDelta::milliseconds(4999));
        let denied = karim.knocks(&door.id, "Karim").await;
        assert_eq!((&denied["status"], &denied["livekit"], &denied["username"]), (&json!("denied"), &Value::Null, &json!("Karim")));
        app.advance(TimeDelta::milliseconds(1));
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "waiting", "refused for five seconds");
        assert_eq!(door.decide(&id, true).await, updated());
        app.advance(TimeDelta::seconds(21_599));
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "accepted");
        app.advance(TimeDelta::seconds(1));
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "waiting", "admitted for six hours, however often one asks");
        app.advance(TimeDelta::minutes(3));
        assert_eq!(door.decide(&id, true).await, not_found());
    }

    async fn a_later_decision_overrides_and_one_of_the_same_moment_does_not(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let zoe = app.user("zoe").await;
        give(&app, &json!(door.id), &zoe, Role::Administrator).await;
        let other = Door { host: app.signed_in(&zoe).await, id: door.id.clone(), slug: String::new() };
        let mut karim = Browser::new(app.anonymous());
        let id = karim.knocks(&door.id, "Karim").await["id"].clone();
        assert_eq!((door.decide(&id, true).await, other.decide(&id, false).await), (updated(), updated()));
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "accepted");
        assert_eq!(door.decide(&id, false).await, updated(), "the host who let in the wrong one");
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "denied");
        app.advance(TimeDelta::seconds(4));
        assert_eq!(other.decide(&id, true).await, updated());
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "denied", "the same moment");
        app.advance(TimeDelta::seconds(1));
        assert_eq!(other.decide(&id, true).await, not_found(), "over");
        karim.knocks(&door.id, "Karim").await;
        assert_eq!(other.decide(&id, true).await, updated());
        app.advance(TimeDelta::seconds(5));
        assert_eq!(door.decide(&id, false).await, updated());
        let refused = karim.knocks(&door.id, "Karim").await;
        assert_eq!((&refused["status"], &refused["livekit"]), (&json!("denied"), &Value::Null), "what was given can be taken");
    }

    async fn when_the_meeting_is_over_admissions_are(app: TestApp) {
        // From the start on, as when we serve: who works also says what there is to do.
        app.work().await;
        let door = Door::new(&app, "restricted").await;
        let (mut karim, mut lea) = (Browser::new(app.anonymous()), Browser::new(app.anonymous()));
        let id = karim.knocks(&door.id, "Karim").await["id"].clone();
        assert_eq!(door.decide(&id, true).await, updated());
        app.advance(TimeDelta::seconds(2));
        let since = lea.knocks(&door.id, "Lea").await;
        let at = app.state.clock.now().timestamp().to_string();
        let finished = json!({
            "event": "room_finished", "id": "EV_1", "createdAt": at,
            "room": { "sid": "RM_1", "name": door.id, "creationTime": at },
        });
        assert_eq!(app.webhook(&finished.to_string()).await.status, 200);
        app.work().await;
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "waiting");
        assert_eq!(door.waiting().await[0]["id"], since["id"], "who waits goes on waiting, and first");
    }

    async fn wrong_requests_have_the_contracts_answers(app: TestApp) {
        let (door, other) = (Door::new(&app, "restricted").await, Door::new(&app, "restricted").await);
        let guest = app.anonymous();
        let ask = |room: &str| format!("/api/v1.0/rooms/{room}/request-entry/");
        for unknown in ["nowhere", "3b0cf6f7-5f0c-4b1c-9d3e-0d2f0f6a1b11", "x.json", "%00", "..%2f", "%ff"] {
            let answer = guest.post(&ask(unknown), r#"{"username":"x"}"#).await;
            assert_eq!(answer.status, 404, "{unknown}: {}", answer.text);
            assert!(answer.headers.get("set-cookie").is_none());
        }
        for (body, expected) in [("{}", json!({ "username": ["Type a name."] })), ("", json!({ "username": ["Type a name."] })), (r#"{"username":"  "}"#, json!({ "username": ["Type a name."] })), (r#"{"username":null}"#, Value::Null), (r#"{"username":["x"]}"#, Value::Null), ("{", Value::Null), ("[]", Value::Null)] {
            let answer = guest.clone().with("accept-language", "en").post(&ask(&door.id), body).await;
            assert_eq!(answer.status, 400, "{body}: {}", answer.text);
            assert!(expected.is_null() || answer.json() == expected, "{body}: {}", answer.text);
        }
        assert_eq!(guest.clone().with("content-type", "text/plain").post(&ask(&door.id), "x").await.status, 415);
        let (enter, list) = (format!("/api/v1.0/rooms/{}/enter/", door.id), format!("/api/v1.0/rooms/{}/waiting-participants/", door.id));
        let mut karim = Browser::new(app.anonymous());
        let id = karim.knocks(&door.id, "Karim").await["id"].clone();
        let admit = json!({ "participant_id": id, "allow_entry": true }).to_string();
        for (client, status) in [(&guest, 401), (&other.host, 403)] {
            for answer in [client.post(&enter, admit.clone()).await, client.get(&list).await] {
                assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
                assert!(!answer.text.contains("Karim"), "{}", answer.text);
                if status == 403 {
                    assert_eq!(answer.json()["detail"], "You must have privileges on room to perform this action.");
                } else {
                    assert_eq!(answer.headers["www-authenticate"], "Session");
                }
            }
        }
        assert_eq!(door.host.post_without_csrf(&enter, admit.clone()).await.status, 403);
        for (path, body) in [("nowhere", admit.clone()), ("3b0cf6f7-5f0c-4b1c-9d3e-0d2f0f6a1b11", admit.clone())] {
            let answer = door.host.post(&format!("/api/v1.0/rooms/{path}/enter/"), body).await;
            assert!(answer.status == 404 && answer.json()["detail"].is_string(), "{}", answer.text);
            assert_eq!(door.host.get(&format!("/api/v1.0/rooms/{path}/waiting-participants/")).await.status, 404);
        }
        // What was sent is looked at before the room.
        for (body, field) in [(r#"{"participant_id":"x","allow_entry":true}"#, "participant_id"), (r#"{"participant_id":7,"allow_entry":true}"#, "participant_id"), (r#"{"allow_entry":true}"#, "participant_id"), (&format!(r#"{{"participant_id":{id}}}"#), "allow_entry"), (&format!(r#"{{"participant_id":{id},"allow_entry":"perhaps"}}"#), "allow_entry"), (&format!(r#"{{"participant_id":{id},"allow_entry":null}}"#), "allow_entry")] {
            for path in [enter.as_str(), "/api/v1.0/rooms/nowhere/enter/"] {
                let answer = door.host.post(path, body.to_owned()).await;
                assert_eq!((answer.status.as_u16(), answer.json()[field].is_array()), (400, true), "{body}: {}", answer.text);
            }
        }
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "waiting", "none of it let anybody in");
        for (method, path) in [(Method::GET, ask(&door.id)), (Method::PUT, enter.clone()), (Method::GET, enter.clone()), (Method::POST, list.clone())] {
            let answer = door.host.call(method.clone(), &path, "").await;
            assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text);
        }
        // The contract's lax booleans, by link, without the slash.
        let lax = json!({ "participant_id": id, "allow_entry": "yes" }).to_string();
        assert_eq!(door.host.post(&format!("/api/v1.0/rooms/{}/enter", door.slug), lax).await.status, 200);
        assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "accepted");
        let list = door.host.get(&format!("/api/v1.0/rooms/{}/waiting-participants", door.slug)).await;
        assert_eq!(list.json(), json!({ "participants": [] }));
    }
}
