//! Requests that another site makes a browser send.

use serde_json::json;

use super::FORM;
use crate::{
    on_both,
    support::{Client, TestApp},
    visitor, whole,
};

const FORMS: [&str; 7] = ["/sign-in", "/sign-out", "/rooms", "/account", "/language", "/theme", "/join"];

async fn signed_in(app: &TestApp) -> Client {
    let session = app.signed_in(&app.user("ann").await).await;
    Client::new(whole(app), Some(session.session_id().to_owned()))
}

on_both! {
    async fn a_form_of_another_site_changes_nothing(app: TestApp) {
        let ann = signed_in(&app).await.with(FORM.0, FORM.1);
        for lie in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example"), ("origin", "null")] {
            let ann = ann.clone().with(lie.0, lie.1);
            for path in FORMS {
                assert_eq!(ann.post(path, "name=Planted&language=fr").await.status, 403, "{path} {lie:?}");
            }
        }
        assert_eq!(ann.get("/account").await.status, 200, "still signed in");
        assert!(!ann.get("/").await.text.contains("Planted"));
    }

    async fn a_server_function_takes_only_what_no_form_can_send(app: TestApp) {
        let body = json!({ "request": { "slug": "x", "name": "x", "again": false } }).to_string();
        for kind in ["text/plain", FORM.1, "multipart/form-data; boundary=x", "", "application/json-patch+json", "text/plain;application/json"] {
            let answer = visitor(&app).with("content-type", kind).post("/fn/enter", body.clone()).await;
            assert_eq!(answer.status, 415, "{kind:?}");
        }
        for kind in ["application/json", "Application/JSON; charset=utf-8"] {
            assert_eq!(visitor(&app).with("content-type", kind).post("/fn/enter", body.clone()).await.status, 404, "{kind:?}");
        }
        let other = visitor(&app).with("sec-fetch-site", "same-site").post("/fn/enter", body).await;
        assert_eq!(other.status, 403, "a sibling's page");
    }

    async fn rest_wants_both_halves_of_the_token(app: TestApp) {
        let ann = signed_in(&app).await;
        let body = || json!({ "name": "Planted" }).to_string();
        assert_eq!(ann.post_without_csrf("/api/v1.0/rooms/", body()).await.status, 403, "no header");
        let wrong = ann.clone().with("x-csrftoken", "other");
        assert_eq!(wrong.post_without_csrf("/api/v1.0/rooms/", body()).await.status, 403, "another's");
        let other = ann.clone().with("sec-fetch-site", "cross-site");
        assert_eq!(other.post("/api/v1.0/rooms/", body()).await.status, 403, "both halves, from another site");
        assert_eq!(ann.get("/api/v1.0/rooms/").await.json()["count"], 0);
        assert_eq!(ann.post("/api/v1.0/rooms/", body()).await.status, 201);
    }

    async fn rest_takes_no_type_that_a_form_can_send(app: TestApp) {
        let ann = signed_in(&app).await;
        for kind in ["text/plain", FORM.1, "application/octet-stream", "text/plain; charset=application/json"] {
            let answer = ann.clone().with("content-type", kind).post("/api/v1.0/rooms/", "{\"name\":\"Planted\"}").await;
            assert_eq!(answer.status, 415, "{kind}");
        }
        assert_eq!(ann.get("/api/v1.0/rooms/").await.json()["count"], 0);
    }

    async fn no_other_origin_is_told_that_it_may_read(app: TestApp) {
        let ann = signed_in(&app).await.with("origin", "https://evil.example");
        for path in ["/", "/api/v1.0/users/me/", "/api/v1.0/config/"] {
            let answer = ann.get(path).await;
            assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{path}");
        }
    }
}
