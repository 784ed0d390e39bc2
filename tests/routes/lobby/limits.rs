//! What a room asks of its call besides: a host in it, and no more people than it takes. No admission and no link makes up for that.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};
use visavis::{
    guest_links::{self, model::New},
    livekit::{
        Identity,
        fake::{Answer, Call},
    },
    lobby::{
        model::{Asker, Status},
        now::Standing,
        service::{Stands, stands},
        snapshot::View,
        store,
        streams::{self, Visitor},
    },
    moderation::{self, lock},
    presence::{
        model::{Kind, Participant, Report, What},
        service::hear,
    },
    rooms::{
        door::{self, DoorSettings},
        model::{AccessLevel, Room},
        service::{NewRoom, create, find},
    },
    users::model::User,
    web::{
        device,
        remote::{Remote, UNKNOWN},
    },
};

use super::Browser;
use crate::{on_both, routes::moderation::acts::finished, support::TestApp};

const FREE: DoorSettings = DoorSettings { max_participants: None, hosts_required: false, verified_only: false };

async fn room(app: &TestApp, owner: &User, level: AccessLevel, door: DoorSettings) -> Room {
    let new = NewRoom { access_level: Some(level), ..NewRoom::default() };
    let room = create(&app.state, Some(owner), new).await.expect("made");
    door::set(&app.state, owner, room.id, door).await.expect("set");
    find(&app.state, &room.slug).await.expect("there")
}

/// LiveKit says that somebody came, or left.
async fn told(app: &TestApp, room: &Room, identity: &str, what: fn(Participant) -> What) {
    let (at, sid) = (app.state.clock.now(), format!("PA_{identity}"));
    let who =
        Participant { sid, identity: identity.into(), name: "x".into(), kind: Kind::Standard, joined_at: Some(at) };
    hear(&app.state, &Report { room: room.id, room_sid: "RM_1".into(), began: None, at, what: what(who) })
        .await
        .expect("noted");
}

fn own(app: &TestApp, user: &User) -> String {
    Identity::new(user.subject(), Some(device::tag(&app.state, app.state.random.uuid()))).to_string()
}

fn asker(browser: &Value) -> Asker {
    Asker { participant_id: browser["id"].as_str().and_then(|id| id.parse().ok()).expect("an id"), user_id: None }
}

/// What the room's page finds.
async fn page(app: &TestApp, room: &Room, asker: &Asker) -> Stands {
    let room = find(&app.state, &room.slug).await.expect("there");
    let browser = device::Browser::known_as(asker.participant_id);
    let standing = Standing::of(&app.state, &room, None, &browser).await.expect("looked");
    stands(&app.state, &room, &standing, asker).await.expect("looked")
}

async fn view(app: &TestApp, room: &Room, asker: &Asker) -> View {
    streams::poll(&app.state, room.id, &Visitor { asker: asker.clone(), user: None }).await.expect("seen")
}

