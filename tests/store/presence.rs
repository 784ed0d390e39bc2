//! Who is where, as LiveKit tells it: in any order, more than once, and of rooms that are gone.

use chrono::{DateTime, TimeDelta, Utc};
use visavis::{
    accounts::leaving::{Will, leave},
    livekit::{Device, Identity, colour},
    presence::{
        model::{Kind, Participant, Report, What},
        service::{Person, counts, hear, people},
        store,
    },
    rooms::{
        model::{Access, AccessLevel, Role, Room},
        permissions::{self, Who},
        service::{NewRoom, create},
    },
    users::{self, model::User},
};

use crate::{on_both, support::TestApp};

async fn room(app: &TestApp, owner: &User) -> Room {
    let new = NewRoom { access_level: Some(AccessLevel::Public), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

fn now(app: &TestApp) -> DateTime<Utc> {
    app.state.clock.now()
}

fn somebody(identity: &str, sid: &str, at: DateTime<Utc>) -> Participant {
    Participant {
        sid: sid.into(),
        identity: identity.into(),
        name: format!("N {identity}"),
        kind: Kind::Standard,
        joined_at: Some(at),
    }
}

async fn tell(app: &TestApp, room: &Room, sid: &str, what: What) {
    let at = now(app);
    hear(&app.state, &Report { room: room.id, room_sid: sid.into(), began: None, at, what }).await.expect("noted");
}

async fn count(app: &TestApp, room: &Room) -> i64 {
    counts(&app.state, &[room.id]).await.expect("counted").get(&room.id).copied().unwrap_or_default()
}

async fn names(app: &TestApp, room: &Room) -> Vec<Person> {
    let permit = permissions::enter(AccessLevel::Public, Who::STRANGER).expect("open");
    people(&app.state, room.id, &permit).await.expect("read")
}

async fn host_is_here(app: &TestApp, room: &Room) -> bool {
    store::host_is_here(&mut app.state.db.lend().await.expect("lent").conn(), room.id).await.expect("read")
}

on_both! {
    async fn people_come_and_go(app: TestApp) {
        let ann = app.user("ann").await;
        let (one, two) = (room(&app, &ann).await, room(&app, &ann).await);
        let came = now(&app);
        tell(&app, &one, "RM_1", What::Started).await;
        assert_eq!(count(&app, &one).await, 0, "made is not entered");
        tell(&app, &one, "RM_1", What::Joined(somebody("a", "PA_1", came))).await;
        app.advance(TimeDelta::seconds(1));
        tell(&app, &one, "RM_1", What::Joined(somebody("b", "PA_2", now(&app)))).await;
        tell(&app, &two, "RM_2", What::Joined(somebody("a", "PA_3", now(&app)))).await;
        let all = counts(&app.state, &[one.id, two.id, uuid::Uuid::nil()]).await.expect("counted");
        assert_eq!(all, [(one.id, 2), (two.id, 1)].into());
        assert_eq!(counts(&app.state, &[]).await.expect("counted"), [].into());
        let first = Person { name: "N a".into(), color: colour("a"), since: came };
        assert_eq!(names(&app, &one).await[0], first, "longest first");
        tell(&app, &one, "RM_1", What::Left(somebody("a", "PA_1", came))).await;
        assert_eq!(names(&app, &one).await.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["N b"]);
        tell(&app, &one, "RM_1", What::Finished).await;
        assert_eq!((count(&app, &one).await, count(&app, &two).await), (0, 1));
        tell(&app, &one, "RM_1", What::Joined(somebody("c", "PA_9", now(&app)))).await;
        assert_eq!(count(&app, &one).await, 0, "a late word of a meeting that is over");
        let meeting = store::meeting(&mut app.state.db.lend().await.expect("lent").conn(), "RM_1").await.expect("read").expect("there");
        assert_eq!((meeting.room_id, meeting.started_at, meeting.finished_at), (one.id, came, Some(came + TimeDelta::seconds(1))));
    }

    async fn who_left_before_coming_is_not_there(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let came = now(&app);
        app.advance(TimeDelta::seconds(5));
        for _ in 0..2 {
            tell(&app, &room, "RM_1", What::Left(somebody("a", "PA_1", came))).await;
            tell(&app, &room, "RM_1", What::Joined(somebody("a", "PA_1", came))).await;
            assert_eq!(count(&app, &room).await, 0);
        }
        let stay = store::stay(&mut app.state.db.lend().await.expect("lent").conn(), room.id, "PA_1").await.expect("read").expect("there");
        assert_eq!((stay.joined_at, stay.left_at), (came, Some(came + TimeDelta::seconds(5))));
    }

    async fn a_reload_is_one_person_and_a_second_device_is_two(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        for (identity, sid) in [("a~abcdefgh", "PA_1"), ("a~abcdefgh", "PA_2"), ("a~bcdefghi", "PA_3")] {
            tell(&app, &room, "RM_1", What::Joined(somebody(identity, sid, now(&app)))).await;
        }
        assert_eq!((count(&app, &room).await, names(&app, &room).await.len()), (2, 2));
        tell(&app, &room, "RM_1", What::Left(somebody("a~abcdefgh", "PA_1", now(&app)))).await;
        assert_eq!(count(&app, &room).await, 2, "only the older one ended");
    }

    async fn recorders_and_agents_are_not_people(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        for (sid, kind) in [("PA_1", Kind::Egress), ("PA_2", Kind::Agent), ("PA_3", Kind::Sip)] {
            let who = Participant { kind, ..somebody(sid, sid, now(&app)) };
            tell(&app, &room, "RM_1", What::Joined(who)).await;
        }
        assert_eq!((count(&app, &room).await, names(&app, &room).await.len()), (1, 1), "the telephone");
    }

    async fn a_host_is_here_by_any_device(app: TestApp) {
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let (room, other) = (room(&app, &ann).await, room(&app, &ben).await);
        for (user, role) in [(&ben, Role::Member), (&cleo, Role::Administrator)] {
            let access = Access { id: app.state.random.uuid(), room_id: room.id, user_id: user.id, role, created_at: now(&app) };
            let mut lent = app.state.db.lend().await.expect("lent");
            visavis::rooms::store::insert_access(&mut lent.conn(), &access).await.expect("given");
        }
        for (user, sid, host) in [(&ben, "PA_1", false), (&cleo, "PA_2", true), (&ann, "PA_3", true)] {
            let identity = Identity::new(user.subject(), Some(Device::random(&app.state.random))).to_string();
            tell(&app, &room, "RM_1", What::Joined(somebody(&identity, sid, now(&app)))).await;
            assert_eq!((host_is_here(&app, &room).await, host_is_here(&app, &other).await), (host, false), "{sid}");
            tell(&app, &room, "RM_1", What::Left(somebody(&identity, sid, now(&app)))).await;
            assert!(!host_is_here(&app, &room).await, "gone");
        }
        tell(&app, &room, "RM_1", What::Joined(Participant { kind: Kind::Sip, ..somebody(&ann.subject(), "PA_4", now(&app)) })).await;
        assert!(!host_is_here(&app, &room).await, "a telephone proves nothing by its name");
    }

    async fn an_account_is_known_by_its_subject(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (sql, sub) = ("UPDATE users SET sub = $2 WHERE id = $1", ann.id.to_string());
        let mut lent = app.state.db.lend().await.expect("lent");
        let conn = &mut lent.conn();
        visavis::on_db!(conn, c => sqlx::query(sql).bind(ben.id).bind("idp|1").execute(c).await.map(drop)).expect("set");
        assert_eq!(users::store::by_subject(conn, &sub).await.expect("read").map(|user| user.id), Some(ann.id));
        assert_eq!(users::store::by_subject(conn, "idp|1").await.expect("read").map(|user| user.id), Some(ben.id));
        assert_eq!(users::store::by_subject(conn, &ben.id.to_string()).await.expect("read").map(|user| user.id), None, "who has a subject goes by it");
        assert_eq!(users::store::by_subject(conn, "nobody").await.expect("read").map(|user| user.id), None);
    }

    async fn what_livekit_says_of_a_room_that_is_gone_is_nothing(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        tell(&app, &room, "RM_1", What::Joined(somebody("a", "PA_1", now(&app)))).await;
        visavis::rooms::change::delete(&app.state, &ann, &room.slug).await.expect("deleted");
        tell(&app, &room, "RM_1", What::Joined(somebody("b", "PA_2", now(&app)))).await;
        let mut lent = app.state.db.lend().await.expect("lent");
        let stay = store::stay(&mut lent.conn(), room.id, "PA_1").await.expect("read");
        assert_eq!((stay, store::meeting(&mut lent.conn(), "RM_1").await.expect("read")), (None, None));
    }

    async fn an_event_is_heard_once(app: TestApp) {
        let mut lent = app.state.db.lend().await.expect("lent");
        let at = now(&app);
        assert!(store::hear(&mut lent.conn(), "EV_1", at).await.expect("kept"));
        assert!(!store::hear(&mut lent.conn(), "EV_1", at).await.expect("known"));
        assert!(store::hear(&mut lent.conn(), "EV_2", at).await.expect("kept"));
    }

    async fn who_leaves_for_good_leaves_no_stays_behind(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        for (user, sid, over) in [(&ben, "PA_1", true), (&ben, "PA_2", false), (&ann, "PA_3", true)] {
            let who = somebody(&user.subject(), sid, now(&app));
            tell(&app, &room, "RM_1", What::Joined(who.clone())).await;
            if over {
                tell(&app, &room, "RM_1", What::Left(who)).await;
            }
        }
        let mut lent = app.state.db.lend().await.expect("lent");
        let own = store::stays_of(&mut lent.conn(), ben.id).await.expect("read");
        assert_eq!(own.iter().map(|stay| stay.participant_sid.as_str()).collect::<Vec<_>>(), ["PA_1", "PA_2"]);
        drop(lent);
        leave(&app.state, ben.id, &Will::default()).await.expect("gone");
        let mut lent = app.state.db.lend().await.expect("lent");
        let there = [
            store::stay(&mut lent.conn(), room.id, "PA_1").await.expect("read").map(|stay| stay.user_id),
            store::stay(&mut lent.conn(), room.id, "PA_2").await.expect("read").map(|stay| stay.user_id),
            store::stay(&mut lent.conn(), room.id, "PA_3").await.expect("read").map(|stay| stay.user_id),
        ];
        assert_eq!(there, [None, Some(None), Some(Some(ann.id))], "who is in a call just now is in it, as nobody we know");
    }
}
