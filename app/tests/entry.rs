//! The one question the island asks: may I come in?

use serde_json::json;
use visavis::{
    livekit::fake::{Answer, Call},
    rooms::{
        model::AccessLevel,
        service::{NewRoom, create},
    },
};

use crate::{
    on_both,
    support::{Client, TestApp},
    visitor, whole,
};

async fn room(app: &TestApp, level: AccessLevel) -> String {
    let ann = app.user("ann").await;
    let new = NewRoom { name: Some("The room".into()), access_level: Some(level), ..NewRoom::default() };
    create(&app.state, Some(&ann), new).await.expect("made").slug
}

fn ask(name: &str, again: bool) -> String {
    json!({ "request": { "slug": "the-room", "name": name, "again": again } }).to_string()
}

on_both! {
    async fn a_guest_comes_in_and_is_the_same_one_after_a_reload(app: TestApp) {
        room(&app, AccessLevel::Public).await;
        let answer = visitor(&app).post("/fn/enter", ask(" Karim  Haddad ", false)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let first = answer.json()["entered"].clone();
        assert_eq!((&first["name"], &first["url"]), (&json!("Karim Haddad"), &json!("ws://localhost:8080/livekit")));
        let cookie = answer.headers["set-cookie"].to_str().expect("text").split(';').next().expect("a pair").to_owned();
        let again = visitor(&app).with("cookie", &cookie).post("/fn/enter", ask("Karim", true)).await.json()["entered"].clone();
        assert_eq!(first["identity"], again["identity"]);
        let other = visitor(&app).post("/fn/enter", ask("Karim", false)).await.json()["entered"].clone();
        assert_ne!(first["identity"], other["identity"]);
    }

    async fn each_browser_of_an_account_has_its_own_identity(app: TestApp) {
        room(&app, AccessLevel::Restricted).await;
        let ben = app.user("ben").await;
        let ann = visavis::users::service::by_email(&app.state, &"ann@example.org".try_into().expect("fine")).await.expect("there");
        let session = app.signed_in(&ann).await;
        let client = Client::new(whole(&app), Some(session.session_id().to_owned()));
        let identity = client.post("/fn/enter", ask("", false)).await.json()["entered"]["identity"].as_str().expect("text").to_owned();
        assert!(identity.starts_with(&format!("{}~", ann.id)) && identity.len() == 36 + 9, "{identity}");
        let stranger = Client::new(whole(&app), Some(app.signed_in(&ben).await.session_id().to_owned()));
        for who in [stranger, visitor(&app)] {
            let answer = who.post("/fn/enter", ask("Ben", false)).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (200, json!("waiting")), "and nothing more is said");
        }
    }

    async fn wrong_names_and_rooms_have_their_own_answers(app: TestApp) {
        room(&app, AccessLevel::Public).await;
        let long = "x".repeat(51);
        for (name, code) in [("", "name_required"), (" \u{202e}\u{0} ", "name_required"), (long.as_str(), "name_too_long")] {
            let answer = visitor(&app).post("/fn/enter", ask(name, false)).await;
            assert_eq!(answer.status, 400, "{name}");
            assert_eq!(answer.json()["fields"], json!([["name", code]]));
        }
        let missing = json!({ "request": { "slug": "nowhere", "name": "x", "again": false } }).to_string();
        assert_eq!(visitor(&app).post("/fn/enter", missing).await.status, 404);
        for body in ["", "{", "{\"request\":{\"slug\":1}}"] {
            let answer = visitor(&app).post("/fn/enter", body).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (400, &json!("invalid")), "{body}");
        }
    }

    async fn livekit_away_is_said_and_asked_again(app: TestApp) {
        room(&app, AccessLevel::Public).await;
        app.livekit.answer(Answer::Unreachable);
        let answer = visitor(&app).post("/fn/enter", ask("Karim", false)).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].clone()), (502, json!("upstream")));
        app.livekit.answer(Answer::Ok);
        assert_eq!(visitor(&app).post("/fn/enter", ask("Karim", false)).await.status, 200);
        assert_eq!(visitor(&app).post("/fn/enter", ask("Karim", false)).await.status, 200);
        assert_eq!(visitor(&app).post("/fn/enter", ask("Karim", true)).await.status, 200);
        let made = app.livekit.calls().iter().filter(|call| matches!(call, Call::CreateRoom { .. })).count();
        assert_eq!(made, 3, "once refused, once made, once checked again");
    }

    async fn another_site_cannot_ask(app: TestApp) {
        room(&app, AccessLevel::Public).await;
        let answer = visitor(&app).with("sec-fetch-site", "cross-site").post("/fn/enter", ask("x", false)).await;
        assert_eq!(answer.status, 403);
    }
}
