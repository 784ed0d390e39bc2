//! Two owners, each of whom tries what is the other's.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Client, TestApp},
    whole,
};

struct Owner {
    client: Client,
    id: String,
    room: Value,
}

impl Owner {
    async fn new(app: &TestApp, name: &str) -> Self {
        let user = app.user(name).await;
        let client = Client::new(whole(app), Some(app.signed_in(&user).await.session_id().to_owned()));
        let new = json!({ "name": format!("Room of {name}"), "access_level": "restricted" }).to_string();
        let room = client.post("/api/v1.0/rooms/", new).await.json();
        Self { client, id: user.id.to_string(), room }
    }

    fn room(&self) -> &str {
        self.room["id"].as_str().expect("text")
    }

    fn access(&self) -> &str {
        self.room["accesses"][0]["id"].as_str().expect("text")
    }

    /// Everything that is this owner's, as they see it.
    async fn all(&self) -> String {
        let room = self.client.get(&format!("/api/v1.0/rooms/{}/", self.room())).await.json();
        let accesses = self.client.get("/api/v1.0/resource-accesses/").await.json();
        let me = self.client.get("/api/v1.0/users/me/").await.json();
        json!([room["name"], room["slug"], room["access_level"], room["accesses"], accesses["results"], me]).to_string()
    }
}

on_both! {
    async fn what_is_the_others_stays_as_it_is(app: TestApp) {
        let (ann, ben) = (Owner::new(&app, "ann").await, Owner::new(&app, "ben").await);
        let before = ann.all().await;
        let room = format!("/api/v1.0/rooms/{}/", ann.room());
        let by_slug = format!("/api/v1.0/rooms/{}/", ann.room["slug"].as_str().expect("text"));
        let access = format!("/api/v1.0/resource-accesses/{}/", ann.access());
        let account = format!("/api/v1.0/users/{}/", ann.id);
        let taken = json!({ "name": "Taken", "access_level": "public" }).to_string();
        let role = json!({ "user": ben.id, "resource": ann.room(), "role": "owner" }).to_string();
        let timezone = json!({ "timezone": "Europe/Paris" }).to_string();
        for (method, path, body) in [
            (Method::PUT, &room, &taken),
            (Method::PATCH, &room, &taken),
            (Method::PATCH, &by_slug, &taken),
            (Method::DELETE, &room, &String::new()),
            (Method::POST, &"/api/v1.0/resource-accesses/".to_owned(), &role),
            (Method::GET, &access, &String::new()),
            (Method::PUT, &access, &role),
            (Method::PATCH, &access, &json!({ "role": "member" }).to_string()),
            (Method::DELETE, &access, &String::new()),
            (Method::PUT, &account, &timezone),
            (Method::PATCH, &account, &timezone),
        ] {
            let answer = ben.client.call(method.clone(), path, body.clone()).await;
            assert!(matches!(answer.status.as_u16(), 403 | 404), "{method} {path}: {} {}", answer.status, answer.text);
            assert!(!answer.text.contains("ann@example.org") && !answer.text.contains("eyJ"), "{method} {path}: {}", answer.text);
        }
        assert_eq!(ann.all().await, before);
    }

    async fn lists_hold_only_ones_own(app: TestApp) {
        let (ann, ben) = (Owner::new(&app, "ann").await, Owner::new(&app, "ben").await);
        for path in ["/api/v1.0/rooms/", "/api/v1.0/resource-accesses/", "/api/v1.0/users/", "/", "/api/v1.0/users/?q=ann"] {
            let text = ben.client.get(path).await.text;
            for others in [ann.room(), ann.access(), "ann@example.org", "room-of-ann"] {
                assert!(!text.contains(others), "{path}: {others}");
            }
        }
    }
}
