//! What LiveKit tells: signed, stored before it is accepted, and worked off by each feature for itself.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use visavis::{
    error::Result,
    http::work,
    jobs::Handlers,
    livekit::fake,
    on_db,
    presence::{
        ended::{self, Ended},
        service::counts,
    },
    rooms::service::{NewRoom, create},
    state::AppState,
};

use crate::{on_both, support::TestApp};

const PATH: &str = "/api/v1.0/rooms/webhooks-livekit/";

async fn room(app: &TestApp) -> String {
    let ann = app.user(&format!("ann-{}", app.state.random.uuid())).await;
    create(&app.state, Some(&ann), NewRoom::default()).await.expect("made").id.to_string()
}

/// An event as LiveKit writes it.
fn event(app: &TestApp, name: &str, room: &str, who: Option<&str>, id: &str) -> Value {
    let at = app.state.clock.now().timestamp().to_string();
    let mut body = json!({
        "event": name, "id": id, "createdAt": at,
        "room": { "sid": format!("RM_{room}"), "name": room, "creationTime": at },
    });
    if let Some(who) = who {
        body["participant"] = json!({
            "sid": format!("PA_{who}_{room}"), "identity": who, "name": who, "state": "ACTIVE", "joinedAt": at, "kind": "STANDARD",
            // As the token of a room without limits says.
            "permission": { "canSubscribe": true, "canPublish": true, "canPublishData": true },
        });
    }
    body
}

async fn deliver(app: &TestApp, event: &Value) -> u16 {
    app.webhook(&event.to_string()).await.status.as_u16()
}

async fn rows(app: &TestApp, of: &str) -> i64 {
    let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {of}"));
    let mut lent = app.state.db.lend().await.expect("lent");
    on_db!(&mut lent.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("counted")
}

async fn inside(app: &TestApp, room: &str) -> i64 {
    let id = room.parse().expect("a key");
    counts(&app.state, &[id]).await.expect("counted").get(&id).copied().unwrap_or_default()
}

async fn notes(state: AppState, ended: Ended) -> Result<()> {
    let text = format!("{} {}", ended.room, ended.room_sid);
    state.cache.put("heard", &text, std::time::Duration::from_secs(60)).await
}

async fn fails(_: AppState, _: Ended) -> Result<()> {
    Err(anyhow::anyhow!("as always").into())
}

/// Every order of these.
fn orders(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![vec![]], |orders, next| {
        let insert = |order: &Vec<usize>, place| [&order[..place], &[next], &order[place..]].concat();
        orders.iter().flat_map(|order| (0..=order.len()).map(move |place| insert(order, place))).collect()
    })
}

