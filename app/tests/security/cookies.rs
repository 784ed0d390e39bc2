//! Cookies that another host of the domain could plant.

use axum::{body::Body, http::Request};
use serde_json::json;
use tower::ServiceExt;
use visavis::{
    rooms::{
        model::AccessLevel,
        service::{NewRoom, create},
    },
    sessions::link,
};

use super::{FORM, cookie_line, https, set_cookie};
use crate::{support::TestApp, visitor, whole};

/// The status of one's own account with exactly these cookies.
async fn me(app: &TestApp, cookies: &str) -> u16 {
    let request = Request::get("/api/v1.0/users/me/").header("cookie", cookies).body(Body::empty()).expect("a request");
    whole(app).oneshot(request).await.expect("infallible").status().as_u16()
}

#[tokio::test]
async fn on_https_only_this_host_can_set_the_session() {
    let app = https().await;
    let ann = app.user("ann").await;
    let token = link::issue(&app.state, Some(ann.id)).await.expect("issued");
    let answer = visitor(&app).with(FORM.0, FORM.1).post(&format!("/link/{token}"), "").await;
    let line = cookie_line(&answer, "__Host-visavis");
    // What browsers want of that prefix (RFC 6265bis §4.1.3.2).
    for part in ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"] {
        assert!(line.split(';').any(|found| found.trim() == part), "{part}: {line}");
    }
    assert!(!line.to_lowercase().contains("domain"), "{line}");
    assert!(cookie_line(&answer, "csrftoken").contains("; Secure"));
    let id = set_cookie(&answer, "__Host-visavis").expect("set");
    assert_eq!(me(&app, &format!("__Host-visavis={id}")).await, 200);
    assert_eq!(
        me(&app, &format!("sessionid={id}")).await,
        401,
        "a name that any host of the domain can set is not read"
    );
}

#[tokio::test]
async fn a_guest_is_only_who_we_said() {
    for (app, name, planted) in [
        (TestApp::sqlite().await, "lobbyParticipantId", "sessionid"),
        (https().await, "__Host-lobbyParticipantId", "lobbyParticipantId"),
    ] {
        let owner = app.user("ann").await;
        let new = NewRoom { access_level: Some(AccessLevel::Public), ..NewRoom::default() };
        let room = create(&app.state, Some(&owner), new).await.expect("made");
        let ask = || json!({ "request": { "slug": room.slug, "name": "Karim", "again": false } }).to_string();
        let first = visitor(&app).post("/fn/enter", ask()).await;
        let cookie = set_cookie(&first, name).expect("a cookie of this browser");
        let enter = async |name: &str, value: &str| {
            visitor(&app).with("cookie", &format!("{name}={value}")).post("/fn/enter", ask()).await.json()["entered"]["identity"]
                .clone()
        };
        assert_eq!(
            enter(name, &cookie).await,
            first.json()["entered"]["identity"],
            "the same browser is the same guest"
        );
        let id = first.json()["entered"]["identity"].as_str().expect("text").to_owned();
        let last = if cookie.ends_with('A') { "B" } else { "A" };
        let forged = format!("{}{last}", &cookie[..cookie.len() - 1]);
        for bad in [
            id.as_str(),
            &owner.id.to_string(),
            &format!("{}.{}", owner.id, cookie.rsplit('.').next().expect("signed")),
            &forged,
        ] {
            let got = enter(name, bad).await;
            assert_ne!(got, first.json()["entered"]["identity"], "{bad}");
            assert_ne!(got, json!(owner.id), "{bad}");
        }
        assert_ne!(
            enter(planted, &cookie).await,
            first.json()["entered"]["identity"],
            "another cookie is another matter"
        );
    }
}
