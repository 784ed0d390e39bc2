//! What is told to the call, and what LiveKit's troubles and a full door do to those who ask.

use std::time::{Duration, Instant};

use axum::{Router, response::Html};
use chrono::TimeDelta;
use visavis::{
    livekit::fake::{Answer, Call},
    lobby::{
        model::{Entry, Status},
        service::MOST_WAITING,
        store,
    },
};

use super::{Browser, Door, claims, updated};
use crate::{on_both, support::TestApp};

/// Less than a call to LiveKit may take: nobody waited for it.
const AT_ONCE: Duration = Duration::from_secs(2);
/// One call to LiveKit was waited for, and no more.
const QUICKLY: Duration = Duration::from_secs(7);

/// How often everybody in the call was told that somebody waits.
async fn notices(app: &TestApp, room: &str) -> usize {
    tokio::time::sleep(Duration::from_millis(30)).await;
    let notice = Call::SendData { room: room.to_owned(), payload: r#"{"type":"participantWaiting"}"#.to_owned() };
    app.livekit.calls().into_iter().filter(|call| *call == notice).count()
}

on_both! {
    async fn everybody_in_the_call_is_told_once_of_each_who_comes_or_comes_back(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        app.livekit.set_room(&door.id, "RM_1", &[]);
        let mut karim = Browser::new(app.anonymous());
        for _ in 0..3 {
            karim.knocks(&door.id, "Karim").await;
        }
        assert_eq!(notices(&app, &door.id).await, 1);
        app.advance(TimeDelta::seconds(3));
        karim.knocks(&door.id, "Karim").await;
        assert_eq!(notices(&app, &door.id).await, 2, "back in sight");
        let id = Browser::new(app.anonymous()).knocks(&door.id, "Lea").await["id"].clone();
        assert_eq!(notices(&app, &door.id).await, 3);
        assert_eq!(door.decide(&id, false).await, updated());
        door.level("public").await;
        Browser::new(app.anonymous()).knocks(&door.id, "Ben").await;
        assert_eq!(notices(&app, &door.id).await, 3, "nobody waits who need not");
        // It goes out once the entry can be fetched.
        door.level("restricted").await;
        app.livekit.answer(Answer::Hold);
        Browser::new(app.anonymous()).knocks(&door.id, "Zoe").await;
        assert_eq!(notices(&app, &door.id).await, 4);
        assert!(door.waiting().await.to_string().contains("Zoe"));
        app.livekit.answer(Answer::Ok);
    }

    async fn whatever_livekit_does_the_entry_stands_and_the_answer_comes_quickly(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        for answer in [Answer::Refuse, Answer::Unreachable, Answer::NotFound, Answer::Hang] {
            app.livekit.answer(answer);
            let mut karim = Browser::new(app.anonymous());
            let begun = Instant::now();
            let id = karim.knocks(&door.id, "Karim").await["id"].clone();
            assert!(begun.elapsed() < AT_ONCE, "{answer:?}: {:?}", begun.elapsed());
            assert_eq!(door.waiting().await[0]["id"], id, "{answer:?}");
            assert_eq!(door.decide(&id, true).await, updated(), "{answer:?}");
            assert_eq!(karim.knocks(&door.id, "Karim").await["status"], "accepted", "{answer:?}");
            assert!(begun.elapsed() < QUICKLY, "{answer:?}: {:?}", begun.elapsed());
        }
    }

    async fn a_full_door_is_said_to_be_full_and_those_who_wait_go_on_waiting(app: TestApp) {
        let door = Door::new(&app, "restricted").await;
        let mut first = Browser::new(app.anonymous());
        first.knocks(&door.id, "Karim").await;
        let now = app.state.clock.now();
        let mut tx = app.state.db.begin().await.expect("begins");
        for _ in 1..MOST_WAITING {
            let entry = Entry {
                room_id: door.id.parse().expect("a key"), participant_id: app.state.random.uuid(), user_id: None, username: "x".into(),
                status: Status::Waiting, since: now, until: now + TimeDelta::seconds(3), refusals: 0, decided_at: None, decided_by: None,
            };
            assert!(store::put_waiting(&mut tx.conn(), None, &entry).await.expect("stored"));
        }
        tx.commit().await.expect("commits");
        let answer = app.anonymous().post(&format!("/api/v1.0/rooms/{}/request-entry/", door.id), r#"{"username":"x"}"#).await;
        assert_eq!((answer.status.as_u16(), answer.headers["retry-after"].to_str().ok()), (429, Some("30")), "{}", answer.text);
        assert_eq!(first.knocks(&door.id, "Karim").await["status"], "waiting");
        let elsewhere = Door::new(&app, "restricted").await;
        assert_eq!(Browser::new(app.anonymous()).knocks(&elsewhere.id, "x").await["status"], "waiting");
        app.advance(TimeDelta::seconds(3));
        assert_eq!(Browser::new(app.anonymous()).knocks(&door.id, "x").await["status"], "waiting", "those who left leave room");
    }
}

/// Something that is not LiveKit, behind the real client.
#[tokio::test]
async fn what_is_not_livekit_keeps_nobody_from_waiting_either() {
    let page = || async { Html("<!doctype html><title>Welcome</title>") };
    let broken = || async { (axum::http::StatusCode::BAD_GATEWAY, Html("<h1>502 Bad Gateway</h1>")) };
    let silent = || std::future::pending::<()>();
    for (what, router) in [
        ("a page", Router::new().fallback(page)),
        ("a broken proxy", Router::new().fallback(broken)),
        ("silence", Router::new().fallback(silent)),
    ] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        stands_behind(what, &url).await;
        server.abort();
    }
    stands_behind("a closed port", "http://127.0.0.1:1").await;
}

async fn stands_behind(what: &str, livekit: &str) {
    let app = TestApp::sqlite().await.with_livekit_at(livekit);
    let door = Door::new(&app, "restricted").await;
    let mut karim = Browser::new(app.anonymous());
    let begun = Instant::now();
    let id = karim.knocks(&door.id, "Karim").await["id"].clone();
    assert!(begun.elapsed() < AT_ONCE, "{what}: {:?}", begun.elapsed());
    assert_eq!(door.waiting().await[0]["id"], id, "{what}");
    assert_eq!(door.decide(&id, true).await, updated(), "{what}");
    let entered = karim.knocks(&door.id, "Karim").await;
    assert_eq!(entered["status"], "accepted", "{what}: an admission is not taken back");
    assert_eq!(claims(&app, &entered["livekit"])["sub"], id, "{what}");
    assert!(begun.elapsed() < QUICKLY, "{what}: {:?}", begun.elapsed());
}
