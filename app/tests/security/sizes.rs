//! Requests that are too large, too long. (Those that never end: `http/limits.rs` and `http/patience`.)

use axum::body::{Body, Bytes};

use super::FORM;
use crate::{
    support::{Client, TestApp},
    visitor, whole,
};

#[tokio::test]
async fn each_kind_of_request_has_its_size() {
    let app = TestApp::sqlite().await;
    let session = app.signed_in(&app.user("ann").await).await.session_id().to_owned();
    let ann = Client::new(whole(&app), Some(session));
    let kilo = 1024;
    for (path, kind, fits, too_large) in [
        ("/sign-in", FORM.1, 10 * kilo, 20 * kilo),
        ("/rooms", FORM.1, 60 * kilo, 70 * kilo),
        ("/fn/enter", "application/json", 10 * kilo, 20 * kilo),
        ("/api/v1.0/rooms/", "application/json", 200 * kilo, 300 * kilo),
        ("/api/v1.0/rooms/webhooks-livekit/", "application/webhook+json", 900 * kilo, 1100 * kilo),
    ] {
        let ann = ann.clone().with("content-type", kind);
        assert_ne!(ann.post(path, "x".repeat(fits)).await.status, 413, "{path}");
        assert_eq!(ann.post(path, "x".repeat(too_large)).await.status, 413, "{path}");
        // Without a length, it is cut off while it is read.
        let pieces = (0..too_large / kilo).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 1024])));
        let answer = ann.post(path, Body::from_stream(futures_util::stream::iter(pieces))).await;
        assert!(matches!(answer.status.as_u16(), 400 | 413), "{path} in pieces: {}", answer.status);
    }
}

#[tokio::test]
async fn a_huge_address_is_refused() {
    let app = TestApp::sqlite().await;
    for path in [format!("/{}", "x".repeat(20_000)), format!("/api/v1.0/rooms/?page={}", "1".repeat(20_000))] {
        assert_eq!(visitor(&app).get(&path).await.status, 414);
    }
    assert_eq!(visitor(&app).get(&format!("/{}", "x".repeat(10_000))).await.status, 404);
}
