//! Asking to come in, and deciding on it, by REST: what clients that ask again every second rely on (contract §1.4, §4).

use std::time::{Duration, Instant};

use axum::{Router, http::Method, response::Html};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{
    livekit::{
        colour::colour,
        fake::{Answer, Call},
    },
    lobby::{
        model::{Entry, Status},
        service::MOST_WAITING,
        store,
    },
    rooms::model::Role,
};

use super::accesses::give;
use crate::{
    on_both,
    support::{Client, TestApp},
};

/// Less than a call to LiveKit may take: nobody waited for it.
const AT_ONCE: Duration = Duration::from_secs(2);
/// One call to LiveKit was waited for, and no more.
const QUICKLY: Duration = Duration::from_secs(7);

/// Somebody's browser: it keeps the cookie that it is given.
struct Browser {
    client: Client,
    cookie: Option<String>,
}

impl Browser {
    fn new(client: Client) -> Self {
        Self { client, cookie: None }
    }

    fn client(&self) -> Client {
        let client = self.client.clone();
        match &self.cookie {
            Some(cookie) => client.with("cookie", &format!("lobbyParticipantId={cookie}")),
            None => client,
        }
    }

    /// Asks to come in; the status and the body.
    async fn asks(&mut self, room: &str, name: &str) -> (u16, Value) {
        let body = json!({ "username": name }).to_string();
        let answer = self.client().post(&format!("/api/v1.0/rooms/{room}/request-entry/"), body).await;
        if let Some(set) = answer.headers.get("set-cookie").and_then(|line| line.to_str().ok()) {
            assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
            let value = set.split(';').next().and_then(|pair| pair.strip_prefix("lobbyParticipantId=")).expect("ours");
            self.cookie = Some(value.to_owned());
        }
        (answer.status.as_u16(), answer.json())
    }

    /// Asks, and is answered with 200.
    async fn knocks(&mut self, room: &str, name: &str) -> Value {
        let (status, body) = self.asks(room, name).await;
        assert_eq!(status, 200, "{body}");
        body
    }
}

/// A room of `ann`, with her session.
struct Door {
    host: Client,
    id: String,
    slug: String,
}

impl Door {
    async fn new(app: &TestApp, level: &str) -> Self {
        let host = app.signed_in(&app.user(&format!("ann-{}", app.state.random.uuid())).await).await;
        let body = json!({ "name": format!("Round {}", app.state.random.uuid()), "access_level": level });
        let room = host.post("/api/v1.0/rooms/", body.to_string()).await.json();
        let text = |name: &str| room[name].as_str().expect("text").to_owned();
        Self { id: text("id"), slug: text("slug"), host }
    }

    async fn decide(&self, participant: &Value, allow: bool) -> (u16, Value) {
        let body = json!({ "participant_id": participant, "allow_entry": allow }).to_string();
        let answer = self.host.post(&format!("/api/v1.0/rooms/{}/enter/", self.id), body).await;
        (answer.status.as_u16(), answer.json())
    }

    async fn waiting(&self) -> Value {
        let answer = self.host.get(&format!("/api/v1.0/rooms/{}/waiting-participants/", self.id)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["participants"].clone()
    }

    async fn level(&self, level: &str) {
        let body = json!({ "access_level": level }).to_string();
        assert_eq!(self.host.call(Method::PATCH, &format!("/api/v1.0/rooms/{}/", self.id), body).await.status, 200);
    }
}

/// The claims of a token that is really ours.
fn claims(app: &TestApp, livekit: &Value) -> Value {
    let token = livekit["token"].as_str().expect("a token");
    app.state.livekit.verify(token).expect("signed by us");
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}

fn updated() -> (u16, Value) {
    (200, json!({ "message": "Participant was updated." }))
}

fn not_found() -> (u16, Value) {
    (404, json!({ "message": "Participant not found." }))
}

/// How often everybody in the call was told that somebody waits.
async fn notices(app: &TestApp, room: &str) -> usize {
    tokio::time::sleep(Duration::from_millis(30)).await;
    let notice = Call::SendData { room: room.to_owned(), payload: r#"{"type":"participantWaiting"}"#.to_owned() };
    app.livekit.calls().into_iter().filter(|call| *call == notice).count()
}

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

    async fn everybody_in_the_call_is_told_once_of_each_who_comes_or_comes_back(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        app.livekit.set_room(&door.id, "RM_1", &[]);
        let mut karim = Browser::new(app.anonymous());
        for _ in 0..3 {
            karim.knocks(&door.id, "Karim").await;
        }
        assert_eq!(notices(&app, &door.id).await, 1);
        app.advance(TimeDelta::seconds(3));
        karim.knocks(&door.id, "Karim").await;
        assert_eq!(notices(&app, &door.id).await, 2, "back in sight");
        let id = Browser::new(app.anonymous()).knocks(&door.id, "Lea").await["id"].clone();
        assert_eq!(notices(&app, &door.id).await, 3);
        assert_eq!(door.decide(&id, false).await, updated());
        door.level("public").await;
        Browser::new(app.anonymous()).knocks(&door.id, "Ben").await;
        assert_eq!(notices(&app, &door.id).await, 3, "nobody waits who need not");
        // It goes out once the entry can be fetched.
        door.level("restricted").await;
        app.livekit.answer(Answer::Hold);
        Browser::new(app.anonymous()).knocks(&door.id, "Zoe").await;
        assert_eq!(notices(&app, &door.id).await, 4);
        assert!(door.waiting().await.to_string().contains("Zoe"));
        app.livekit.answer(Answer::Ok);
    }

    async fn whatever_livekit_does_the_entry_stands_and_the_answer_comes_quickly(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        for answer in [Answer::Refuse, Answer::Unreachable, Answer::NotFound, Answer::Hang] {
            app.livekit.answer(answer);
            let mut karim = Browser::new(app.anonymous());
            let begun = Instant::now();
            let id = karim.knocks(&door.id, "Karim").await["id"].clone();
            assert!(begun.elapsed() < AT_ONCE, "{answer:?}: {:?}", begun.elapsed());
            assert_eq!(door.waiting().await[0]["id"], id, "{answer:?}");
            assert_eq!(door.decide(&id, true).await, updated(), "{answer:?}");
            assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "accepted", "{answer:?}");
            assert!(begun.elapsed() < QUICKLY, "{answer:?}: {:?}", begun.elapsed());
        }
    }

