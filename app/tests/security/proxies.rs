//! Whose word on the visitor's address is believed.

use super::{FORM, visitor_at};
use crate::support::{Client, TestApp};

const PROXY: &str = "10.0.0.1";

async fn behind_a_proxy() -> TestApp {
    TestApp::sqlite().await.with_settings(&[("trusted_proxies", "10.0.0.0/8")])
}

/// The notice after one more wrong password.
async fn wrong_password(app: &TestApp, client: Client, account: usize) -> bool {
    let body = format!("email=someone{account}%40example.org&password=wrong-password");
    let answer = client.with(FORM.0, FORM.1).post("/sign-in", body).await;
    let id = super::set_cookie(&answer, "sessionid").expect("a session with the error");
    let page = Client::new(crate::whole(app), Some(id)).with("accept-language", "en").get("/sign-in").await;
    page.text.contains("Too many")
}

#[tokio::test]
async fn a_new_lie_each_time_does_not_open_the_throttle() {
    let app = behind_a_proxy().await;
    let mut refused = 0;
    for n in 0..70 {
        let lie = format!("203.0.113.{n}");
        let client = visitor_at(&app, "192.0.2.1")
            .with("x-forwarded-for", &lie)
            .with("forwarded", &format!("for={lie}"))
            .with("x-real-ip", &lie);
        refused += usize::from(wrong_password(&app, client, n).await);
    }
    assert_eq!(refused, 10, "sixty attempts from one address, whatever it says");
}

#[tokio::test]
async fn what_the_visitor_wrote_before_the_proxy_is_not_believed() {
    let app = behind_a_proxy().await;
    let mut refused = 0;
    for n in 0..70 {
        let client = visitor_at(&app, PROXY).with("x-forwarded-for", &format!("203.0.113.{n}, 192.0.2.1"));
        refused += usize::from(wrong_password(&app, client, n).await);
    }
    assert_eq!(refused, 10);
}

#[tokio::test]
async fn visitors_behind_a_trusted_proxy_are_told_apart() {
    let app = behind_a_proxy().await;
    for n in 0..70 {
        let client = visitor_at(&app, PROXY).with("x-forwarded-for", &format!("198.51.100.{n}"));
        assert!(!wrong_password(&app, client, n).await, "visitor {n}");
    }
}

#[tokio::test]
async fn host_and_scheme_come_from_the_trusted_alone() {
    let app = behind_a_proxy().await;
    let asked = |peer: &str| {
        let client = visitor_at(&app, peer).with("x-forwarded-for", "198.51.100.1");
        client.with("x-forwarded-host", "meet.lan").with("x-forwarded-proto", "https")
    };
    assert_eq!(asked(PROXY).get("/api/v1.0/config/").await.json()["livekit"]["url"], "wss://meet.lan/livekit");
    assert_eq!(
        asked("192.0.2.1").get("/api/v1.0/config/").await.json()["livekit"]["url"],
        "ws://localhost:8080/livekit"
    );
}
