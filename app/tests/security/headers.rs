//! Security headers, on every kind of answer.

use visavis_app::assets;

use super::{header, https};
use crate::{
    support::{TestApp, request::Answer},
    visitor,
};

fn secured(answer: &Answer, what: &str) {
    for (name, expected) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(header(answer, name), expected, "{what}: {name}");
    }
    let policy = header(answer, "content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action "] {
        assert!(policy.contains(part), "{what}: {part} in {policy}");
    }
    for never in ["unsafe-inline", "'unsafe-eval'", "http:", "https:", "*"] {
        assert!(!policy.contains(never), "{what}: {never} in {policy}");
    }
    let permissions = header(answer, "permissions-policy");
    for part in [
        "camera=(self)",
        "microphone=(self)",
        "display-capture=(self)",
        "fullscreen=(self)",
        "picture-in-picture=(self)",
        "screen-wake-lock=(self)",
        "speaker-selection=(self)",
        "geolocation=()",
        "usb=()",
        "payment=()",
    ] {
        assert!(permissions.contains(part), "{what}: {part} in {permissions}");
    }
    assert!(!permissions.contains('*'), "{permissions}");
    assert!(!answer.headers.contains_key("server") && !answer.headers.contains_key("x-powered-by"), "{what}");
}

#[tokio::test]
async fn every_kind_of_answer_is_secured() {
    let app = TestApp::sqlite().await;
    let person = visitor(&app).with("accept", "text/html");
    for path in [
        "/",
        "/sign-in",
        "/no-such-room",
        "/no/such/page",
        "/account",
        assets::url("app.css"),
        "/assets/none",
        "/robots.txt",
        "/api/v1.0/config/",
        "/api/v1.0/users/me/",
        "/api/none",
        "/healthz",
        "/livekit/rtc",
    ] {
        secured(&person.get(path).await, path);
        secured(&visitor(&app).get(path).await, path);
    }
    secured(&person.clone().with("sec-fetch-site", "cross-site").post("/rooms", "").await, "a refused form");
    secured(&visitor(&app).post("/fn/enter", "{").await, "a server function");
    secured(&visitor(&app).post("/sign-in", "x".repeat(100_000)).await, "too large");
    secured(&visitor(&app).get(&format!("/{}", "x".repeat(20_000))).await, "too long");
}

#[tokio::test]
async fn every_script_of_a_page_has_the_nonce_of_its_policy() {
    let app = TestApp::sqlite().await;
    let mut seen = std::collections::BTreeSet::new();
    for path in ["/", "/sign-in", "/no-such-room"] {
        let page = visitor(&app).with("accept", "text/html").get(path).await;
        let policy = header(&page, "content-security-policy");
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert!(nonce.len() >= 22, "128 bits: {nonce}");
        assert_eq!(
            page.text.matches("<script").count(),
            page.text.matches(&format!("nonce=\"{nonce}\"")).count(),
            "{path}"
        );
        for never in [" style=\"", "<style", " onclick=", " onload=", "javascript:"] {
            assert!(!page.text.contains(never), "{path}: {never}");
        }
        assert!(seen.insert(nonce), "a nonce is used once");
    }
}

#[tokio::test]
async fn browsers_are_told_to_stay_with_https_only_where_we_speak_it() {
    for (app, expected) in [(https().await, "max-age=31536000"), (TestApp::sqlite().await, "")] {
        for path in ["/", "/api/v1.0/config/", "/api/none", "/robots.txt"] {
            assert_eq!(header(&visitor(&app).get(path).await, "strict-transport-security"), expected, "{path}");
        }
    }
}
