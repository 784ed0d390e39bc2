//! What somebody at the door hears.

use chrono::TimeDelta;
use serde_json::json;
use visavis::{
    livekit::fake::Call,
    lobby::{
        decisions,
        service::{give_up, stay},
        snapshot::View,
        streams,
    },
    presence::{
        model::{Kind, Participant, Report, What},
        service::hear,
    },
    rooms::{
        change,
        model::{AccessLevel, Room},
        request::Changes,
    },
    users::model::User,
};

use super::{Guest, next, room, silence, waiting};
use crate::{on_both, support::TestApp};

async fn decide(app: &TestApp, room: &Room, host: &User, guest: &Guest, allow: bool) {
    let (room, permit) = decisions::door(&app.state, host, &room.slug).await.expect("a host");
    decisions::decide(&app.state, &room, &permit, host, guest.id(), allow).await.expect("decided");
}

async fn level(app: &TestApp, room: &Room, host: &User, level: AccessLevel) {
    let changes = Changes { access_level: Some(level), ..Changes::default() };
    change::update(&app.state, host, room.id, changes).await.expect("changed");
}

async fn presence(app: &TestApp, room: &Room, user: &User, what: fn(Participant) -> What) {
    let at = app.state.clock.now();
    let who = Participant {
        sid: "PA_1".into(),
        identity: user.subject(),
        name: "Ann".into(),
        kind: Kind::Standard,
        joined_at: Some(at),
    };
    hear(&app.state, &Report { room: room.id, room_sid: "RM_1".into(), began: None, at, what: what(who) })
        .await
        .expect("noted");
}

