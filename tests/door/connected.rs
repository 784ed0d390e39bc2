//! Connections that end and come back.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;
use visavis::{
    error::Error,
    livekit::fake::Call,
    lobby::{decisions, model::Status, snapshot::View, store, streams, watch::watch},
    on_db,
    rooms::word::{self, Changed},
};

use super::{Guest, next, room, silence, waiting};
use crate::{on_both, support::TestApp};

on_both! {
    async fn a_reload_keeps_the_place(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[]);
        let (first, second) = (Guest::new(&app, &room).await, Guest::new(&app, &room).await);
        let mut seconds = second.listen().await;
        let mut firsts = first.listen().await;
        assert_eq!((next(&mut firsts).await, next(&mut seconds).await), (Some(waiting(1)), Some(waiting(2))));
        first.is_left(45).await;
        drop(firsts);
        first.is_left(8).await;
        let mut firsts = first.listen().await;
        assert_eq!(next(&mut firsts).await, Some(waiting(1)));
        first.is_left(45).await;
        drop(firsts);
        first.is_left(8).await;
        app.advance(TimeDelta::seconds(8));
        word::tell(&app.state, room.id, Changed::Lobby).await;
        assert_eq!(next(&mut seconds).await, Some(waiting(1)), "who is not seen stands in nobody's way");
        let mut firsts = first.listen().await;
        assert_eq!((next(&mut firsts).await, next(&mut seconds).await), (Some(waiting(1)), Some(waiting(2))), "and comes back to their place");
        tokio::time::sleep(Duration::from_millis(50)).await;
        let notices = app.livekit.calls().into_iter().filter(|call| matches!(call, Call::SendData { .. })).count();
        assert_eq!(notices, 3, "hosts hear of who is back");
    }

    async fn one_page_of_two_that_ends_ends_nothing(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let (one, mut two) = (guest.listen().await, guest.listen().await);
        assert_eq!(next(&mut two).await, Some(waiting(1)));
        drop(one);
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(guest.left().await, 45);
        silence(&mut two).await;
    }

    async fn a_browser_listens_with_a_few_pages_and_no_more(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let mut pages = Vec::new();
        for _ in 0..8 {
            pages.push(guest.listen().await);
        }
        let more = streams::visitor(&app.state, room.id, guest.visitor.clone(), CancellationToken::new()).await;
        assert!(matches!(more.map(drop), Err(Error::RateLimited { .. })));
        drop(pages.pop());
        pages.push(guest.listen().await);
        assert_eq!(next(&mut pages[0]).await, Some(waiting(1)));
    }

    async fn when_we_stop_nobody_has_left(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let stop = CancellationToken::new();
        let mut heard = guest.listen_until(stop.clone()).await;
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        stop.cancel();
        assert_eq!(next(&mut heard).await, None, "the stream ends");
        drop(heard);
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(guest.left().await, 45, "long enough for the next process to be there");
    }

    async fn a_door_that_nobody_watches_costs_nothing(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guests = [Guest::new(&app, &room).await, Guest::new(&app, &room).await];
        let alive = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
        let quiet = alive();
        let mut heard = vec![guests[0].listen().await, guests[1].listen().await, guests[1].listen().await];
        for heard in &mut heard {
            next(heard).await.expect("something");
        }
        let held = Arc::downgrade(&watch(&app.state, room.id));
        assert_eq!(held.strong_count(), 3, "one for all of them");
        heard.truncate(1);
        assert_eq!(held.strong_count(), 1);
        heard.clear();
        assert_eq!(held.strong_count(), 0);
        for _ in 0..200 {
            if alive() <= quiet {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{} tasks instead of {quiet}", alive());
    }

    /// Another process let somebody ask, and its word has not come yet: what was seen before must not be taken for an answer.
    async fn what_was_seen_before_somebody_came_says_nothing_of_them(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let first = Guest::new(&app, &room).await;
        let mut firsts = first.listen().await;
        assert_eq!(next(&mut firsts).await, Some(waiting(1)));
        let mut unheard = first.clone();
        unheard.visitor.asker.participant_id = app.state.random.uuid();
        let entry = store::find(&mut app.state.db.lend().await.expect("lent").conn(), room.id, first.id()).await.expect("read").expect("there");
        let entry = visavis::lobby::model::Entry { participant_id: unheard.id(), since: app.state.clock.now(), ..entry };
        for _ in 0..20 {
            assert!(store::put_waiting(&mut app.state.db.lend().await.expect("lent").conn(), None, &entry).await.expect("stored"));
            assert_eq!(next(&mut unheard.listen().await).await, Some(waiting(2)));
            store::remove_waiting(&mut app.state.db.lend().await.expect("lent").conn(), room.id, unheard.id(), app.state.clock.now()).await.expect("gone");
            assert_eq!(next(&mut unheard.listen().await).await, Some(View::Gone));
        }
    }

    async fn a_database_that_is_away_for_a_moment_ends_no_wait(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let mut heard = guest.listen().await;
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        let rename = async |from: &'static str, to: &'static str| {
            let sql = sqlx::AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"));
            let mut lent = app.state.db.lend().await.expect("lent");
            on_db!(&mut lent.conn(), c => sqlx::query(sql).execute(c).await.map(drop)).expect("renamed");
        };
        rename("lobby_entries", "lobby_away").await;
        word::tell(&app.state, room.id, Changed::Lobby).await;
        silence(&mut heard).await;
        assert!(streams::poll(&app.state, room.id, &guest.visitor).await.is_err(), "it is away");
        // Longer than a place is kept: who is connected all the time has not left.
        app.advance(TimeDelta::minutes(4));
        rename("lobby_away", "lobby_entries").await;
        silence(&mut heard).await;
        guest.is_left(45).await;
        let (_, permit) = decisions::door(&app.state, &ann, &room.slug).await.expect("a host");
        decisions::decide(&app.state, &room, &permit, &ann, guest.id(), true).await.expect("decided");
        assert_eq!(next(&mut heard).await, Some(View::Admitted));
        assert_eq!(guest.stored().await.map(|entry| entry.status), Some(Status::Accepted));
    }
}
