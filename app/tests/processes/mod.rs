//! The built program, several times, over one PostgreSQL, one Redis and one LiveKit: together they behave as one.

mod faults;
mod http;
mod lobby;
mod moving;
mod removal;
mod stage;

use std::{path::PathBuf, time::Duration};

use serde_json::json;
use tokio_util::sync::CancellationToken;
use visavis::livekit::supervised::{self, Options, Ports};

use crate::support::databases;
use stage::{KEY, SECRET, Stage, free_port, livekit};

/// PostgreSQL, Redis; `None` only when the developer asked to do without.
async fn servers() -> Option<(String, String)> {
    let database = databases::postgres_url().await?;
    let redis = std::env::var("VISAVIS_TEST_REDIS")
        .expect("VISAVIS_TEST_REDIS is not set: run `make test`, or point it at a Redis");
    Some((database, redis))
}

#[tokio::test]
async fn two_processes_behave_as_one() {
    let Some((database, redis)) = servers().await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let stop = CancellationToken::new();
    // LiveKit tells its events to the second process alone.
    let port = free_port();
    let options = Options {
        bin: Some(PathBuf::from(std::env::var_os("VISAVIS_LIVEKIT_BIN").unwrap_or_else(|| "livekit-server".into()))),
        data_dir: folder.path().to_owned(),
        api_key: KEY.into(),
        api_secret: SECRET.into(),
        webhook_url: format!("http://127.0.0.1:{port}/api/v1.0/rooms/webhooks-livekit/"),
        node_ip: None,
        ports: Ports::ANY,
    };
    let prepared = supervised::prepare(options).await.expect("a LiveKit server to start");
    let url = prepared.internal_url().to_string();
    let server = prepared.start(livekit(&url), stop.clone());
    server.ready(Duration::from_secs(20)).await.expect("LiveKit answers");
    let stage = Stage::new(&database, &redis, &url);
    // Both at once: of two that bring the tables up to date, one waits.
    let (one, two) = tokio::join!(stage.serve("one", 0), stage.serve("two", port));
    let (a, b) = (one.address, two.address);
    one.ready(&[]).await;
    two.ready(&[]).await;

    // A session of one is a session of the other, and so is its end.
    stage.cli(&["user", "add", "ann@example.org", "--name", "Ann"]);
    let session = http::form(a, &stage.link("ann@example.org"), "", "").await.session();
    assert_eq!(http::get(b, "/api/v1.0/users/me/", &session).await.json()["email"], "ann@example.org");
    let other = http::form(b, &stage.link("ann@example.org"), "", "").await.session();
    assert_eq!(http::get(a, "/api/v1.0/users/me/", &other).await.status, 200);
    http::form(a, "/sign-out", &other, "").await;
    assert_eq!(http::get(b, "/api/v1.0/users/me/", &other).await.status, 401);
    // A link is used once, wherever.
    let link = stage.link("ann@example.org");
    assert_eq!((http::form(a, &link, "", "").await.status, http::form(b, &link, "", "").await.status), (303, 404));

    // Five wrong passwords are five, wherever.
    let mut told = Vec::new();
    for n in 0..6 {
        let to = if n % 2 == 0 { a } else { b };
        let answer = http::form(to, "/sign-in", "", "email=ann%40example.org&password=wrong-password").await;
        let page = http::get(to, answer.header("location").expect("a way on"), &answer.session()).await.body;
        told.push(page.contains("Too many attempts"));
    }
    assert_eq!(told, [false, false, false, false, false, true]);

    // A room of one is a room of the other; a name is taken for both.
    let made = http::post(a, "/api/v1.0/rooms/", &session, &json!({ "name": "The Room" })).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let (id, slug) = (made.json()["id"].as_str().expect("text").to_owned(), made.json()["slug"].clone());
    assert_eq!(http::get(b, "/api/v1.0/rooms/the-room/", &session).await.json()["id"], id.as_str());
    assert_eq!(http::post(b, "/api/v1.0/rooms/", &session, &json!({ "name": "The Room" })).await.status, 400);

    // What a client of one asked for is found by the other, once.
    let named = json!({ "name": "Called", "callback_id": "who-asked" });
    assert_eq!(http::post(a, "/api/v1.0/rooms/", &session, &named).await.status, 201);
    let ask = json!({ "callback_id": "who-asked" });
    let path = "/api/v1.0/rooms/creation-callback/";
    let found = http::post(b, path, "", &ask).await;
    assert!(found.status == 200 && found.body.contains("called"), "{} {}", found.status, found.body);
    assert!(!http::post(a, path, "", &ask).await.body.contains("called"));

    // Both let people in, into one room; that it ended is told to one, and known to both.
    let ask = json!({ "request": { "slug": slug, "name": "", "again": false } });
    let kit = livekit(&url);
    let there = async || !kit.client().list_rooms(std::slice::from_ref(&id)).await.expect("LiveKit answers").is_empty();
    for round in 0..2 {
        for process in [a, b] {
            let answer = http::post(process, "/fn/enter", &session, &ask).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert!(there().await, "round {round}");
        }
        kit.client().delete_room(&id).await.expect("ended");
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert!(!there().await);
    }

    // One stops in an orderly way; the other goes on.
    one.stop().await;
    assert_eq!(http::get(b, "/api/v1.0/users/me/", &session).await.status, 200);
    let said = two.log();
    assert!(!said.contains("ERROR") && !said.contains("panicked") && !said.contains("example.org"), "{said}");
    two.stop().await;
    stop.cancel();
    server.stopped().await;
}
