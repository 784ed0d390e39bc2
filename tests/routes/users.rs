use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Client, TestApp},
};

const USERS: &str = "/api/v1.0/users/";

async fn patch(client: &Client, id: impl std::fmt::Display, body: Value) -> (u16, Value) {
    let answer = client.call(Method::PATCH, &format!("{USERS}{id}/"), body.to_string()).await;
    (answer.status.as_u16(), answer.json())
}

on_both! {
    async fn me(app: TestApp) {
        let answer = app.anonymous().get("/api/v1.0/users/me/").await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.headers["www-authenticate"], "Session");
        let ann = app.user("ann").await;
        let answer = app.signed_in(&ann).await.get("/api/v1.0/users/me").await;
        assert_eq!(answer.json(), json!({
            "id": ann.id, "email": "ann@example.org", "full_name": "ann", "short_name": null, "timezone": "UTC", "language": "en-us",
            "default_room_access_level": null, "default_room_configuration": {},
        }));
    }

    async fn a_bearer_header_is_nobody(app: TestApp) {
        assert_eq!(app.anonymous().with("authorization", "Bearer x").get("/api/v1.0/users/me/").await.status, 401);
    }

    async fn people_change_their_preferences_and_nothing_else(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        let answer = patch(&client, ann.id, json!({
            "timezone": "Europe/Paris", "language": "fr-fr", "default_room_access_level": "trusted",
            "default_room_configuration": { "everyone_can_mute": "no" },
            "id": "x", "email": "root@example.org", "full_name": "Root", "short_name": 7,
        })).await;
        let expected = json!({
            "id": ann.id, "email": "ann@example.org", "full_name": "ann", "short_name": null, "timezone": "Europe/Paris",
            "language": "fr-fr", "default_room_access_level": "trusted", "default_room_configuration": { "everyone_can_mute": false },
        });
        assert_eq!(answer, (200, expected.clone()));
        assert_eq!(client.get("/api/v1.0/users/me/").await.json(), expected);
        let whole = client.call(Method::PUT, &format!("{USERS}{}", ann.id), r#"{"timezone":"UTC","default_room_access_level":""}"#).await.json();
        assert_eq!((&whole["timezone"], &whole["language"], &whole["default_room_access_level"]), (&json!("UTC"), &json!("fr-fr"), &json!("")));
        let cleared = patch(&client, ann.id, json!({ "default_room_access_level": null, "default_room_configuration": {} })).await.1;
        assert_eq!((&cleared["default_room_access_level"], &cleared["default_room_configuration"]), (&Value::Null, &json!({})));
        assert_eq!(patch(&client, ann.id, json!({})).await.0, 200, "nothing to change is fine");
    }

    async fn every_wrong_field_is_told_at_once(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        let (status, told) = patch(&client, ann.id, json!({
            "timezone": "Mars/Base", "language": "xx", "default_room_access_level": 7, "default_room_configuration": null, "nick": "x",
        })).await;
        assert_eq!(status, 400);
        let keys: Vec<_> = told.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(keys, ["default_room_access_level", "default_room_configuration", "language", "nick", "timezone"]);
        assert_eq!(told["timezone"], json!(["Choose a time zone of the list."]));
        assert_eq!(client.call(Method::PUT, &format!("{USERS}{}/", ann.id), "{}").await.json(), json!({ "timezone": ["This is missing."] }));
        assert_eq!(client.call(Method::PUT, &format!("{USERS}{}/", ann.id), "[]").await.status, 400);
    }

    async fn nobody_changes_somebody_else(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (client, body) = (app.signed_in(&ann).await, json!({ "timezone": "Europe/Paris" }));
        assert_eq!(patch(&client, ben.id, body.clone()).await.0, 403);
        assert_eq!(patch(&client, ben.id, json!({ "timezone": 7 })).await.0, 403, "before the body is looked at");
        assert_eq!(patch(&client, uuid::Uuid::nil(), body.clone()).await.0, 404);
        assert_eq!(patch(&client, "x", body.clone()).await.0, 404);
        assert_eq!(patch(&app.anonymous(), ann.id, body.clone()).await.0, 401);
        assert_eq!(client.call_without_csrf(Method::PATCH, &format!("{USERS}{}/", ann.id), body.to_string()).await.status, 403);
        assert_eq!(app.signed_in(&ben).await.get("/api/v1.0/users/me/").await.json()["timezone"], "UTC");
    }

    async fn the_list_is_empty_unless_the_operator_opens_it(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        assert_eq!(app.anonymous().get(USERS).await.status, 401);
        assert_eq!(client.get(&format!("{USERS}?q=ann")).await.json(), json!({ "count": 0, "next": null, "previous": null, "results": [] }));
        assert_eq!(client.get(&format!("{USERS}?page=2")).await.status, 404);
        let app = app.with_settings(&[("user_listing", "true")]);
        app.advance(chrono::TimeDelta::seconds(1));
        for n in 0..22 {
            app.user(&format!("user_{n}")).await;
        }
        let client = app.signed_in(&ann).await;
        let first = client.get(&format!("{USERS}?page_size=3")).await.json();
        assert_eq!((&first["count"], first["results"].as_array().map(Vec::len)), (&json!(23), Some(20)), "the size is ours");
        assert_eq!(first["next"], "http://localhost:8080/api/v1.0/users/?page_size=3&page=2");
        let last = client.get(&format!("{USERS}?page=last")).await.json();
        assert_eq!(last["results"][2]["email"], "ann@example.org", "newest first");
        for (part, count) in [("USER_1", 11), ("%25", 0), ("_", 22), ("%00", 23), ("ann@", 1)] {
            assert_eq!(client.get(&format!("{USERS}?q={part}")).await.json()["count"], count, "{part}");
        }
    }

    async fn other_methods_do_not_exist(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        let one = format!("{USERS}{}/", ann.id);
        for (method, path) in [(Method::GET, one.as_str()), (Method::DELETE, &one), (Method::POST, USERS), (Method::PUT, "/api/v1.0/users/me/")] {
            let answer = client.call(method.clone(), path, "").await;
            assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (405, Some("method_not_allowed")), "{method} {path}");
            assert!(answer.headers.contains_key("allow"), "{method} {path}");
            assert_eq!(app.anonymous().call(method, path, "").await.status, 401);
        }
    }
}