    async fn a_full_door_is_said_to_be_full_and_those_who_wait_go_on_waiting(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let mut first = Browser::new(app.anonymous());
        first.knocks(&door.id, "Karim").await;
        let now = app.state.clock.now();
        let mut tx = app.state.db.begin().await.expect("begins");
        for _ in 1..MOST_WAITING {
            let entry = Entry {
                room_id: door.id.parse().expect("a key"), participant_id: app.state.random.uuid(), user_id: None, username: "x".into(),
                status: Status::Waiting, since: now, until: now + TimeDelta::seconds(3), refusals: 0, decided_at: None, decided_by: None,
            };
            assert!(store::put_waiting(&mut tx.conn(), None, &entry).await.expect("stored"));
        }
        tx.commit().await.expect("commits");
        let answer = app.anonymous().post(&format!("/api/v1.0/rooms/{}/request-entry/", door.id), r#"{"username":"x"}"#).await;
        assert_eq!((answer.status.as_u16(), answer.headers["retry-after"].to_str().ok()), (429, Some("30")), "{}", answer.text);
        assert_eq!(first.knocks(&door.id, "Karim").await["status"], "waiting");
        let elsewhere = Door::new(&app, "restricted").await;
        assert_eq!(Browser::new(app.anonymous()).knocks(&elsewhere.id, "x").await["status"], "waiting");
        app.advance(TimeDelta::seconds(3));
        assert_eq!(Browser::new(app.anonymous()).knocks(&door.id, "x").await["status"], "waiting", "those who left leave room");
    }
}

/// Something that is not LiveKit, behind the real client.
#[tokio::test]
async fn what_is_not_livekit_keeps_nobody_from_waiting_either() {
    let page = || async { Html("<!doctype html><title>Welcome</title>") };
    let broken = || async { (axum::http::StatusCode::BAD_GATEWAY, Html("<h1>502 Bad Gateway</h1>")) };
    let silent = || std::future::pending::<()>();
    for (what, router) in [
        ("a page", Router::new().fallback(page)),
        ("a broken proxy", Router::new().fallback(broken)),
        ("silence", Router::new().fallback(silent)),
    ] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        stands_behind(what, &url).await;
        server.abort();
    }
    stands_behind("a closed port", "http://127.0.0.1:1").await;
}

async fn stands_behind(what: &str, livekit: &str) {
    let app = TestApp::sqlite().await.with_livekit_at(livekit);
    let door = Door::new(&app, "restricted").await;
    let mut karim = Browser::new(app.anonymous());
    let begun = Instant::now();
    let id = karim.knocks(&door.id, "Karim").await["id"].clone();
    assert!(begun.elapsed() < AT_ONCE, "{what}: {:?}", begun.elapsed());
    assert_eq!(door.waiting().await[0]["id"], id, "{what}");
    assert_eq!(door.decide(&id, true).await, updated(), "{what}");
    let entered = karim.knocks(&door.id, "Karim").await;
    assert_eq!(entered["status"], "accepted", "{what}: an admission is not taken back");
    assert_eq!(claims(&app, &entered["livekit"])["sub"], id, "{what}");
    assert!(begun.elapsed() < QUICKLY, "{what}: {:?}", begun.elapsed());
}
