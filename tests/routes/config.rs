use crate::{on_both, support::TestApp};

on_both! {
    async fn clients_learn_where_livekit_is_and_what_is_off(app: TestApp) {
        for path in ["/api/v1.0/config/", "/api/v1.0/config"] {
            let answer = app.anonymous().get(path).await;
            assert_eq!(answer.status, 200);
            let body = answer.json();
            assert_eq!(body["livekit"]["url"], "ws://localhost:8080/livekit");
            assert_eq!(body["livekit"]["default_sources"], serde_json::json!(["camera", "microphone", "screen_share", "screen_share_audio"]));
            assert_eq!(body["recording"]["is_enabled"], false);
            assert_eq!(body["resource"]["default_access_level"], "public");
        }
    }

    async fn an_unknown_address_of_the_api_is_json(app: TestApp) {
        let answer = app.anonymous().get("/api/v1.0/nothing/").await;
        assert_eq!((answer.status.as_u16(), answer.json()["detail"].as_str()), (404, Some("Not found.")));
    }

    async fn every_answer_carries_the_security_headers_and_an_id(app: TestApp) {
        let headers = app.anonymous().with("x-request-id", "chosen").get("/api/v1.0/config/").await.headers;
        for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"), ("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")] {
            assert_eq!(headers.get(name).and_then(|v| v.to_str().ok()), Some(value), "{name}");
        }
        let id = headers.get("x-request-id").and_then(|v| v.to_str().ok()).expect("an id");
        assert_eq!(id.len(), 36, "ours, not the client's: {id}");
    }
}
