//! Presence is what LiveKit says, also of what its webhooks did not tell.

use chrono::{DateTime, TimeDelta, Utc};
use visavis::{
    error::{Error, Result},
    http::work,
    livekit::{
        client::ParticipantInfo,
        fake::{Answer, Call},
    },
    presence::{
        ended::{self, Ended},
        model::{Participant, Report, What},
        reconcile::{Depth, run},
        service::{counts, hear},
        store,
    },
    rooms::{
        model::Room,
        service::{NewRoom, create},
        word::{self, Changed},
    },
    state::AppState,
};

use crate::{on_both, support::TestApp};

async fn room(app: &TestApp) -> Room {
    let ann = app.user(&format!("ann-{}", app.state.random.uuid())).await;
    create(&app.state, Some(&ann), NewRoom::default()).await.expect("made")
}

fn inside(sid: &str) -> ParticipantInfo {
    ParticipantInfo {
        sid: sid.into(),
        identity: format!("id-{sid}"),
        name: sid.into(),
        kind: "STANDARD".into(),
        joined_at: DateTime::<Utc>::from_timestamp(1_795_000_000, 0),
        active: true,
        ..Default::default()
    }
}

fn lists(app: &TestApp, room: &Room, sid: &str, who: &[&str]) {
    let who: Vec<_> = who.iter().map(|sid| inside(sid)).collect();
    app.livekit.set_room(&room.id.to_string(), sid, &who);
}

async fn told(app: &TestApp, room: &Room, sid: &str, what: What) {
    let at = app.state.clock.now();
    hear(&app.state, &Report { room: room.id, room_sid: sid.into(), began: None, at, what }).await.expect("noted");
}

async fn joins(app: &TestApp, room: &Room, sid: &str, who: &str) {
    told(app, room, sid, What::Joined(Participant::from(inside(who)))).await;
}

async fn count(app: &TestApp, room: &Room) -> i64 {
    counts(&app.state, &[room.id]).await.expect("counted").get(&room.id).copied().unwrap_or_default()
}

async fn differing(app: &TestApp) {
    run(&app.state, Depth::Differing).await.expect("reconciled");
}

fn asked(app: &TestApp) -> usize {
    app.livekit.calls().iter().filter(|call| matches!(call, Call::ListParticipants { .. })).count()
}

async fn finished(app: &TestApp, sid: &str) -> Option<DateTime<Utc>> {
    let mut lent = app.state.db.lend().await.expect("lent");
    store::meeting(&mut lent.conn(), sid).await.expect("read").and_then(|meeting| meeting.finished_at)
}

/// Counts the ends of calls.
async fn note(state: AppState, _: Ended) -> Result<()> {
    state.cache.count("ends", std::time::Duration::from_secs(86_400)).await;
    Ok(())
}

/// Does the work that is due; how many calls have ended so far.
async fn ends(app: &TestApp) -> u64 {
    let mut worker = work::worker(&app.state);
    worker.handlers = ended::on(std::mem::take(&mut worker.handlers), &app.state, "test.notes", note);
    while worker.run_one().await.expect("fine") {}
    let (count, _) = app.state.cache.count("ends", std::time::Duration::from_secs(86_400)).await;
    app.state.cache.uncount("ends").await;
    count - 1
}