on_both! {
    async fn without_a_host_nobody_comes_in_whatever_was_decided(app: TestApp) {
        let ann = app.user("ann").await;
        let door = DoorSettings { hosts_required: true, ..FREE };
        for level in [AccessLevel::Restricted, AccessLevel::Public] {
            let room = room(&app, &ann, level, door).await;
            let (slug, host, ours) = (room.slug.clone(), app.signed_in(&ann).await, own(&app, &ann));
            let (mut karim, mut lea) = (Browser::new(app.anonymous()), Browser::new(app.anonymous()));
            // Let in from the page of the door, by a host who is not in the call; and past the lobby, by a link.
            let (first, second) = (asker(&karim.knocks(&slug, "Karim").await), asker(&lea.knocks(&slug, "Lea").await));
            let body = json!({ "participant_id": first.participant_id, "allow_entry": true }).to_string();
            let decided = host.post(&format!("/api/v1.0/rooms/{}/enter/", room.id), body).await.status;
            assert_eq!(decided == 200, level == AccessLevel::Restricted, "{decided}");
            let new = New { name: "For the noisy ones".into(), may_pass: true, lasts: TimeDelta::hours(1), max_uses: None };
            let link = guest_links::service::make(&app.state, &ann, room.id, new).await.expect("made");
            let token = guest_links::service::shown(&app.state, &ann, &link.to_string()).await.expect("told");
            guest_links::service::enter(&app.state, Remote(UNKNOWN), (&slug, &token), &second, None).await.expect("by the link");
            for round in 0..2 {
                for (browser, name, who) in [(&mut karim, "Karim", &first), (&mut lea, "Lea", &second)] {
                    let answer = browser.knocks(&slug, name).await;
                    assert_eq!((&answer["status"], &answer["livekit"], &answer["username"]), (&json!("waiting"), &json!(null), &json!(name)), "{level:?} {round}");
                    assert!(!matches!(page(&app, &room, who).await, Stands::Admitted(_)), "nobody learns who is inside");
                    assert!(matches!(view(&app, &room, who).await, View::Waiting { host_here: false, .. }), "{level:?} {name}");
                }
            }
            let mut lent = app.state.db.lend().await.expect("lent");
            let kept = store::find(&mut lent.conn(), room.id, second.participant_id).await.expect("read").expect("there");
            drop(lent);
            assert_eq!(kept.status, Status::Accepted, "what was decided is kept");
            told(&app, &room, &ours, What::Joined).await;
            for (browser, name, who) in [(&mut karim, "Karim", &first), (&mut lea, "Lea", &second)] {
                assert_eq!(view(&app, &room, who).await, View::Admitted, "{level:?} {name}");
                assert!(level == AccessLevel::Public || matches!(page(&app, &room, who).await, Stands::Admitted(_)));
                let answer = browser.knocks(&slug, name).await;
                assert_eq!((&answer["status"], &answer["username"]), (&json!("accepted"), &json!(name)), "not what hosts call a link");
            }
            told(&app, &room, &ours, What::Left).await;
            assert_eq!(karim.knocks(&slug, "Karim").await["status"], "waiting", "the host has gone");
        }
    }

    async fn an_old_admission_tells_nothing_of_a_room_that_does_not_open_to_it(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, AccessLevel::Restricted, FREE).await;
        let (host, mut karim) = (app.signed_in(&ann).await, Browser::new(app.anonymous()));
        let who = asker(&karim.knocks(&room.slug, "Karim").await);
        let body = json!({ "participant_id": who.participant_id, "allow_entry": true }).to_string();
        assert_eq!(host.post(&format!("/api/v1.0/rooms/{}/enter/", room.id), body).await.status, 200);
        assert!(matches!(page(&app, &room, &who).await, Stands::Admitted(_)));
        let limit = DoorSettings { max_participants: Some(2), ..FREE };
        door::set(&app.state, &ann, room.id, limit).await.expect("set");
        for other in ["lea", "mia"] {
            told(&app, &room, other, What::Joined).await;
        }
        assert!(matches!(page(&app, &room, &who).await, Stands::Nowhere), "full");
        door::set(&app.state, &ann, room.id, FREE).await.expect("set");
        assert!(matches!(page(&app, &room, &who).await, Stands::Admitted(_)));
        app.advance(TimeDelta::seconds(1));
        let on = moderation::of(&app.state, &ann, &room.slug).await.expect("the owner");
        lock::set(&app.state, &on, true).await.expect("locked");
        assert!(matches!(page(&app, &room, &who).await, Stands::Nowhere), "locked since");
    }

    async fn as_many_come_in_as_there_are_places_and_livekit_is_told(app: TestApp) {
        const MOST: usize = 3;
        let ann = app.user("ann").await;
        let limit = DoorSettings { max_participants: Some(3), ..FREE };
        let room = room(&app, &ann, AccessLevel::Public, limit).await;
        let mut all: Vec<_> = (0..MOST + 5).map(|_| Browser::new(app.anonymous())).collect();
        let answers = join_all(all.iter_mut().map(|one| one.knocks(&room.slug, "Karim"))).await;
        let inside: Vec<_> = answers.iter().enumerate().filter(|(_, answer)| answer["status"] == "accepted").map(|(at, _)| at).collect();
        assert_eq!(inside.len(), MOST, "{answers:?}");
        assert_eq!(answers.iter().filter(|answer| !answer["livekit"].is_null()).count(), MOST);
        let made = Call::CreateRoom { name: room.id.to_string(), most: Some(4) };
        assert!(app.livekit.calls().contains(&made), "with a place for its host besides: {:?}", app.livekit.calls());
        let outside = (0..all.len()).find(|at| !inside.contains(at)).expect("somebody");
        assert_eq!(view(&app, &room, &asker(&answers[outside])).await, View::Full);
        // Who has a place keeps it, hosts need none.
        assert_eq!(all[inside[0]].knocks(&room.slug, "Karim").await["status"], "accepted");
        assert_eq!(Browser::new(app.signed_in(&ann).await).knocks(&room.slug, "Ann").await["status"], "accepted");
        // Two come, one does not.
        for at in &inside[..2] {
            told(&app, &room, answers[*at]["id"].as_str().expect("an id"), What::Joined).await;
        }
        assert_eq!(all[outside].knocks(&room.slug, "Karim").await["status"], "waiting");
        app.advance(TimeDelta::seconds(21));
        let answers = join_all(all.iter_mut().map(|one| one.knocks(&room.slug, "Karim"))).await;
        assert_eq!(answers.iter().filter(|answer| answer["status"] == "accepted").count(), MOST);
        for at in &inside[..2] {
            assert_eq!(answers[*at]["status"], "accepted", "from a reload");
        }
        visavis::presence::service::sweep(&app.state).await.expect("swept");
        assert_eq!(all[outside].knocks(&room.slug, "Karim").await["status"] == "accepted", answers[outside]["status"] == "accepted");
    }

    async fn a_limit_that_is_raised_while_a_call_runs_holds_from_the_next_one(app: TestApp) {
        let ann = app.user("ann").await;
        let limited = |most| DoorSettings { max_participants: most, ..FREE };
        let room = room(&app, &ann, AccessLevel::Public, limited(Some(2))).await;
        let set = async |most| door::set(&app.state, &ann, room.id, limited(most)).await.expect("set");
        let held = async || find(&app.state, &room.slug).await.expect("there").meeting_limit;
        set(Some(3)).await;
        assert_eq!(held().await, None, "nothing runs");
        set(Some(2)).await;
        let mut all: Vec<_> = (0..3).map(|_| Browser::new(app.anonymous())).collect();
        for (at, one) in all.iter_mut().enumerate() {
            let answer = one.knocks(&room.slug, "Karim").await;
            assert_eq!(answer["status"] == "accepted", at < 2);
            if at < 2 {
                told(&app, &room, answer["id"].as_str().expect("an id"), What::Joined).await;
            }
        }
        // LiveKit would refuse a third: so do we, and say so, instead of handing out a token that is good for nothing.
        for most in [Some(10), None, Some(4)] {
            set(most).await;
            assert_eq!(held().await, Some(2), "{most:?}");
            assert_eq!(all[2].knocks(&room.slug, "Karim").await["status"], "waiting", "{most:?}");
        }
        // LiveKit cannot be asked for a moment: what was known holds.
        app.livekit.answer(Answer::Unreachable);
        set(Some(5)).await;
        app.livekit.answer(Answer::Ok);
        assert_eq!(held().await, Some(2));
        // A mistake can be undone.
        set(Some(2)).await;
        assert_eq!(held().await, None);
        set(Some(4)).await;
        assert_eq!(held().await, Some(2));
        finished(&app, &room).await;
        assert_eq!(held().await, None, "the next one has the new limit");
    }
}
