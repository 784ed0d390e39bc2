//! Who asked to come in, and what was decided: each function of the store, and what happens when several do it at once.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use uuid::Uuid;
use visavis::{
    livekit::{Identity, fake::Call},
    lobby::now::Standing,
    lobby::{
        decisions,
        model::{Asker, Entry, Status},
        service::{self, Knock, Verdict},
        store,
    },
    on_db,
    rooms::{
        model::{AccessLevel, Role, Room},
        permissions::{self, Decide, Permit, Who},
        service::{NewRoom, create},
    },
    users::model::User,
    web::remote::{Remote, UNKNOWN},
};

use crate::{on_both, support::TestApp};

async fn room(app: &TestApp, owner: &User) -> Room {
    let new = NewRoom { access_level: Some(AccessLevel::Restricted), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

fn permit() -> Permit<Decide> {
    permissions::decide(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER }).expect("a host")
}

fn now(app: &TestApp) -> DateTime<Utc> {
    app.state.clock.now()
}

/// Of no consequence in a room that takes everybody.
static SOMEBODY: LazyLock<Identity> = LazyLock::new(|| Identity::parse("somebody"));

fn knock<'k>(asker: &'k Asker, name: &'k str) -> Knock<'k> {
    Knock { asker, name, stay: TimeDelta::seconds(3), from: Remote(UNKNOWN), identity: &SOMEBODY }
}

fn waiting(app: &TestApp, room: &Room) -> Entry {
    Entry {
        room_id: room.id,
        participant_id: app.state.random.uuid(),
        user_id: None,
        username: "Karim".into(),
        status: Status::Waiting,
        since: now(app),
        until: now(app) + TimeDelta::seconds(3),
        refusals: 0,
        decided_at: None,
        decided_by: None,
    }
}

fn decided(entry: &Entry, status: Status, by: &User, at: DateTime<Utc>) -> Entry {
    let until = at + TimeDelta::seconds(60);
    Entry { status, until, refusals: 2, decided_at: Some(at), decided_by: Some(by.id), ..entry.clone() }
}

async fn put(app: &TestApp, before: Option<&Entry>, entry: &Entry) -> bool {
    store::put_waiting(&mut app.state.db.lend().await.expect("lent").conn(), before, entry).await.expect("stored")
}

async fn decide(app: &TestApp, before: &Entry, entry: &Entry) -> bool {
    let mut lent = app.state.db.lend().await.expect("lent");
    store::put_decision(&mut lent.conn(), &permit(), before, entry).await.expect("stored")
}

async fn find(app: &TestApp, entry: &Entry) -> Option<Entry> {
    let mut lent = app.state.db.lend().await.expect("lent");
    store::find(&mut lent.conn(), entry.room_id, entry.participant_id).await.expect("read")
}

async fn all(app: &TestApp, room: &Room) -> Vec<Uuid> {
    let mut lent = app.state.db.lend().await.expect("lent");
    let all = store::all(&mut lent.conn(), room.id).await.expect("read");
    all.into_iter().map(|entry| entry.participant_id).collect()
}

on_both! {
    async fn what_is_stored_is_what_was_meant(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        let guest = waiting(&app, &room);
        assert_eq!(find(&app, &guest).await, None);
        assert!(put(&app, None, &guest).await);
        assert_eq!(find(&app, &guest).await.as_ref(), Some(&guest));
        assert!(!put(&app, None, &Entry { username: "Other".into(), ..guest.clone() }).await, "it is there already");
        let seen = Entry { until: guest.until + TimeDelta::seconds(9), username: "K".into(), refusals: 3, user_id: Some(ben.id), ..guest.clone() };
        assert!(put(&app, Some(&guest), &seen).await);
        assert_eq!(find(&app, &guest).await.as_ref(), Some(&seen));
        let stale = Entry { since: guest.since - TimeDelta::seconds(1), ..guest.clone() };
        assert!(!put(&app, Some(&stale), &guest).await && !decide(&app, &stale, &seen).await, "somebody else wrote since");
        let accepted = decided(&seen, Status::Accepted, &ann, now(&app));
        assert!(decide(&app, &seen, &accepted).await);
        assert_eq!(find(&app, &guest).await.as_ref(), Some(&accepted));
        assert!(!put(&app, Some(&seen), &seen).await, "a decision is not undone by who still believes to wait");
        assert!(!decide(&app, &seen, &decided(&seen, Status::Denied, &ann, now(&app))).await, "nor by another host's old view");
        assert!(put(&app, Some(&accepted), &seen).await, "knowing of it, one waits anew");
        assert_eq!(find(&app, &guest).await.as_ref(), Some(&seen), "and nothing of the decision is left");
    }

    async fn a_room_has_its_own_in_the_order_of_coming(app: TestApp) {
        let ann = app.user("ann").await;
        let (one, two) = (room(&app, &ann).await, room(&app, &ann).await);
        let mut expected = Vec::new();
        for n in 0..4 {
            let entry = Entry { since: now(&app) + TimeDelta::seconds(n), until: now(&app) + TimeDelta::seconds(n), ..waiting(&app, &one) };
            assert!(put(&app, None, &entry).await);
            expected.push(entry);
        }
        let other = Entry { room_id: two.id, ..expected[0].clone() };
        assert!(put(&app, None, &other).await, "one browser at two doors");
        assert!(decide(&app, &expected[3], &decided(&expected[3], Status::Accepted, &ann, now(&app))).await);
        assert_eq!(all(&app, &one).await, expected.iter().map(|entry| entry.participant_id).collect::<Vec<_>>());
        let mut lent = app.state.db.lend().await.expect("lent");
        let count = async |room: &Room, at, lent: &mut visavis::db::Lent| store::count_waiting(&mut lent.conn(), room.id, at).await.expect("counted");
        assert_eq!(count(&one, now(&app), &mut lent).await, 2, "neither who is gone nor who was admitted");
        assert_eq!(count(&two, now(&app) - TimeDelta::seconds(1), &mut lent).await, 1);
        assert!(store::remove_waiting(&mut lent.conn(), one.id, expected[0].participant_id, now(&app)).await.expect("done"));
        assert!(!store::remove_waiting(&mut lent.conn(), one.id, expected[0].participant_id, now(&app)).await.expect("done"));
        assert!(!store::remove_waiting(&mut lent.conn(), one.id, expected[3].participant_id, now(&app)).await.expect("done"), "what was decided stays");
        drop(lent);
        assert_eq!((all(&app, &one).await.len(), all(&app, &two).await.len()), (3, 1));
    }

    async fn many_who_are_connected_are_noted_at_once(app: TestApp) {
        let ann = app.user("ann").await;
        let (one, two) = (room(&app, &ann).await, room(&app, &ann).await);
        let (here, away, elsewhere) = (waiting(&app, &one), waiting(&app, &one), waiting(&app, &two));
        let accepted = waiting(&app, &one);
        for entry in [&here, &away, &elsewhere, &accepted] {
            assert!(put(&app, None, entry).await);
        }
        assert!(decide(&app, &accepted, &decided(&accepted, Status::Accepted, &ann, now(&app))).await);
        // More than one statement's worth.
        let mut ids: Vec<Uuid> = (0..1200).map(|_| app.state.random.uuid()).collect();
        ids.extend([elsewhere.participant_id, accepted.participant_id, here.participant_id]);
        let until = now(&app) + TimeDelta::seconds(45);
        let mut lent = app.state.db.lend().await.expect("lent");
        store::stay(&mut lent.conn(), one.id, &ids, until).await.expect("noted");
        store::stay(&mut lent.conn(), one.id, &[], until).await.expect("nobody is fine");
        drop(lent);
        let untils = [find(&app, &here).await, find(&app, &away).await, find(&app, &elsewhere).await, find(&app, &accepted).await]
            .map(|entry| entry.expect("there").until - now(&app));
        assert_eq!(untils.map(|left| left.num_seconds()), [45, 3, 3, 60]);
    }

    async fn the_end_of_a_meeting_ends_what_was_decided_in_it(app: TestApp) {
        let ann = app.user("ann").await;
        let (one, two) = (room(&app, &ann).await, room(&app, &ann).await);
        let (still, before, after, refused) = (waiting(&app, &one), waiting(&app, &one), waiting(&app, &one), waiting(&app, &one));
        let elsewhere = waiting(&app, &two);
        for entry in [&still, &before, &after, &refused, &elsewhere] {
            assert!(put(&app, None, entry).await);
        }
        let end = now(&app);
        for (entry, status, at) in [(&before, Status::Accepted, end), (&refused, Status::Denied, end), (&elsewhere, Status::Accepted, end), (&after, Status::Accepted, end + TimeDelta::microseconds(1))] {
            assert!(decide(&app, entry, &decided(entry, status, &ann, at)).await);
        }
        let mut lent = app.state.db.lend().await.expect("lent");
        store::set_message(&mut lent.conn(), &permit(), one.id, ann.id, "Soon", end).await.expect("said");
        store::set_message(&mut lent.conn(), &permit(), two.id, ann.id, "Later", end).await.expect("said");
        store::end_decisions(&mut lent.conn(), one.id, end).await.expect("ended");
        let messages = (store::message(&mut lent.conn(), one.id).await.expect("read"), store::message(&mut lent.conn(), two.id).await.expect("read"));
        assert_eq!(messages, (None, Some("Later".to_owned())));
        drop(lent);
        let left: Vec<bool> = join_all([&still, &before, &after, &refused, &elsewhere].map(|entry| find(&app, entry))).await.iter().map(Option::is_some).collect();
        assert_eq!(left, [true, false, true, false, true]);
    }

    async fn a_room_has_one_message(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let mut lent = app.state.db.lend().await.expect("lent");
        assert_eq!(store::message(&mut lent.conn(), room.id).await.expect("read"), None);
        for (text, expected) in [("Soon", Some("Soon")), ("Later", Some("Later")), ("", None), ("", None)] {
            store::set_message(&mut lent.conn(), &permit(), room.id, ann.id, text, now(&app)).await.expect("said");
            assert_eq!(store::message(&mut lent.conn(), room.id).await.expect("read").as_deref(), expected);
        }
    }

    async fn what_nobody_needs_is_swept_away(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let entries = [(); 3].map(|()| waiting(&app, &room));
        for (entry, status) in entries.iter().zip([None, Some(Status::Denied), Some(Status::Accepted)]) {
            assert!(put(&app, None, entry).await);
            if let Some(status) = status {
                let after = Entry { until: entry.until, ..decided(entry, status, &ann, now(&app)) };
                assert!(decide(&app, entry, &after).await);
            }
        }
        let until = entries[0].until;
        // A place in the queue is kept for two minutes, a refusal remembered for an hour.
        for (seconds, expected) in [(-1, [true, true, true]), (0, [true, true, false]), (119, [true, true, false]), (120, [false, true, false]), (3599, [false, true, false]), (3600, [false; 3])] {
            store::sweep(&mut app.state.db.lend().await.expect("lent").conn(), until + TimeDelta::seconds(seconds)).await.expect("swept");
            let left: Vec<bool> = join_all(entries.iter().map(|entry| find(&app, entry))).await.iter().map(Option::is_some).collect();
            assert_eq!(left, expected, "{seconds}");
        }
    }

    async fn accounts_and_rooms_that_go_take_theirs_along(app: TestApp) {
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let room = room(&app, &ann).await;
        let (bens, guests) = (Entry { user_id: Some(ben.id), ..waiting(&app, &room) }, waiting(&app, &room));
        assert!(put(&app, None, &bens).await && put(&app, None, &guests).await);
        assert!(decide(&app, &bens, &decided(&bens, Status::Accepted, &ann, now(&app))).await);
        assert!(decide(&app, &guests, &decided(&guests, Status::Accepted, &cleo, now(&app))).await);
        for user in [&ben, &cleo] {
            let mut lent = app.state.db.lend().await.expect("lent");
            let conn = &mut lent.conn();
            on_db!(conn, c => sqlx::query("DELETE FROM users WHERE id = $1").bind(user.id).execute(c).await.map(drop)).expect("gone");
        }
        assert_eq!(find(&app, &bens).await, None, "an account's admission does not become a guest's");
        assert_eq!(find(&app, &guests).await.map(|entry| (entry.status, entry.decided_by)), Some((Status::Accepted, None)));
        visavis::rooms::change::delete(&app.state, &ann, &room.slug).await.expect("deleted");
        assert_eq!(find(&app, &guests).await, None);
    }

    async fn of_several_hosts_at_once_one_decides(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        for round in 0..5 {
            let guest = waiting(&app, &room);
            assert!(put(&app, None, &guest).await);
            let hosts = (0..8).map(|n| {
                let status = if n % 2 == 0 { Status::Accepted } else { Status::Denied };
                let after = Entry { refusals: n, ..decided(&guest, status, &ann, now(&app)) };
                let (db, before) = (app.state.db.clone(), guest.clone());
                tokio::spawn(async move {
                    let mut lent = db.lend().await.expect("lent");
                    store::put_decision(&mut lent.conn(), &permit(), &before, &after).await.expect("answered").then_some(after)
                })
            });
            let won: Vec<_> = join_all(hosts).await.into_iter().filter_map(|done| done.expect("no panic")).collect();
            assert_eq!(won.len(), 1, "round {round}");
            assert_eq!(find(&app, &guest).await.as_ref(), Some(&won[0]));
        }
    }

    async fn hosts_who_disagree_in_the_same_moment_get_one_decision_and_no_error(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let hosts = join_all(["ben", "cleo", "dan", "eve"].map(|name| app.user(name))).await;
        for _ in 0..4 {
            let guest = waiting(&app, &room);
            assert!(put(&app, None, &guest).await);
            let decisions = hosts.iter().enumerate().map(|(n, host)| {
                let (state, room, host, id) = (app.state.clone(), room.clone(), host.clone(), guest.participant_id);
                tokio::spawn(async move { decisions::decide(&state, &room, &permit(), &host, id, n % 2 == 0).await })
            });
            for done in join_all(decisions).await {
                done.expect("no panic").expect("no error");
            }
            let after = find(&app, &guest).await.expect("there");
            let winner = hosts.iter().position(|host| Some(host.id) == after.decided_by).expect("one of them");
            assert_eq!(after.status == Status::Accepted, winner % 2 == 0, "all of it is one host's");
            assert_eq!(after.refusals, i32::from(winner % 2 == 1), "and counted once");
        }
    }

    async fn requests_of_one_browser_at_once_are_one_place_and_one_notice(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[]);
        let asker = Asker { participant_id: app.state.random.uuid(), user_id: None };
        let asked = (0..10).map(|n| {
            let (state, room, asker) = (app.state.clone(), room.clone(), asker.clone());
            tokio::spawn(async move { service::ask(&state, &room, &Standing::new(&room, Who::STRANGER), &knock(&asker, &format!("Name {n}"))).await })
        });
        let mut names = Vec::new();
        for verdict in join_all(asked).await {
            match verdict.expect("no panic").expect("no error") {
                Verdict::Waiting(entry) => names.push(entry.username),
                other => panic!("{other:?}"),
            }
        }
        assert!(names.len() == 10 && names.iter().all(|name| *name == names[0]), "{names:?}");
        assert_eq!(all(&app, &room).await, [asker.participant_id]);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let sent = app.livekit.calls().into_iter().filter(|call| matches!(call, Call::SendData { .. })).count();
        assert_eq!(sent, 1, "hosts hear of one who came");
    }

    async fn asking_and_deciding_at_once_loses_neither(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        for _ in 0..6 {
            let guest = waiting(&app, &room);
            assert!(put(&app, None, &guest).await);
            let asker = Asker { participant_id: guest.participant_id, user_id: None };
            let asks = (0..4).map(|_| {
                let (state, room, asker) = (app.state.clone(), room.clone(), asker.clone());
                tokio::spawn(async move { service::ask(&state, &room, &Standing::new(&room, Who::STRANGER), &knock(&asker, "x")).await.map(drop) })
            });
            let (state, there, host, id) = (app.state.clone(), room.clone(), ann.clone(), guest.participant_id);
            let decides = tokio::spawn(async move { decisions::decide(&state, &there, &permit(), &host, id, true).await });
            for done in join_all(asks.chain([decides])).await {
                done.expect("no panic").expect("no error");
            }
            assert_eq!(find(&app, &guest).await.map(|entry| entry.status), Some(Status::Accepted));
            let verdict = service::ask(&app.state, &room, &Standing::new(&room, Who::STRANGER), &knock(&asker, "x")).await.expect("asked");
            assert!(matches!(verdict, Verdict::In(_, Some(_))), "{verdict:?}");
        }
    }

    async fn giving_up_forgets_no_refusal(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let asker = Asker { participant_id: app.state.random.uuid(), user_id: None };
        for refusals in 1..4 {
            let Ok(Verdict::Waiting(entry)) = service::ask(&app.state, &room, &Standing::new(&room, Who::STRANGER), &knock(&asker, "x")).await else { panic!("waits") };
            assert_eq!(entry.refusals, refusals - 1);
            decisions::decide(&app.state, &room, &permit(), &ann, asker.participant_id, false).await.expect("refused");
            app.advance(TimeDelta::minutes(11));
            service::ask(&app.state, &room, &Standing::new(&room, Who::STRANGER), &knock(&asker, "x")).await.expect("asked");
            service::give_up(&app.state, room.id, &asker).await.expect("given up");
            // The page that listened goes away after that: it brings nobody back.
            let mut lent = app.state.db.lend().await.expect("lent");
            let soon = now(&app) + TimeDelta::seconds(8);
            store::stay(&mut lent.conn(), room.id, &[asker.participant_id], soon).await.expect("noted");
            drop(lent);
            assert!(decisions::waiting(&app.state, &room, &permit()).await.expect("listed").is_empty());
            service::sweep(&app.state).await.expect("swept");
            app.advance(TimeDelta::minutes(3));
        }
        app.advance(TimeDelta::hours(2));
        service::sweep(&app.state).await.expect("swept");
        assert!(all(&app, &room).await.is_empty(), "in the end it is forgotten");
    }

    async fn one_address_cannot_take_all_the_places(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        for _ in 0..500 {
            assert!(put(&app, None, &waiting(&app, &room)).await);
        }
        let ask = async |last: u8| {
            let asker = Asker { participant_id: app.state.random.uuid(), user_id: None };
            let from = Remote(std::net::Ipv4Addr::new(203, 0, 113, last).into());
            service::ask(&app.state, &room, &Standing::new(&room, Who::STRANGER), &Knock { from, ..knock(&asker, "x") }).await.is_ok()
        };
        for n in 0..100 {
            assert!(ask(1).await, "{n}");
        }
        assert!(!ask(1).await, "enough from there");
        assert!(ask(2).await, "others still come");
    }
}