on_both! {
    async fn whom_no_webhook_told_of_is_there(app: TestApp) {
        let room = room(&app).await;
        let mut words = word::listen(&app.state, room.id);
        lists(&app, &room, "RM_1", &["PA_1", "PA_2"]);
        differing(&app).await;
        assert_eq!(count(&app, &room).await, 2);
        let heard = tokio::time::timeout(std::time::Duration::from_secs(5), words.next()).await.expect("told");
        assert!(format!("{heard:?}").contains("presence"), "{heard:?} {:?}", Changed::Presence);
        joins(&app, &room, "RM_1", "PA_1").await;
        assert_eq!(count(&app, &room).await, 2, "and the webhook comes late");
    }

    async fn who_is_on_the_way_in_is_not_there_yet(app: TestApp) {
        let room = room(&app).await;
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[ParticipantInfo { active: false, ..inside("PA_1") }]);
        differing(&app).await;
        assert_eq!(count(&app, &room).await, 0);
        joins(&app, &room, "RM_1", "PA_1").await;
        run(&app.state, Depth::All).await.expect("reconciled");
        assert_eq!(count(&app, &room).await, 1, "nor gone");
    }

    async fn who_left_unheard_is_gone(app: TestApp) {
        let room = room(&app).await;
        for who in ["PA_1", "PA_2"] {
            joins(&app, &room, "RM_1", who).await;
        }
        lists(&app, &room, "RM_1", &["PA_2"]);
        differing(&app).await;
        assert_eq!(count(&app, &room).await, 1);
        told(&app, &room, "RM_1", What::Left(Participant::from(inside("PA_1")))).await;
        assert_eq!(count(&app, &room).await, 1);
        lists(&app, &room, "RM_1", &["PA_3"]);
        run(&app.state, Depth::All).await.expect("reconciled");
        let mut lent = app.state.db.lend().await.expect("lent");
        let stay = store::stay(&mut lent.conn(), room.id, "PA_2").await.expect("read").expect("there");
        assert!(stay.left_at.is_some(), "as many, and others");
    }

    async fn who_was_thought_gone_is_back(app: TestApp) {
        let room = room(&app).await;
        joins(&app, &room, "RM_1", "PA_1").await;
        differing(&app).await;
        assert_eq!(count(&app, &room).await, 0, "LiveKit did not list the room");
        lists(&app, &room, "RM_1", &["PA_1"]);
        differing(&app).await;
        assert_eq!((count(&app, &room).await, finished(&app, "RM_1").await), (1, None));
        app.advance(TimeDelta::minutes(5));
        differing(&app).await;
        assert_eq!((count(&app, &room).await, ends(&app).await), (1, 0), "missing no longer");
    }

    async fn a_room_that_is_gone_is_empty_at_once_and_over_after_a_while(app: TestApp) {
        let room = room(&app).await;
        let began = ends(&app).await;
        joins(&app, &room, "RM_1", "PA_1").await;
        app.state.livekit.ensure_live(&room.id.to_string(), false).await.expect("live");
        app.livekit.remove_room(&room.id.to_string());
        differing(&app).await;
        let gone = app.state.clock.now();
        assert_eq!((count(&app, &room).await, finished(&app, "RM_1").await, ends(&app).await), (0, None, began));
        app.state.livekit.ensure_live(&room.id.to_string(), false).await.expect("live");
        assert_eq!(app.livekit.creations(), 2, "nobody believes that LiveKit has it");
        app.livekit.remove_room(&room.id.to_string());
        app.advance(TimeDelta::seconds(89));
        differing(&app).await;
        assert_eq!((finished(&app, "RM_1").await, ends(&app).await), (None, began));
        app.advance(TimeDelta::seconds(1));
        for _ in 0..2 {
            differing(&app).await;
            assert_eq!((finished(&app, "RM_1").await, ends(&app).await), (Some(gone), began + 1), "once");
        }
    }

    async fn after_a_restart_of_livekit_the_same_meeting_goes_on(app: TestApp) {
        let room = room(&app).await;
        joins(&app, &room, "RM_1", "PA_1").await;
        differing(&app).await;
        app.advance(TimeDelta::seconds(20));
        joins(&app, &room, "RM_2", "PA_2").await;
        lists(&app, &room, "RM_2", &["PA_2"]);
        differing(&app).await;
        app.advance(TimeDelta::seconds(300));
        differing(&app).await;
        assert_eq!((count(&app, &room).await, ends(&app).await), (1, 0));
        assert!(finished(&app, "RM_1").await.is_some() && finished(&app, "RM_2").await.is_none());
    }

    async fn an_end_that_nobody_told_of_while_the_room_is_closing_is_left_to_its_webhook(app: TestApp) {
        let room = room(&app).await;
        joins(&app, &room, "RM_1", "PA_1").await;
        told(&app, &room, "RM_1", What::Finished).await;
        lists(&app, &room, "RM_1", &["PA_1"]);
        differing(&app).await;
        assert_eq!(count(&app, &room).await, 0, "just over");
        app.advance(TimeDelta::seconds(30));
        differing(&app).await;
        assert_eq!((count(&app, &room).await, finished(&app, "RM_1").await), (1, None), "LiveKit insists");
    }

    async fn while_livekit_cannot_be_asked_nothing_changes(app: TestApp) {
        let room = room(&app).await;
        joins(&app, &room, "RM_1", "PA_1").await;
        for answer in [Answer::Unreachable, Answer::Refuse, Answer::Hang] {
            app.livekit.answer(answer);
            let result = run(&app.state, Depth::All).await;
            assert!(matches!(result, Err(Error::Upstream(_))), "{result:?}");
            assert_eq!((count(&app, &room).await, finished(&app, "RM_1").await), (1, None), "{answer:?}");
        }
        app.advance(TimeDelta::hours(1));
        app.livekit.answer(Answer::Ok);
        differing(&app).await;
        assert_eq!((count(&app, &room).await, finished(&app, "RM_1").await), (0, None), "the time it was away does not count");
    }

    async fn what_is_the_same_is_not_asked_for(app: TestApp) {
        let mut rooms = Vec::new();
        for n in 0..30 {
            let room = room(&app).await;
            let sid = format!("PA_{n}");
            joins(&app, &room, &format!("RM_{n}"), &sid).await;
            lists(&app, &room, &format!("RM_{n}"), &[&sid]);
            rooms.push(room);
        }
        app.livekit.set_room("a-room-of-somebody-else", "RM_x", &[inside("PA_x")]);
        app.livekit.set_room(&app.state.random.uuid().to_string(), "RM_y", &[inside("PA_y")]);
        for _ in 0..10 {
            differing(&app).await;
            app.advance(TimeDelta::seconds(30));
        }
        assert_eq!(asked(&app), 30, "each in its turn");
        run(&app.state, Depth::All).await.expect("reconciled");
        assert_eq!(asked(&app), 60);
    }

    async fn one_of_several_processes_does_it_and_goes_on_after_failures(app: TestApp) {
        let room = room(&app).await;
        lists(&app, &room, "RM_1", &["PA_1"]);
        let (one, two) = (work::worker(&app.state), work::worker(&app.state));
        for worker in [&one, &two] {
            worker.ensure_recurring().await.expect("ensured");
        }
        app.livekit.answer(Answer::Unreachable);
        for round in 1..=20_usize {
            while one.run_one().await.expect("fine") || two.run_one().await.expect("fine") {}
            let lists = app.livekit.calls().iter().filter(|call| matches!(call, Call::ListRooms { .. })).count();
            assert_eq!(lists, round);
            app.advance(TimeDelta::seconds(30));
        }
        app.livekit.answer(Answer::Ok);
        while one.run_one().await.expect("fine") {}
        assert_eq!(count(&app, &room).await, 1);
    }

    async fn what_is_over_is_swept(app: TestApp) {
        let (plain, with) = (room(&app).await, room(&app).await);
        let (sql, id) = ("UPDATE rooms SET attendance = $2 WHERE id = $1", with.id);
        {
            let mut lent = app.state.db.lend().await.expect("lent");
            visavis::on_db!(&mut lent.conn(), c => sqlx::query(sql).bind(id).bind(true).execute(c).await.map(drop)).expect("set");
            store::hear(&mut lent.conn(), "EV_1", app.state.clock.now()).await.expect("heard");
        }
        for room in [&plain, &with] {
            for who in ["PA_1", "PA_2"] {
                joins(&app, room, &format!("RM_{}", room.id), who).await;
            }
            told(&app, room, &format!("RM_{}", room.id), What::Left(Participant::from(inside("PA_1")))).await;
        }
        for (after, event, left) in [
            (TimeDelta::minutes(14), true, [true, true]),
            (TimeDelta::minutes(2), false, [true, true]),
            (TimeDelta::hours(24), false, [false, true]),
            (TimeDelta::days(88), false, [false, true]),
            (TimeDelta::days(1), false, [false, false]),
        ] {
            app.advance(after);
            work::sweep(app.state.clone()).await.expect("swept");
            let mut lent = app.state.db.lend().await.expect("lent");
            let mut there = [false; 2];
            for (there, room) in there.iter_mut().zip([&plain, &with]) {
                *there = store::stay(&mut lent.conn(), room.id, "PA_1").await.expect("read").is_some();
                assert!(store::stay(&mut lent.conn(), room.id, "PA_2").await.expect("read").is_some(), "who is here stays");
            }
            let sql = "SELECT COUNT(*) FROM webhook_events";
            let events: i64 = visavis::on_db!(&mut lent.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("read");
            assert_eq!((events == 1, there), (event, left), "{after}");
        }
    }
}
