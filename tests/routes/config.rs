use axum::http::Method;
use serde_json::json;

use crate::{on_both, support::TestApp};

on_both! {
    async fn clients_learn_where_livekit_is_and_what_is_off(app: TestApp) {
        for path in ["/api/v1.0/config/", "/api/v1.0/config"] {
            let answer = app.anonymous().get(path).await;
            assert_eq!(answer.status, 200);
            let body = answer.json();
            assert_eq!(body["livekit"]["url"], "ws://localhost:8080/livekit");
            assert_eq!(body["livekit"]["default_sources"], serde_json::json!(["camera", "microphone", "screen_share", "screen_share_audio"]));
            assert_eq!(body["livekit"]["force_wss_protocol"], false);
            assert_eq!(body["livekit"]["enable_firefox_proxy_workaround"], false);
            assert_eq!(body["recording"]["is_enabled"], false);
            assert_eq!(body["resource"]["default_access_level"], "public");
        }
    }

    async fn every_key_of_the_contract_is_there(app: TestApp) {
        let body = app.anonymous().get("/api/v1.0/config/").await.json();
        let mut keys: Vec<_> = body.as_object().expect("an object").keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, [
            "LANGUAGE_CODE", "analytics", "authenticated_users_can_edit_display_name", "auto_mute_on_join_threshold", "background_image",
            "custom_css_url", "diagnostics", "documentation_url", "external_home_url", "feedback", "idle_disconnect_warning_delay",
            "is_silent_login_enabled", "livekit", "manifest_link", "max_participants_for_sound", "recording", "resource",
            "silence_livekit_debug_logs", "subtitle", "support", "telephony", "transcription_destination", "use_french_gov_footer",
            "use_proconnect_button",
        ]);
        let untouched = json!({ "analytics": {}, "support": {}, "feedback": {}, "custom_css_url": null, "idle_disconnect_warning_delay": null,
            "max_participants_for_sound": 5, "auto_mute_on_join_threshold": 50, "telephony": { "enabled": false } });
        for (key, value) in untouched.as_object().expect("an object") {
            assert_eq!(&body[key], value, "{key}");
        }
        assert_eq!(app.anonymous().post("/api/v1.0/config/", "{}").await.status, 405);
    }

    async fn clients_are_told_what_the_operator_chose(app: TestApp) {
        let app = app.with_settings(&[
            ("default_access_level", "restricted"), ("frontend.support", r#"{"id":"x"}"#), ("frontend.custom_css_url", "https://x.org/a.css"),
            ("frontend.idle_disconnect_warning_delay", "60000"), ("frontend.max_participants_for_sound", "9"),
            ("frontend.use_proconnect_button", "true"), ("frontend.manifest_link", "/manifest.json"),
            ("livekit.force_wss_protocol", "true"), ("livekit.enable_firefox_proxy_workaround", "true"),
        ]);
        let body = app.anonymous().get("/api/v1.0/config/").await.json();
        assert_eq!((&body["livekit"]["force_wss_protocol"], &body["livekit"]["enable_firefox_proxy_workaround"]), (&json!(true), &json!(true)));
        let chosen = json!({ "support": { "id": "x" }, "custom_css_url": "https://x.org/a.css", "idle_disconnect_warning_delay": 60000,
            "max_participants_for_sound": 9, "use_proconnect_button": true, "manifest_link": "/manifest.json",
            "resource": { "default_access_level": "restricted" } });
        for (key, value) in chosen.as_object().expect("an object") {
            assert_eq!(&body[key], value, "{key}");
        }
        let client = app.signed_in(&app.user("ann").await).await;
        assert_eq!(client.post("/api/v1.0/rooms/", r#"{"name":"x"}"#).await.json()["access_level"], "restricted");
        let prefers = client.call(Method::PATCH, &format!("/api/v1.0/users/{}/", client.get("/api/v1.0/users/me/").await.json()["id"].as_str().expect("an id")),
            r#"{"default_room_access_level":"trusted","default_room_configuration":{"everyone_can_mute":false}}"#).await;
        assert_eq!(prefers.status, 200);
        let made = client.post("/api/v1.0/rooms/", r#"{"name":"y","configuration":{}}"#).await.json();
        assert_eq!((&made["access_level"], &made["configuration"]), (&json!("trusted"), &json!({ "everyone_can_mute": false })));
        let made = client.post("/api/v1.0/rooms/", r#"{"name":"z","access_level":"public"}"#).await.json();
        assert_eq!(made["access_level"], "public");
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
