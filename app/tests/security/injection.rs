//! What is typed, and what a request claims, never becomes a header or a link of ours.

use super::{FORM, header, https};
use crate::{
    on_both,
    support::{Client, TestApp},
    visitor, whole,
};

#[tokio::test]
async fn the_host_that_a_request_claims_is_in_no_answer_where_we_know_our_own() {
    let app = https().await;
    let session = app.signed_in(&app.user("ann").await).await.session_id().to_owned();
    let ann = Client::new(whole(&app), Some(session));
    ann.post("/api/v1.0/rooms/", "{\"name\":\"Monday round\"}").await;
    for lie in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-url", "/evil.example"),
        ("x-forwarded-prefix", "/evil.example"),
    ] {
        let ann = ann.clone().with(lie.0, lie.1);
        for path in ["/", "/monday-round", "/api/v1.0/config/", "/api/v1.0/rooms/", "/rooms/new", "/Monday-Round"] {
            let answer = ann.get(path).await;
            assert!(
                !answer.text.contains("evil.example") && !format!("{:?}", answer.headers).contains("evil.example"),
                "{path} {lie:?}"
            );
        }
    }
}

#[tokio::test]
async fn without_a_public_url_a_host_is_at_most_a_host() {
    let app = TestApp::sqlite().await;
    for host in ["evil.example/path", "\"><script>", "a b", "user@evil.example", "evil.example?x", "evil.example#x"] {
        let answer = visitor(&app).with("host", host).get("/api/v1.0/config/").await;
        if answer.status == 200 {
            assert_eq!(answer.json()["livekit"]["url"], "ws://localhost:8080/livekit", "{host}");
        }
    }
    let lies = visitor(&app).with("x-forwarded-host", "evil.example").with("x-forwarded-proto", "https");
    assert_eq!(lies.get("/api/v1.0/config/").await.json()["livekit"]["url"], "ws://localhost:8080/livekit");
}

on_both! {
    async fn line_ends_in_what_is_typed_make_no_header(app: TestApp) {
        let session = app.signed_in(&app.user("ann").await).await.session_id().to_owned();
        let ann = Client::new(whole(&app), Some(session)).with(FORM.0, FORM.1);
        let evil = "%0d%0aSet-Cookie:%20planted=1%0d%0a";
        for (path, body) in [
            ("/rooms", format!("name=Round{evil}")),
            ("/join", format!("code=round{evil}")),
            ("/language", format!("language=fr{evil}&back=/{evil}")),
            ("/theme", format!("theme=dark&back=/x{evil}")),
            ("/sign-out", String::new()),
        ] {
            let answer = ann.post(path, body).await;
            let all = format!("{:?}", answer.headers);
            assert!(!all.contains("planted=1") && !all.contains("\\r"), "{path}: {all}");
        }
        for path in [format!("/sign-in?next=/{evil}"), format!("/{evil}"), format!("/link/{evil}")] {
            let answer = ann.get(&path).await;
            assert!(!answer.headers.get_all("set-cookie").iter().any(|line| line.to_str().is_ok_and(|line| line.contains("planted"))), "{path}");
        }
    }

    async fn a_request_does_not_choose_its_id(app: TestApp) {
        let answer = visitor(&app).with("x-request-id", "chosen").get("/healthz").await;
        assert!(header(&answer, "x-request-id").len() == 36, "{:?}", answer.headers);
    }
}
