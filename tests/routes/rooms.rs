use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use visavis::{
    livekit::fake::{Answer, Call},
    rooms::model::Role,
};

use super::accesses::give;
use crate::{
    on_both,
    support::{Client, TestApp},
};

const ROOMS: &str = "/api/v1.0/rooms/";

async fn make(client: &Client, body: Value) -> Value {
    let answer = client.post(ROOMS, body.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

/// The claims of a token, unverified: what is checked is their content.
fn claims(token: &Value) -> Value {
    let token = token.as_str().expect("a token");
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}

on_both! {
    async fn the_maker_gets_everything_and_the_token_has_exactly_the_contracts_claims(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        let room = make(&client, json!({ "name": "Monday round" })).await;
        let mut keys: Vec<_> = room.as_object().expect("an object").keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["access_level", "accesses", "configuration", "id", "livekit", "name", "pin_code", "slug"]);
        assert_eq!((&room["slug"], &room["access_level"], &room["configuration"]), (&json!("monday-round"), &json!("public"), &json!({})));
        assert_eq!(room["accesses"][0]["role"], "owner");
        assert_eq!(room["accesses"][0]["user"]["id"], json!(ann.id));
        let now = app.state.clock.now().timestamp();
        let color = visavis::livekit::colour::colour(&ann.id.to_string());
        assert_eq!(claims(&room["livekit"]["token"]), json!({
            "iss": "visavis", "sub": ann.id, "nbf": now, "exp": now + 600, "name": "ann",
            "video": {
                "roomAdmin": true, "roomJoin": true, "room": room["id"], "canPublish": true, "canSubscribe": true, "canPublishData": true,
                "canPublishSources": ["camera", "microphone", "screen_share", "screen_share_audio"], "canUpdateOwnMetadata": false,
            },
            "attributes": { "color": color, "room_role": "owner", "is_authenticated": "true" },
        }));
    }

    async fn a_stranger_sees_a_public_room_without_what_is_for_hosts(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let room = make(&client, json!({ "name": "Open" })).await;
        for path in ["open", "open/", room["id"].as_str().expect("an id")] {
            let answer = app.anonymous().get(&format!("{ROOMS}{path}?username=Karim")).await;
            let seen = answer.json();
            assert!(seen.get("accesses").is_none());
            let claims = claims(&seen["livekit"]["token"]);
            assert_eq!((&claims["name"], &claims["video"]["roomAdmin"]), (&json!("Karim"), &json!(false)));
            assert_eq!(claims["attributes"]["room_role"], Value::Null);
            assert_eq!(claims["attributes"]["is_authenticated"], "false");
            assert!(answer.headers.get("set-cookie").is_some(), "the browser is remembered");
        }
    }

    async fn who_may_not_enter_gets_neither_token_nor_pin(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let other = app.signed_in(&app.user("ben").await).await;
        make(&client, json!({ "name": "Trusted", "access_level": "trusted" })).await;
        make(&client, json!({ "name": "Closed", "access_level": "restricted" })).await;
        for (who, path, token) in [(&app.anonymous(), "trusted", false), (&other, "trusted", true), (&other, "closed", false), (&client, "closed", true)] {
            let seen = who.get(&format!("{ROOMS}{path}/")).await.json();
            assert_eq!(seen.get("livekit").is_some(), token, "{path}");
            assert_eq!(seen.get("pin_code").is_some(), token, "{path}");
        }
    }

    async fn a_stolen_guest_cookie_must_be_ours(app: TestApp) {
        let ann = app.user("ann").await;
        make(&app.signed_in(&ann).await, json!({ "name": "Open" })).await;
        let forged = app.anonymous().with("cookie", &format!("lobbyParticipantId={}", ann.id));
        let claims = claims(&forged.get(&format!("{ROOMS}open/")).await.json()["livekit"]["token"]);
        assert_ne!(claims["sub"], json!(ann.id), "an identity is never the client's choice");
    }

    async fn rights_of_the_room_bind_guests_not_hosts(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let room = make(&client, json!({ "name": "Listen", "configuration": { "can_publish_sources": [] } })).await;
        assert_eq!(claims(&room["livekit"]["token"])["video"]["canPublish"], true);
        let guest = claims(&app.anonymous().get(&format!("{ROOMS}listen/")).await.json()["livekit"]["token"]);
        assert_eq!((&guest["video"]["canPublish"], &guest["video"]["canPublishSources"]), (&json!(false), &json!([])));
    }

    async fn the_room_is_made_on_livekit_for_one_never_for_a_list(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let room = make(&client, json!({ "name": "One" })).await;
        let name = room["id"].as_str().expect("an id").to_owned();
        assert_eq!(app.livekit.calls(), [Call::CreateRoom { name: name.clone(), most: None }]);
        let listed = client.get(ROOMS).await.json();
        assert_eq!((&listed["count"], &listed["results"][0]["slug"]), (&json!(1), &json!("one")));
        client.get(&format!("{ROOMS}one/")).await;
        assert_eq!(app.livekit.calls().len(), 1, "remembered");
        app.state.livekit.forget(&name);
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(client.get(&format!("{ROOMS}one/")).await.status, 200, "LiveKit being away hides no room");
    }

    async fn lists_have_pages(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        for n in 0..3 {
            make(&client, json!({ "name": format!("room {n}") })).await;
        }
        let page = client.get(&format!("{ROOMS}?page=2&page_size=2")).await.json();
        assert_eq!((&page["count"], &page["next"], page["results"].as_array().map(Vec::len)), (&json!(3), &Value::Null, Some(1)));
        assert_eq!(page["previous"], "http://localhost:8080/api/v1.0/rooms/?page_size=2");
        assert_eq!(client.get(&format!("{ROOMS}?page=9")).await.status, 404);
        assert_eq!(client.get(&format!("{ROOMS}?page_size=junk")).await.json()["results"].as_array().map(Vec::len), Some(3));
        assert_eq!(app.anonymous().get(ROOMS).await.json(), json!({ "count": 0, "next": null, "previous": null, "results": [] }));
    }

    async fn a_list_says_of_each_room_what_one_is_there(app: TestApp) {
        let (ann, mia) = (app.user("ann").await, app.user("mia").await);
        let (owner, member) = (app.signed_in(&ann).await, app.signed_in(&mia).await);
        let theirs = make(&owner, json!({ "name": "Theirs", "access_level": "restricted" })).await;
        make(&member, json!({ "name": "Own" })).await;
        give(&app, &theirs["id"], &mia, Role::Member).await;
        let list = member.get("/api/v1.0/rooms/").await.json();
        let shown = list["results"].as_array().expect("a list");
        assert_eq!(shown.iter().map(|room| &room["slug"]).collect::<Vec<_>>(), ["own", "theirs"]);
        assert_eq!(shown[0]["accesses"].as_array().expect("a host sees them").len(), 1);
        assert_eq!(shown[0]["accesses"][0]["user"]["id"], mia.id.to_string());
        assert!(shown[1].get("accesses").is_none() && shown[1].get("livekit").is_some());
        assert_eq!(owner.get("/api/v1.0/rooms/").await.json()["results"][0]["accesses"].as_array().map(Vec::len), Some(2));
    }

    async fn what_is_wrong_is_told_field_by_field_in_the_readers_language(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let french = client.clone().with("accept-language", "fr");
        let answer = french.post(ROOMS, json!({ "name": 7, "access_level": "foo", "configuration": { "x": 1 } }).to_string()).await;
        assert_eq!(answer.status, 400);
        let keys: Vec<_> = answer.json().as_object().expect("an object").keys().cloned().collect();
        assert_eq!(keys, ["access_level", "configuration", "name"]);
        assert_eq!(answer.json()["name"], json!(["Un texte est attendu ici."]));
        make(&client, json!({ "name": "Twice" })).await;
        assert!(client.post(ROOMS, json!({ "name": "twice" }).to_string()).await.json().get("slug").is_some());
        for body in ["{", "[]", "\u{0}", "null", "\"x\""] {
            assert_eq!(client.post(ROOMS, body).await.status, 400, "{body}");
        }
        assert_eq!(client.post(ROOMS, "").await.json(), json!({ "name": ["Type a name."] }), "no body is no data");
        assert_eq!(client.clone().with("content-type", "text/plain").post(ROOMS, "x").await.status, 415);
        assert_eq!(client.post(ROOMS, "x".repeat(300_000)).await.status, 413);
    }

    async fn nobody_else_makes_rooms(app: TestApp) {
        let body = json!({ "name": "x" }).to_string();
        assert_eq!(app.anonymous().post(ROOMS, body.clone()).await.status, 401);
        let client = app.signed_in(&app.user("ann").await).await;
        assert_eq!(client.post_without_csrf(ROOMS, body.clone()).await.status, 403);
        assert_eq!(client.clone().with("sec-fetch-site", "cross-site").post(ROOMS, body.clone()).await.status, 403);
        assert_eq!(client.with("origin", "https://evil.example").post(ROOMS, body).await.status, 403);
    }
}