on_both! {
    async fn who_waits_hears_of_everything_until_they_are_admitted(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let mut heard = guest.listen().await;
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        let (_, permit) = decisions::door(&app.state, &ann, &room.slug).await.expect("a host");
        decisions::say(&app.state, &room, &permit, &ann, " Five  minutes ").await.expect("said");
        let message = Some("Five minutes".to_owned());
        assert_eq!(next(&mut heard).await, Some(View::Waiting { place: 1, host_here: false, message: message.clone(), sign_in_helps: false }));
        presence(&app, &room, &ann, What::Joined).await;
        assert_eq!(next(&mut heard).await, Some(View::Waiting { place: 1, host_here: true, message: message.clone(), sign_in_helps: false }));
        presence(&app, &room, &ann, What::Left).await;
        assert_eq!(next(&mut heard).await, Some(View::Waiting { place: 1, host_here: false, message, sign_in_helps: false }));
        decisions::say(&app.state, &room, &permit, &ann, "").await.expect("taken back");
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        let other = Guest::new(&app, &room).await;
        silence(&mut heard).await;
        decide(&app, &room, &ann, &other, false).await;
        decide(&app, &room, &ann, &guest, true).await;
        assert_eq!(next(&mut heard).await, Some(View::Admitted));
        assert_eq!(next(&mut heard).await, None, "nothing follows");
        assert_eq!(next(&mut guest.listen().await).await, Some(View::Admitted), "nor for a page that comes later");
    }

    async fn who_is_refused_hears_when_they_may_ask_again(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let mut heard = guest.listen().await;
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        decide(&app, &room, &ann, &guest, false).await;
        let until = app.state.clock.now() + TimeDelta::seconds(5);
        assert_eq!((next(&mut heard).await, next(&mut heard).await), (Some(View::Refused(until)), None));
        app.advance(TimeDelta::seconds(5));
        guest.ask().await;
        assert_eq!(next(&mut guest.listen().await).await, Some(waiting(1)));
    }

    async fn places_move_up(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guests = [Guest::new(&app, &room).await, Guest::new(&app, &room).await, Guest::new(&app, &room).await];
        let mut last = guests[2].listen().await;
        assert_eq!(next(&mut last).await, Some(waiting(3)));
        decide(&app, &room, &ann, &guests[1], true).await;
        assert_eq!(next(&mut last).await, Some(waiting(2)));
        give_up(&app.state, room.id, &guests[0].visitor.asker).await.expect("gone");
        assert_eq!(next(&mut last).await, Some(waiting(1)));
    }

    async fn another_level_judges_everybody_anew_at_once(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        let (guest, signed_in) = (Guest::new(&app, &room).await, Guest::of(&app, &room, Some(&ben)).await);
        let (mut guests, mut bens) = (guest.listen().await, signed_in.listen().await);
        assert_eq!((next(&mut guests).await, next(&mut bens).await), (Some(waiting(1)), Some(waiting(2))));
        level(&app, &room, &ann, AccessLevel::Trusted).await;
        assert_eq!((next(&mut bens).await, next(&mut bens).await), (Some(View::Admitted), None));
        let told = View::Waiting { place: 1, host_here: false, message: None, sign_in_helps: true };
        assert_eq!(next(&mut guests).await, Some(told), "the guest hears that signing in would help");
        level(&app, &room, &ann, AccessLevel::Public).await;
        assert_eq!((next(&mut guests).await, next(&mut guests).await), (Some(View::Admitted), None));
    }

    async fn a_role_lets_in(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        let guest = Guest::of(&app, &room, Some(&ben)).await;
        let mut heard = guest.listen().await;
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        let body = json!({ "user": ben.id, "resource": room.id, "role": "member" }).to_string();
        assert_eq!(app.signed_in(&ann).await.post("/api/v1.0/resource-accesses/", body).await.status, 201);
        assert_eq!((next(&mut heard).await, next(&mut heard).await), (Some(View::Admitted), None));
    }

    async fn a_room_that_is_deleted_has_no_door(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let mut heard = guest.listen().await;
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        change::delete(&app.state, &ann, &room.slug).await.expect("deleted");
        assert_eq!((next(&mut heard).await, next(&mut heard).await), (Some(View::Gone), None));
        assert_eq!(guest.poll().await, View::Gone);
    }

    async fn who_waits_in_vain_is_told(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let mut heard = guest.listen().await;
        assert_eq!(next(&mut heard).await, Some(waiting(1)));
        app.advance(TimeDelta::hours(1));
        // Time alone would be seen with the next beat.
        let other = Guest::new(&app, &room).await;
        assert_eq!((next(&mut heard).await, next(&mut heard).await), (Some(View::TimedOut), None));
        assert_eq!(other.poll().await, waiting(1));
        guest.ask().await;
        assert_eq!(guest.poll().await, waiting(2), "and begins anew");
    }

    async fn the_cookie_alone_is_nobody(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        decide(&app, &room, &ann, &guest, true).await;
        let mut thief = guest.clone();
        thief.visitor.user = Some(ben.clone());
        thief.visitor.asker.user_id = Some(ben.id);
        assert_eq!((thief.poll().await, next(&mut thief.listen().await).await), (View::Gone, Some(View::Gone)));
        let mut stranger = guest.clone();
        stranger.visitor.asker.participant_id = app.state.random.uuid();
        assert_eq!((stranger.poll().await, next(&mut stranger.listen().await).await), (View::Gone, Some(View::Gone)));
        let elsewhere = Guest { room: super::room(&app, &ann).await, ..guest.clone() };
        assert_eq!((elsewhere.poll().await, guest.poll().await), (View::Gone, View::Admitted));
    }

    async fn asking_instead_of_listening_keeps_the_place(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[]);
        let (first, second) = (Guest::new(&app, &room).await, Guest::new(&app, &room).await);
        for _ in 0..10 {
            app.advance(TimeDelta::seconds(10));
            assert_eq!((first.poll().await, second.poll().await), (waiting(1), waiting(2)));
        }
        // Away for a minute: others are before them, until they are back.
        app.advance(TimeDelta::seconds(60));
        assert_eq!((second.poll().await, first.poll().await, second.poll().await), (waiting(1), waiting(1), waiting(2)));
        let notices = async || {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            app.livekit.calls().into_iter().filter(|call| matches!(call, Call::SendData { .. })).count()
        };
        assert_eq!(notices().await, 4, "each who came, and came back");
        app.advance(TimeDelta::seconds(12 + 120));
        assert_eq!(first.poll().await, View::Gone, "a place is not kept for ever");
        assert_eq!(next(&mut first.listen().await).await, Some(View::Gone));
        assert_eq!(notices().await, 4);
        first.ask().await;
        assert_eq!(first.poll().await, waiting(1));
    }

    async fn nobody_keeps_a_place_for_somebody_else(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let before = guest.stored().await;
        let mut other = guest.visitor.clone();
        other.asker.user_id = Some(ben.id);
        other.user = Some(ben);
        assert_eq!(streams::poll(&app.state, room.id, &other).await.expect("seen"), View::Gone);
        stay(&app.state, room.id, &other.asker, TimeDelta::hours(1)).await.expect("nothing done");
        give_up(&app.state, room.id, &other.asker).await.expect("nothing done");
        assert_eq!(guest.stored().await, before);
        assert_eq!(guest.poll().await, waiting(1));
    }
}
