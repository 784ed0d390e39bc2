use std::time::Duration;

use super::*;
use crate::livekit::fake::{Answer, Fake};

fn rooms(limit: Duration) -> (Rooms, Arc<Fake>) {
    let fake = Arc::new(Fake::default());
    (Rooms::new(Client::new(fake.clone(), limit)), fake)
}

fn patient() -> (Rooms, Arc<Fake>) {
    rooms(Duration::from_secs(10))
}

/// Waits until the fake was asked `count` times.
async fn asked(fake: &Fake, count: usize) {
    while fake.creations() < count {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Starts a caller and lets it run until it waits.
async fn caller(rooms: &Rooms, room: &'static str, again: bool) -> tokio::task::JoinHandle<Result<()>> {
    let rooms = rooms.clone();
    let handle = tokio::spawn(async move { rooms.ensure_live(room, again).await });
    tokio::task::yield_now().await;
    handle
}

#[tokio::test]
async fn a_room_is_made_once_and_remembered_until_it_is_forgotten() {
    let (rooms, fake) = patient();
    for _ in 0..3 {
        rooms.ensure_live("a", false).await.expect("live");
    }
    assert_eq!(fake.creations(), 1);
    rooms.forget("a");
    rooms.ensure_live("a", false).await.expect("live");
    assert_eq!(fake.creations(), 2);
    rooms.ensure_live("b", false).await.expect("live");
    rooms.forget_all();
    rooms.ensure_live("a", false).await.expect("live");
    rooms.ensure_live("b", false).await.expect("live");
    assert_eq!(fake.creations(), 5);
}

#[tokio::test]
async fn again_makes_it_again() {
    let (rooms, fake) = patient();
    rooms.ensure_live("a", false).await.expect("live");
    rooms.ensure_live("a", true).await.expect("live");
    assert_eq!(fake.creations(), 2);
}

#[tokio::test]
async fn callers_that_come_together_cause_one_call() {
    let (rooms, fake) = patient();
    fake.answer(Answer::Hold);
    let mut callers = vec![];
    for index in 0..50 {
        callers.push(caller(&rooms, "a", index % 2 == 1).await);
    }
    asked(&fake, 1).await;
    fake.release();
    for caller in callers {
        caller.await.expect("no panic").expect("live");
    }
    assert_eq!(fake.creations(), 1);
}

#[tokio::test]
async fn rooms_do_not_wait_for_each_other() {
    let (rooms, fake) = patient();
    fake.answer(Answer::Hold);
    let _slow = caller(&rooms, "slow", false).await;
    asked(&fake, 1).await;
    fake.answer(Answer::Ok);
    rooms.ensure_live("quick", false).await.expect("live");
}

#[tokio::test]
async fn failure_is_told_to_all_and_not_remembered() {
    let (rooms, fake) = patient();
    fake.answer(Answer::Unreachable);
    let (one, two) = tokio::join!(rooms.ensure_live("a", false), rooms.ensure_live("a", false));
    assert_eq!(one.expect_err("unreachable").status(), 502);
    assert_eq!(two.expect_err("unreachable").status(), 502);
    assert_eq!(fake.creations(), 1);
    fake.answer(Answer::Ok);
    rooms.ensure_live("a", false).await.expect("live");
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up_in_time() {
    let (rooms, fake) = rooms(Duration::from_millis(20));
    fake.answer(Answer::Hang);
    assert_eq!(rooms.ensure_live("a", false).await.expect_err("too slow").status(), 502);
    fake.answer(Answer::Ok);
    rooms.ensure_live("a", false).await.expect("live");
}

#[tokio::test]
async fn a_caller_that_goes_away_spoils_nothing() {
    let (rooms, fake) = patient();
    fake.answer(Answer::Hold);
    let first = caller(&rooms, "a", false).await;
    asked(&fake, 1).await;
    let second = caller(&rooms, "a", false).await;
    first.abort();
    assert!(first.await.expect_err("aborted").is_cancelled());
    fake.release();
    second.await.expect("no panic").expect("live");
    rooms.ensure_live("a", false).await.expect("live");
    assert_eq!(fake.creations(), 1);
}

#[tokio::test]
async fn forgetting_wins_over_a_flight_that_began_before() {
    for everything in [false, true] {
        let (rooms, fake) = patient();
        fake.answer(Answer::Hold);
        let before = caller(&rooms, "a", false).await;
        asked(&fake, 1).await;
        if everything {
            rooms.forget_all()
        } else {
            rooms.forget("a")
        }
        fake.release();
        before.await.expect("no panic").expect("its own call did succeed");
        fake.answer(Answer::Ok);
        rooms.ensure_live("a", false).await.expect("live");
        assert_eq!(fake.creations(), 2, "what the first flight brought home was remembered");
    }
}