on_both! {
    async fn what_livekit_did_not_sign_is_refused(app: TestApp) {
        let body = r#"{"event":"room_finished","id":"EV_1","room":{"name":"x"}}"#;
        assert_eq!(app.anonymous().post(PATH, body).await.status, 401);
        let answer = app.anonymous().with("authorization", "nonsense").post(PATH, body).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (400, r#"{"status":"error"}"#));
    }

    async fn who_comes_and_goes_is_known(app: TestApp) {
        let room = room(&app).await;
        let answer = app.webhook(&event(&app, "participant_joined", &room, Some("a"), "EV_1").to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, r#"{"status":"success"}"#));
        assert_eq!((inside(&app, &room).await, rows(&app, "jobs").await), (0, 1), "accepted means stored");
        app.work().await;
        assert_eq!((inside(&app, &room).await, rows(&app, "jobs").await), (1, 0));
        assert_eq!(deliver(&app, &event(&app, "room_finished", &room, None, "EV_2")).await, 200);
        app.work().await;
        assert_eq!(inside(&app, &room).await, 0);
    }

    async fn a_repetition_is_accepted_and_does_nothing(app: TestApp) {
        let room = room(&app).await;
        let joined = event(&app, "participant_joined", &room, Some("a"), "EV_1");
        for _ in 0..3 {
            assert_eq!(deliver(&app, &joined).await, 200);
            assert_eq!((rows(&app, "jobs").await, rows(&app, "webhook_events").await), (1, 1));
        }
        let nameless = event(&app, "participant_joined", &room, Some("b"), "");
        for jobs in 2..4 {
            assert_eq!(deliver(&app, &nameless).await, 200);
            assert_eq!((rows(&app, "jobs").await, rows(&app, "webhook_events").await), (jobs, 1), "without an id, taken");
        }
        app.work().await;
        assert_eq!(inside(&app, &room).await, 2);
    }

    async fn every_order_ends_the_same(app: TestApp) {
        for order in orders(5) {
            let room = room(&app).await;
            let mut events = vec![event(&app, "room_started", &room, None, &format!("EV_0_{room}"))];
            events.push(event(&app, "participant_joined", &room, Some("a"), &format!("EV_1_{room}")));
            events.push(event(&app, "participant_joined", &room, Some("b"), &format!("EV_2_{room}")));
            events.push(event(&app, "participant_left", &room, Some("a"), &format!("EV_3_{room}")));
            let finished = event(&app, "room_finished", &room, None, &format!("EV_4_{room}"));
            for index in order.iter().filter(|index| **index < 4) {
                assert_eq!(deliver(&app, &events[*index]).await, 200);
            }
            app.work().await;
            assert_eq!(inside(&app, &room).await, 1, "b alone: {order:?}");
            let late = order.iter().position(|index| *index == 4).expect("there");
            for event in [&finished].into_iter().chain(order[..late].iter().map(|index| &events[*index])) {
                assert_eq!(deliver(&app, event).await, 200);
            }
            app.work().await;
            assert_eq!(inside(&app, &room).await, 0, "over: {order:?}");
            app.advance(TimeDelta::seconds(1));
        }
    }

    async fn an_end_that_is_heard_first_ends_what_comes_later(app: TestApp) {
        let room = room(&app).await;
        assert_eq!(deliver(&app, &event(&app, "room_finished", &room, None, "EV_1")).await, 200);
        app.work().await;
        for (id, who) in [("EV_2", "a"), ("EV_3", "b")] {
            assert_eq!(deliver(&app, &event(&app, "participant_joined", &room, Some(who), id)).await, 200);
        }
        app.work().await;
        assert_eq!((inside(&app, &room).await, rows(&app, "presences").await), (0, 2));
    }

    async fn what_is_not_ours_is_accepted_and_leaves_nothing(app: TestApp) {
        let ours = room(&app).await;
        let foreign = app.state.random.uuid().to_string();
        for name in [foreign.as_str(), "a-slug", "visavis-doctor-x", &ours.to_uppercase(), &format!("{{{ours}}}"), &ours.replace('-', "")] {
            for (kind, who) in [("room_started", None), ("participant_joined", Some("a")), ("room_finished", None)] {
                assert_eq!(deliver(&app, &event(&app, kind, name, who, "EV_1")).await, 200, "{name} {kind}");
            }
        }
        for unknown in ["track_published", "egress_ended", "ingress_started", "participant_connection_aborted", "what_comes_next"] {
            assert_eq!(deliver(&app, &event(&app, unknown, &ours, Some("a"), "EV_2")).await, 200, "{unknown}");
        }
        assert_eq!(deliver(&app, &json!({ "event": "egress_started", "id": "EV_3" })).await, 200, "without a room");
        assert_eq!((rows(&app, "jobs").await, rows(&app, "webhook_events").await, rows(&app, "meetings").await), (0, 0, 0));
    }

    async fn several_installations_share_one_livekit(app: TestApp) {
        let room = room(&app).await;
        let joined = event(&app, "participant_joined", &room, Some("a"), "EV_1");
        let app = app.with_settings(&[("livekit.webhook_filter", "^team-")]);
        assert_eq!(deliver(&app, &joined).await, 200);
        assert_eq!((rows(&app, "jobs").await, rows(&app, "webhook_events").await), (0, 0));
        let app = app.with_settings(&[("livekit.webhook_filter", &room[3..9])]);
        assert_eq!(deliver(&app, &joined).await, 200);
        assert_eq!((rows(&app, "jobs").await, rows(&app, "webhook_events").await), (1, 1), "searched for, not matched");
    }

    async fn an_old_delivery_is_a_replay(app: TestApp) {
        let room = room(&app).await;
        let body = event(&app, "participant_joined", &room, Some("a"), "EV_1").to_string();
        let signature = fake::sign(app.state.livekit.settings(), app.state.clock.now(), &body);
        let livekit = app.anonymous().with("authorization", &signature);
        let again = || livekit.post_without_csrf(PATH, body.clone());
        app.advance(TimeDelta::minutes(5));
        assert_eq!(again().await.status, 200, "a late retry");
        app.advance(TimeDelta::minutes(2));
        assert_eq!(again().await.status, 400);
        assert_eq!(rows(&app, "jobs").await, 1);
    }

    async fn while_the_database_is_away_livekit_is_to_come_again(app: TestApp) {
        let room = room(&app).await;
        let finished = event(&app, "room_finished", &room, None, "EV_1");
        app.state.livekit.ensure_live(&room, false).await.expect("live");
        app.state.db.close().await;
        let answer = app.webhook(&finished.to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (500, r#"{"status":"error"}"#));
        app.state.livekit.ensure_live(&room, false).await.expect("live");
        assert_eq!(app.livekit.creations(), 2, "forgotten all the same");
    }

    async fn one_feature_that_fails_keeps_no_other_from_its_work(app: TestApp) {
        let room = room(&app).await;
        let heard = Arc::new(AtomicU32::new(0));
        let counted = heard.clone();
        let mut worker = work::worker(&app.state);
        let handlers = std::mem::take(&mut worker.handlers);
        let handlers = ended::on(ended::on(handlers, &app.state, "test.fails", fails), &app.state, "test.notes", notes);
        worker.handlers = Handlers::on(handlers, "livekit.presence", move |_| {
            let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
            async move { if first { Err(anyhow::anyhow!("not yet").into()) } else { Ok(()) } }
        });
        assert_eq!(deliver(&app, &event(&app, "room_finished", &room, None, "EV_1")).await, 200);
        let own = "jobs WHERE kind LIKE 'test.%' OR kind = 'livekit.presence'";
        assert_eq!(rows(&app, own).await, 3, "each its own");
        while worker.run_one().await.expect("fine") {}
        assert_eq!(app.state.cache.get("heard").await.expect("there"), Some(format!("{room} RM_{room}")));
        assert_eq!(rows(&app, "jobs WHERE last_error IS NOT NULL").await, 2);
        app.advance(TimeDelta::seconds(2));
        while worker.run_one().await.expect("fine") {}
        assert_eq!((heard.load(Ordering::SeqCst), rows(&app, "jobs WHERE kind = 'test.fails'").await), (2, 1));
    }
}
