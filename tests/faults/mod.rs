//! What we depend on hangs, or we are killed.

mod cable;
mod killed;

use std::time::{Duration, Instant};

use visavis::{db::Db, random::Random};

use crate::support::{TestApp, databases};
use cable::Cable;

/// Longer than a request may take when the database does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_database_that_hangs_is_given_up_within_seconds_and_found_again() {
    let Some(url) = databases::postgres_url().await else { return };
    let mut through = url::Url::parse(&url).expect("a URL");
    let server = format!("{}:{}", through.host_str().expect("a host"), through.port().unwrap_or(5432));
    let cable = Cable::to(server).await;
    through.set_host(Some("127.0.0.1")).expect("a host");
    through.set_port(Some(cable.port())).expect("a port");
    let db: Db = databases::open(through.as_str()).await;
    let app = TestApp::on(db, tempfile::tempdir().expect("a folder"), &[], Random::seeded(7));
    let client = app.signed_in(&app.user("ann").await).await;
    assert_eq!(client.get("/api/v1.0/users/me/").await.status, 200);
    cable.hold(true);
    // Many at once: nobody waits for the others' turn.
    let begun = Instant::now();
    let answers = futures_util::future::join_all((0..40).map(|_| client.get("/api/v1.0/users/me/"))).await;
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    for answer in answers {
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (503, &serde_json::json!("unavailable")));
    }
    let answer = client.get("/readyz").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["failing"]), (503, &serde_json::json!(["database"])));
    cable.hold(false);
    let begun = Instant::now();
    while client.get("/api/v1.0/users/me/").await.status != 200 {
        assert!(begun.elapsed() < PATIENCE, "it is not found again");
    }
}
