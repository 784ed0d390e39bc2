//! Fields that are not the client's to set.

use axum::http::Method;
use serde_json::json;

use super::FORM;
use crate::{
    on_both,
    support::{Client, TestApp},
    whole,
};

on_both! {
    async fn a_new_room_takes_only_what_its_maker_may_choose(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let session = app.signed_in(&ann).await.session_id().to_owned();
        let client = Client::new(whole(&app), Some(session));
        let id = "00000000-0000-4000-8000-000000000001";
        // What clients send back of our own answers is passed over; anything else is refused, and nothing is made.
        for (field, value) in [("owner", json!(ben.id)), ("role", json!("owner")), ("created_at", json!("2000-01-01T00:00:00Z")), ("is_admin", json!(true))] {
            let refused = client.post("/api/v1.0/rooms/", json!({ "name": "Refused", field: value }).to_string()).await;
            assert_eq!(refused.status, 400, "{field}: {}", refused.text);
            assert!(refused.json()[field].is_array(), "{field}");
        }
        let taken = json!({
            "id": id, "slug": "admin", "pin_code": "1234", "livekit": { "room": "other" }, "is_administrable": true,
            "accesses": [{ "user": ben.id, "role": "owner" }],
        });
        let with_name = |name: &str| {
            let mut body = taken.clone();
            body["name"] = json!(name);
            body.to_string()
        };
        let made = client.post("/api/v1.0/rooms/", with_name("Monday round")).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let key = made.json()["id"].as_str().expect("text").to_owned();
        let changed = client.call(Method::PUT, &format!("/api/v1.0/rooms/{key}/"), with_name("Tuesday round")).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
        for (room, slug) in [(made.json(), "monday-round"), (changed.json(), "tuesday-round")] {
            assert_eq!((&room["id"], &room["slug"], &room["pin_code"]), (&json!(key), &json!(slug), &json!(null)));
            assert_eq!(room["livekit"]["room"], room["id"]);
            let accesses = room["accesses"].as_array().expect("a list");
            assert_eq!(accesses.len(), 1);
            assert_eq!((&accesses[0]["user"]["id"], &accesses[0]["role"]), (&json!(ann.id), &json!("owner")));
        }
        assert_eq!(client.get("/api/v1.0/rooms/").await.json()["count"], 1);
    }

    async fn an_account_changes_its_preferences_and_nothing_else(app: TestApp) {
        let ann = app.user("ann").await;
        let session = app.signed_in(&ann).await.session_id().to_owned();
        let client = Client::new(whole(&app), Some(session));
        let path = format!("/api/v1.0/users/{}/", ann.id);
        for (field, value) in [("is_admin", json!(true)), ("is_active", json!(false)), ("sub", json!("root")), ("password_hash", json!("x"))] {
            let refused = client.call(Method::PATCH, &path, json!({ "timezone": "Europe/Paris", field: value }).to_string()).await;
            assert_eq!(refused.status, 400, "{field}");
        }
        let passed_over = json!({ "id": "00000000-0000-4000-8000-000000000001", "email": "root@example.org", "full_name": "Root", "timezone": "Europe/Paris" });
        let answer = client.call(Method::PATCH, &path, passed_over.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let me = answer.json();
        assert_eq!((&me["id"], &me["email"], &me["timezone"]), (&json!(ann.id), &json!("ann@example.org"), &json!("Europe/Paris")));
        let stored = visavis::users::service::by_email(&app.state, &"ann@example.org".try_into().expect("fine")).await.expect("there");
        assert!(!stored.is_admin && stored.is_active && stored.sub.is_none());
    }

    async fn a_role_is_moved_to_no_other_person_or_room(app: TestApp) {
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        let client = Client::new(whole(&app), Some(app.signed_in(&ann).await.session_id().to_owned()));
        let room = async |name: &str| client.post("/api/v1.0/rooms/", json!({ "name": name }).to_string()).await.json()["id"].clone();
        let (one, two) = (room("One").await, room("Two").await);
        let new = json!({ "user": ben.id, "resource": one, "role": "member" }).to_string();
        let access = client.post("/api/v1.0/resource-accesses/", new).await.json();
        let path = format!("/api/v1.0/resource-accesses/{}/", access["id"].as_str().expect("text"));
        let moved = json!({ "id": ann.id, "user": eve.id, "resource": two, "role": "administrator" }).to_string();
        let answer = client.call(Method::PUT, &path, moved).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let expected = json!({ "id": access["id"], "user": ben.id, "resource": one, "role": "administrator" });
        assert_eq!(answer.json(), expected);
    }

    async fn the_first_administrator_form_makes_none_without_its_link(app: TestApp) {
        let client = Client::new(whole(&app), None).with("content-type", FORM.1);
        let body = "email=eve%40example.org&name=Eve&password=a-long-enough-password&is_admin=true";
        for path in ["/setup/AAAA", "/setup/%00"] {
            assert_ne!(client.post(path, body).await.status, 303, "{path}");
        }
        let eve = visavis::users::service::by_email(&app.state, &"eve@example.org".try_into().expect("fine")).await;
        assert!(eve.is_err());
    }
}
