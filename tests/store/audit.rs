//! The log of a room: who reads it, whose names it still knows, and when it goes.

use chrono::TimeDelta;
use visavis::{
    error::Error,
    http::work::sweep,
    i18n::Lang,
    moderation::log::{self, told::Whom},
    rooms::{
        audit::{self, Action, Target},
        links,
        model::{Access, Role, Room},
        permissions::{self, Who},
        request::Changes,
        service::{NewRoom, create, find},
        store,
    },
    users::model::User,
};

use crate::{on_both, support::TestApp};

async fn note(app: &TestApp, room: &Room, by: &User, action: Action, target: Target<'_>) {
    app.advance(TimeDelta::seconds(1));
    let mut lent = app.state.db.lend().await.expect("lent");
    audit::note(&mut lent.conn(), &app.state, room.id, Some(by.id), action, target, None).await.expect("noted");
}

async fn made(app: &TestApp, owner: &User, name: &str) -> Room {
    let new = NewRoom { name: Some(name.to_owned()), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

fn owner() -> permissions::Permit<permissions::Update> {
    permissions::update(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER }).expect("allowed")
}

on_both! {
    async fn hosts_alone_read_it_and_of_their_room_alone(app: TestApp) {
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let (room, other) = (made(&app, &ann, "Round").await, made(&app, &ann, "Other").await);
        note(&app, &room, &ann, Action::Muted, Target::Account(ben.id)).await;
        note(&app, &other, &ann, Action::Ended, Target::None).await;
        let page = log::page(&app.state, &ann, "round", 1).await.expect("read");
        assert_eq!(page.lines.iter().map(|line| line.action).collect::<Vec<_>>(), [Action::Muted]);
        // Who runs one meeting does not read of the others; nor does a member.
        let permit = permissions::appoint(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER }).expect("allowed");
        let mut lent = app.state.db.lend().await.expect("lent");
        store::insert_cohost(&mut lent.conn(), &permit, room.id, ben.id, app.state.clock.now()).await.expect("named");
        let access = Access { id: app.state.random.uuid(), room_id: room.id, user_id: cleo.id, role: Role::Member, created_at: app.state.clock.now() };
        store::insert_access(&mut lent.conn(), &access).await.expect("given");
        drop(lent);
        for nobody in [&ben, &cleo] {
            assert!(matches!(log::page(&app.state, nobody, "round", 1).await, Err(Error::Forbidden)));
            assert!(matches!(log::csv(&app.state, nobody, "round", Lang::En).await, Err(Error::Forbidden)));
        }
        assert!(matches!(log::page(&app.state, &ann, "nowhere", 1).await, Err(Error::NotFound)));
    }

    async fn names_are_those_of_today_and_go_with_their_accounts(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = made(&app, &ann, "Round").await;
        let guest = app.state.random.uuid().to_string();
        note(&app, &room, &ann, Action::Removed, Target::Participant(&guest)).await;
        note(&app, &room, &ben, Action::Muted, Target::Account(ben.id)).await;
        let lines = log::page(&app.state, &ann, "round", 1).await.expect("read").lines;
        assert_eq!((&lines[0].who, &lines[0].whom), (&Whom::Named("ben".into()), &Whom::Named("ben".into())), "the latest first");
        assert_eq!(lines[1].whom, Whom::Guest);
        visavis::users::profile::rename(&app.state, &ben, "Benjamin").await.expect("renamed");
        assert_eq!(log::page(&app.state, &ann, "round", 1).await.expect("read").lines[0].who, Whom::Named("Benjamin".into()));
        // LiveKit tells that the guest was there: their name is known while that is kept.
        let at = app.state.clock.now().timestamp().to_string();
        let event = serde_json::json!({
            "event": "participant_joined", "id": "EV_1", "createdAt": at,
            "room": { "sid": "RM_1", "name": room.id, "creationTime": at },
            "participant": { "sid": "PA_1", "identity": guest, "name": "=Mallory()", "state": "ACTIVE", "joinedAt": at },
        });
        assert_eq!(app.webhook(&event.to_string()).await.status, 200);
        app.work().await;
        let lines = log::page(&app.state, &ann, "round", 1).await.expect("read").lines;
        assert_eq!(lines[1].whom, Whom::Named("=Mallory()".into()));
        let (_, csv) = log::csv(&app.state, &ann, "round", Lang::En).await.expect("read");
        assert!(csv.contains("\"'=Mallory()\"") && csv.lines().count() == 3, "{csv}");
        // The account goes, its name with it.
        visavis::on_db!(&mut app.state.db.lend().await.expect("lent").conn(), c => sqlx::query("DELETE FROM users WHERE id = $1").bind(ben.id).execute(c).await.map(drop)).expect("gone");
        let lines = log::page(&app.state, &ann, "round", 1).await.expect("read").lines;
        assert_eq!((&lines[0].who, &lines[0].whom), (&Whom::Somebody, &Whom::Somebody));
    }

    async fn every_line_is_on_one_page_and_gone_after_its_days(app: TestApp) {
        let ann = app.user("ann").await;
        let room = made(&app, &ann, "Round").await;
        for _ in 0..log::PAGE + 3 {
            note(&app, &room, &ann, Action::MutedAll, Target::None).await;
        }
        let of = async |page| log::page(&app.state, &ann, "round", page).await.expect("read");
        let (first, last) = (of(1).await, of(2).await);
        assert_eq!((first.lines.len() as i64, last.lines.len(), first.pages, last.page), (log::PAGE, 3, 2, 2));
        assert!(first.lines.last().expect("some").at > last.lines[0].at);
        for (asked, got) in [(0, 1), (-7, 1), (3, 2), (i64::MAX, 2), (i64::MIN, 1)] {
            assert_eq!(of(asked).await.page, got);
        }
        app.advance(TimeDelta::days(179));
        note(&app, &room, &ann, Action::Ended, Target::None).await;
        app.advance(TimeDelta::days(1));
        sweep(app.state.clone()).await.expect("swept");
        assert_eq!(of(1).await.lines.iter().map(|line| line.action).collect::<Vec<_>>(), [Action::Ended]);
    }

    async fn what_is_decided_at_the_door_is_noted_once(app: TestApp) {
        let ann = app.user("ann").await;
        let door = crate::routes::lobby::Door::new(&app, "restricted").await;
        let room = find(&app.state, &door.slug).await.expect("there");
        let permit = Access { id: app.state.random.uuid(), room_id: room.id, user_id: ann.id, role: Role::Administrator, created_at: app.state.clock.now() };
        store::insert_access(&mut app.state.db.lend().await.expect("lent").conn(), &permit).await.expect("given");
        let mut guests = Vec::new();
        for name in ["Karim", "Mia", "Zoe", "Tom"] {
            let mut guest = crate::routes::lobby::Browser::new(app.anonymous());
            guests.push(guest.knocks(&door.slug, name).await["id"].clone());
        }
        assert_eq!(door.decide(&guests[0], false).await.0, 200);
        app.advance(TimeDelta::seconds(1));
        assert_eq!(door.decide(&guests[1], true).await.0, 200);
        // The same once more is no other decision.
        app.advance(TimeDelta::seconds(1));
        let (room, permit) = visavis::lobby::decisions::door(&app.state, &ann, &door.slug).await.expect("a host");
        assert_eq!(visavis::lobby::decisions::admit_all(&app.state, &room, &permit, &ann).await.expect("done"), 2);
        let lines = log::page(&app.state, &ann, &door.slug, 1).await.expect("read").lines;
        let mut told: Vec<_> = lines.iter().map(|line| line.sentence(Lang::En).replace(['\u{2068}', '\u{2069}'], "")).collect();
        told.iter_mut().for_each(|line| *line = line.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned()));
        told.sort();
        let what: Vec<&str> = told.iter().map(|line| line.as_str()).collect();
        assert_eq!(what.len(), 5, "{told:?}");
        for sentence in ["admitted everybody who was waiting", "refused Karim", "admitted Mia", "admitted Zoe", "admitted Tom"] {
            assert_eq!(what.iter().filter(|line| line.ends_with(sentence)).count(), 1, "{sentence}: {told:?}");
        }
    }

    async fn a_former_link_is_given_up_and_free(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = made(&app, &ann, "Monday round").await;
        let changes = |name: &str| Changes { name: Some(name.to_owned()), ..Changes::default() };
        let room = visavis::rooms::change::update(&app.state, &ann, room.id, changes("Tuesday round")).await.expect("renamed");
        assert_eq!(links::former(&app.state, &owner(), &room).await.expect("read"), ["monday-round"]);
        assert!(matches!(links::give_up(&app.state, &ben, room.id, "monday-round").await, Err(Error::Forbidden)));
        assert!(matches!(links::give_up(&app.state, &ann, room.id, "tuesday-round").await, Err(Error::Conflict("link_in_use"))));
        let other = made(&app, &ben, "Other").await;
        links::give_up(&app.state, &ann, room.id, "other").await.expect("nothing");
        assert_eq!(find(&app.state, "other").await.expect("stays").id, other.id);
        for _ in 0..2 {
            links::give_up(&app.state, &ann, room.id, "monday-round").await.expect("given up");
        }
        assert!(matches!(find(&app.state, "monday-round").await, Err(Error::NotFound)));
        assert_eq!(find(&app.state, "tuesday-round").await.expect("stays").id, room.id);
        assert_eq!(made(&app, &ben, "Monday round").await.slug, "monday-round");
        let lines = log::page(&app.state, &ann, "tuesday-round", 1).await.expect("read").lines;
        assert_eq!(lines.iter().map(|line| line.detail.as_str()).collect::<Vec<_>>(), ["link", "name"], "once, and by who might");
    }
}
