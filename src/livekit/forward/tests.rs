use std::sync::Arc as Shared;

use chrono::DateTime;
use hyper::{Method, header};
use parking_lot::Mutex;
use tower::ServiceExt;
use url::Url;

use super::*;
use crate::{
    clock::Clock,
    livekit::{Grant, Settings, Source, fake::Fake, tokens::LIFETIME},
};

/// What the pretended LiveKit heard: the request line and the headers.
type Heard = Shared<Mutex<Vec<(String, hyper::HeaderMap)>>>;

/// A pretended LiveKit that answers everything with `status` and headers of its own.
async fn upstream(status: StatusCode) -> (Url, Heard) {
    let heard = Heard::default();
    let ears = heard.clone();
    let app = Router::new().fallback(move |request: Request| {
        ears.lock().push((request.uri().to_string(), request.headers().clone()));
        async move { (status, [("access-control-allow-origin", "*"), ("set-cookie", "a=b")], "said") }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = Url::parse(&format!("http://{}", listener.local_addr().expect("an address"))).expect("a URL");
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, heard)
}

fn livekit(url: Url) -> (LiveKit, Shared<Fake>) {
    let fake = Shared::new(Fake::default());
    let clock = Clock::manual(DateTime::from_timestamp(1_795_000_000, 0).expect("a time"));
    (LiveKit::with_service(Settings::new(url, "key", "a secret"), clock, fake.clone()), fake)
}

fn token(livekit: &LiveKit, room: &str) -> String {
    let grant = Grant {
        room: room.into(),
        identity: "somebody".into(),
        name: "Somebody".into(),
        admin: false,
        sources: Source::ALL.to_vec(),
        data: true,
        role: None,
        authenticated: false,
        color: String::new(),
        lifetime: LIFETIME,
    };
    livekit.token(&grant).expect("a token")
}

async fn ask(livekit: &LiveKit, request: Request) -> Response {
    router::<()>(livekit.clone(), CancellationToken::new(), Arc::new(|_| Box::pin(async { true })))
        .oneshot(request)
        .await
        .expect("an answer")
}

fn get(uri: &str) -> Request {
    Request::get(uri).body(Body::empty()).expect("a request")
}

#[tokio::test]
async fn a_request_is_passed_on_without_what_is_ours() {
    let (url, heard) = upstream(StatusCode::OK).await;
    let mut request = get("/livekit/rtc/v1/validate?join_request=a%2Bb&x=1");
    let headers = request.headers_mut();
    for (name, value) in [
        ("authorization", "Bearer x"),
        ("cookie", "session=secret"),
        ("connection", "x-mine"),
        ("x-mine", "1"),
        ("x-forwarded-for", "192.0.2.7"),
        ("x-real-ip", "192.0.2.8"),
    ] {
        headers.insert(name, value.parse().expect("a value"));
    }
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([198, 51, 100, 1], 5))));
    let answer = ask(&livekit(url).0, request).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(!answer.headers().contains_key("access-control-allow-origin"));
    assert!(!answer.headers().contains_key(header::SET_COOKIE));
    let heard = heard.lock();
    let (uri, headers) = &heard[0];
    assert_eq!(uri, "/rtc/v1/validate?join_request=a%2Bb&x=1");
    assert_eq!(headers["authorization"], "Bearer x");
    assert_eq!(headers["x-forwarded-for"], "192.0.2.7, 198.51.100.1");
    for gone in ["cookie", "x-mine", "x-real-ip"] {
        assert!(!headers.contains_key(gone), "{gone}");
    }
}

#[tokio::test]
async fn livekit_s_api_is_not_reachable() {
    let (url, heard) = upstream(StatusCode::OK).await;
    let livekit = livekit(url).0;
    for path in [
        "/livekit",
        "/livekit/",
        "/livekit/twirp/livekit.RoomService/ListRooms",
        "/livekit/rtc/../twirp/x",
        "/livekit/rtc/%2e%2e/twirp/x",
        "/livekit//twirp/x",
        "/livekit/agent",
        "/livekit/rtc/v2",
        "/rtc",
    ] {
        assert_eq!(ask(&livekit, get(path)).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let post = Request::builder().method(Method::POST).uri("/livekit/rtc").body(Body::empty()).expect("a request");
    assert_eq!(ask(&livekit, post).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(heard.lock().is_empty());
}

#[tokio::test]
async fn a_livekit_that_is_down_is_a_bad_gateway() {
    let livekit = livekit(Url::parse("http://127.0.0.1:1").expect("a URL")).0;
    assert_eq!(ask(&livekit, get("/livekit/rtc")).await.status(), StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn a_missing_room_is_forgotten_on_a_token_of_ours_only() {
    let (url, _) = upstream(StatusCode::NOT_FOUND).await;
    let (livekit, fake) = livekit(url);
    livekit.ensure_live("r", false).await.expect("live");
    let forged = {
        let other = Settings::new(livekit.settings().internal_url.clone(), "key", "another secret");
        token(&LiveKit::with_service(other, Clock::System, fake.clone()), "r")
    };
    ask(&livekit, get(&format!("/livekit/rtc?access_token={forged}"))).await;
    livekit.ensure_live("r", false).await.expect("live");
    assert_eq!(fake.creations(), 1, "a forged token made us forget");
    let uri = format!("/livekit/rtc?access_token={}", token(&livekit, "r"));
    assert_eq!(ask(&livekit, get(&uri)).await.status(), StatusCode::NOT_FOUND);
    livekit.ensure_live("r", false).await.expect("live");
    assert_eq!(fake.creations(), 2);
}
