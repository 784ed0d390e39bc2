//! Where the link of a room leads.

use axum::http::Method;
use serde_json::json;

use crate::{
    on_both,
    support::{Client, TestApp},
    visitor, whole,
};

on_both! {
    async fn an_earlier_name_leads_on_and_keeps_what_was_asked(app: TestApp) {
        let session = app.signed_in(&app.user("ann").await).await;
        let client = Client::new(whole(&app), Some(session.session_id().to_owned()));
        client.post("/api/v1.0/rooms/", r#"{"name":"First"}"#).await;
        let renamed = client.call(Method::PATCH, "/api/v1.0/rooms/first/", json!({ "name": "Second" }).to_string()).await;
        assert_eq!(renamed.status, 200, "{}", renamed.text);
        for (asked, to) in [("/first", "/second"), ("/First?a=b%20c", "/second?a=b%20c")] {
            let answer = visitor(&app).get(asked).await;
            assert_eq!((answer.status.as_u16(), answer.headers["location"].to_str().ok()), (307, Some(to)), "{asked}");
        }
        assert_eq!(visitor(&app).get("/second").await.status, 200);
        client.call(Method::DELETE, "/api/v1.0/rooms/first/", "").await;
        for gone in ["/first", "/second"] {
            assert_eq!(visitor(&app).get(gone).await.status, 404, "{gone}");
        }
    }

    async fn strangers_who_guess_links_are_told_to_wait_and_meetings_go_on(app: TestApp) {
        let session = app.signed_in(&app.user("ann").await).await;
        let client = Client::new(whole(&app), Some(session.session_id().to_owned()));
        client.post("/api/v1.0/rooms/", r#"{"name":"Open"}"#).await;
        for n in 0..60 {
            assert_eq!(visitor(&app).get(&format!("/guess-{n}")).await.status, 404);
        }
        let answer = visitor(&app).with("accept", "text/html").get("/guess").await;
        assert_eq!((answer.status.as_u16(), answer.headers["retry-after"].to_str().ok()), (429, Some("60")));
        assert!(answer.text.contains("<html"), "a page says so");
        let enter = |slug: &str| json!({ "request": { "slug": slug, "name": "Karim", "again": false } }).to_string();
        assert_eq!(visitor(&app).post("/fn/enter", enter("guess")).await.status, 429, "by whichever door");
        assert_eq!(visitor(&app).post("/fn/enter", enter("open")).await.status, 200);
        assert_eq!(visitor(&app).get("/open").await.status, 200);
        assert_eq!(client.get("/guess").await.status, 404);
    }
}
