//! How many requests are answered: enough for a town hall, not for a flood.

use chrono::TimeDelta;
use serde_json::json;
use visavis::rooms::{
    model::AccessLevel,
    service::{NewRoom, create},
};

use super::{header, router_at, set_cookie, visitor_at};
use crate::support::{Client, TestApp};

const HALL: &str = "192.0.2.1";

async fn public_room(app: &TestApp) -> String {
    let owner = app.user("owner").await;
    let new = NewRoom { access_level: Some(AccessLevel::Public), ..NewRoom::default() };
    create(&app.state, Some(&owner), new).await.expect("made").slug
}

#[tokio::test]
async fn three_hundred_people_behind_one_address_join_within_a_minute() {
    let app = TestApp::sqlite().await;
    let slug = public_room(&app).await;
    let hall = visitor_at(&app, HALL);
    for n in 0..300 {
        for path in ["/", &format!("/{slug}"), "/api/v1.0/config/", &format!("/api/v1.0/rooms/{slug}/")] {
            assert_eq!(hall.get(path).await.status, 200, "person {n}: {path}");
        }
        for again in [false, true] {
            let ask = json!({ "request": { "slug": slug, "name": format!("Person {n}"), "again": again } }).to_string();
            assert_eq!(hall.post("/fn/enter", ask).await.status, 200, "person {n}");
        }
    }
}

#[tokio::test]
async fn a_flood_is_told_when_to_come_back() {
    let app = TestApp::sqlite().await;
    // A room that exists: guessing links has a limit of its own, far below.
    let slug = public_room(&app).await;
    let ask = || json!({ "request": { "slug": slug, "name": "x", "again": false } }).to_string();
    let flood = visitor_at(&app, "2001:db8:1:2::1");
    let mut refused = None;
    for n in 0..700 {
        let answer = flood.post("/fn/enter", ask()).await;
        if answer.status == 429 {
            refused = Some((n, answer));
            break;
        }
    }
    let (answered, answer) = refused.expect("not for ever");
    assert_eq!(answered, 600, "browsers that keep no cookie count together");
    let wait: i64 = header(&answer, "retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(answer.json()["code"], "rate_limited");
    let neighbour = visitor_at(&app, "2001:db8:1:2:ffff::9");
    assert_eq!(neighbour.post("/fn/enter", ask()).await.status, 429, "the same network is the same visitor");
    assert_eq!(visitor_at(&app, "2001:db8:1:3::1").post("/fn/enter", ask()).await.status, 200, "another is not");
    assert_eq!(flood.get("/").await.status, 200, "other kinds of request go on");
    let session = app.signed_in(&app.user("ann").await).await.session_id().to_owned();
    let ann = Client::new(router_at(&app, "2001:db8:1:2::1"), Some(session));
    assert_eq!(ann.post("/fn/enter", ask()).await.status, 200, "an account has its own measure, wherever it is");
    app.advance(TimeDelta::seconds(wait));
    assert_eq!(flood.post("/fn/enter", ask()).await.status, 200);
}

/// A guest's page and an old client ask again and again while they wait: each browser has its own measure, wherever it is.
#[tokio::test]
async fn a_browser_has_one_measure_from_everywhere() {
    let app = TestApp::sqlite().await;
    let owner = app.user("owner").await;
    let new = NewRoom { access_level: Some(AccessLevel::Restricted), ..NewRoom::default() };
    let slug = create(&app.state, Some(&owner), new).await.expect("made").slug;
    let path = format!("/api/v1.0/rooms/{slug}/request-entry/");
    let ask = async |client: &Client| client.post(&path, r#"{"username":"Karim"}"#).await;
    let first = ask(&visitor_at(&app, HALL)).await;
    let cookie = format!("lobbyParticipantId={}", set_cookie(&first, "lobbyParticipantId").expect("a cookie"));
    for n in 0..=150 {
        let client = visitor_at(&app, &format!("10.0.{n}.1")).with("cookie", &cookie);
        let status = ask(&client).await.status;
        assert_eq!(status == 429, n == 150, "request {n}: {status}");
    }
    let karim = visitor_at(&app, HALL).with("cookie", &cookie);
    let limited = [
        ask(&karim).await,
        karim.get(&format!("/{slug}/wait")).await,
        karim.get(&format!("/{slug}/wait/events")).await,
        karim.post("/fn/enter", json!({ "request": { "slug": slug, "name": "x", "again": false } }).to_string()).await,
    ];
    for answer in &limited {
        assert_eq!(answer.status, 429, "one measure for all ways to ask: {}", answer.text);
        assert!((1..=60).contains(&header(answer, "retry-after").parse::<i64>().expect("seconds")));
    }
    assert_eq!(ask(&visitor_at(&app, HALL)).await.status, 200, "the others behind the same address go on");
    let forged = visitor_at(&app, HALL).with("cookie", &format!("{cookie}x"));
    for n in 2..=600 {
        let status = ask(&forged).await.status;
        assert_eq!(status == 429, n == 600, "request {n}: {status}: a browser nobody knows counts for its address");
    }
    app.advance(TimeDelta::minutes(1));
    assert_eq!((ask(&karim).await.status.as_u16(), ask(&forged).await.status.as_u16()), (200, 200));
}

#[tokio::test]
async fn an_account_has_one_measure_from_everywhere() {
    let app = TestApp::sqlite().await;
    let session = app.signed_in(&app.user("ann").await).await.session_id().to_owned();
    let mut last = 200;
    for n in 0..700 {
        let router = router_at(&app, &format!("10.{}.{}.1", n / 250, n % 250));
        let ann = Client::new(router, Some(session.clone())).with("accept", "text/html");
        let answer = ann.get("/robots").await;
        last = answer.status.as_u16();
        if last == 429 {
            assert!(answer.text.contains("<html") && !header(&answer, "retry-after").is_empty(), "people get a page");
            break;
        }
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn an_operator_can_allow_more() {
    let app = TestApp::sqlite().await.with_settings(&[("rate_factor", "2")]);
    let hall = visitor_at(&app, HALL);
    for n in 0..3001 {
        let status = hall.post("/join", "code=x").await.status;
        assert_eq!(status == 429, n == 3000, "request {n}: {status}");
    }
}

#[tokio::test]
async fn livekit_is_never_told_to_come_back_later() {
    let app = TestApp::sqlite().await;
    let livekit = visitor_at(&app, HALL);
    for _ in 0..1600 {
        for path in ["/api/v1.0/rooms/webhooks-livekit/", "/api/v1.0/rooms/webhooks-livekit"] {
            assert_eq!(livekit.post(path, "{}").await.status, 401);
        }
    }
}
