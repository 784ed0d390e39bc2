//! Two processes over one database and one Redis.

use tokio_util::sync::CancellationToken;
use visavis::{
    lobby::{decisions, snapshot::View},
    random::Random,
};

use super::{Guest, next, room, waiting};
use crate::support::{TestApp, databases};

/// Two back ends; none when the developer asked to do without servers.
async fn two() -> Option<(TestApp, TestApp)> {
    let db = databases::postgres().await?;
    let redis = std::env::var("VISAVIS_TEST_REDIS").expect("VISAVIS_TEST_REDIS is not set: run `make test`");
    let prefix = format!("test:{}:", Random::from_os().uuid());
    let settings = [("redis_url", redis.as_str()), ("redis_prefix", prefix.as_str()), ("single_node", "true")];
    let one = |seed| TestApp::on(db.clone(), tempfile::tempdir().expect("a folder"), &settings, Random::seeded(seed));
    let (one, two) = (one(1), one(2));
    for app in [&one, &two] {
        app.state.cache.settle(super::SOON).await.expect("Redis answers");
    }
    Some((one, two))
}

#[tokio::test]
async fn a_guest_who_waits_at_one_is_admitted_at_the_other() {
    let Some((one, two)) = two().await else { return };
    let ann = one.user("ann").await;
    let room = room(&one, &ann).await;
    let guest = Guest::new(&one, &room).await;
    let mut heard = guest.listen().await;
    assert_eq!(next(&mut heard).await, Some(waiting(1)));
    let (there, permit) = decisions::door(&two.state, &ann, &room.slug).await.expect("a host");
    decisions::say(&two.state, &there, &permit, &ann, "Soon").await.expect("said");
    let said = View::Waiting { place: 1, host_here: false, message: Some("Soon".into()), sign_in_helps: false };
    assert_eq!(next(&mut heard).await, Some(said.clone()));
    let elsewhere = Guest { state: two.state.clone(), ..guest.clone() };
    assert_eq!(elsewhere.poll().await, said, "they may ask anywhere");
    decisions::decide(&two.state, &there, &permit, &ann, guest.id(), true).await.expect("decided");
    assert_eq!(next(&mut heard).await, Some(View::Admitted));
}

#[tokio::test]
async fn who_moves_from_one_to_the_other_is_not_taken_for_gone() {
    let Some((one, two)) = two().await else { return };
    let ann = one.user("ann").await;
    let room = room(&one, &ann).await;
    let guest = Guest::new(&one, &room).await;
    two.advance(chrono::TimeDelta::milliseconds(1));
    let old = guest.listen().await;
    let mut new = Guest { state: two.state.clone(), ..guest.clone() }.listen_until(CancellationToken::new()).await;
    assert_eq!(next(&mut new).await, Some(waiting(1)));
    // The old connection is only now found to be dead.
    drop(old);
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    guest.is_left(45).await;
}
