//! Removal holds: at the door, against old tokens, in another tab, on another device, signed out.

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use visavis::{
    livekit::{Identity, client::ParticipantInfo, fake::Answer, tokens::Source},
    lobby::now::Standing,
    moderation::removed::may_connect,
    presence::reconcile::{Depth, run},
    random::Random,
    rooms::{
        model::{AccessLevel, Role, Room},
        service::{NewRoom, create},
    },
    state::AppState,
    users::model::User,
    web::device,
};

use super::{about, acts::finished, done, identity, locked::lock, loud, people, post, signed};
use crate::{
    on_both,
    routes::accesses::give,
    support::{Client, TestApp},
};

/// Somebody's browser, with or without a session.
pub struct Browser {
    pub id: Uuid,
    pub client: Client,
}

impl Browser {
    pub fn of(app: &TestApp, client: Client) -> Self {
        let id = app.state.random.uuid();
        let cookie = app.state.keys.sign_device(&id.to_string());
        Self { id, client: client.with("cookie", &format!("lobbyParticipantId={cookie}")) }
    }

    /// The same browser, signed in or out.
    fn with(&self, app: &TestApp, client: Client) -> Client {
        client.with("cookie", &format!("lobbyParticipantId={}", app.state.keys.sign_device(&self.id.to_string())))
    }
}

/// What becomes of asking to come in.
pub async fn knock(client: &Client, room: &Room) -> String {
    let path = format!("/api/v1.0/rooms/{}/request-entry/", room.id);
    let answer = client.post(&path, json!({ "username": "Karim" }).to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let body = answer.json();
    assert_eq!(body["status"] == "accepted", !body["livekit"].is_null(), "{body}");
    body["status"].as_str().expect("a status").to_owned()
}

/// Whether the room hands a token to who only looks at it.
pub async fn token(client: &Client, room: &Room) -> bool {
    client.get(&format!("/api/v1.0/rooms/{}/", room.id)).await.json().get("livekit").is_some()
}

pub async fn public(app: &TestApp, owner: &User) -> Room {
    let new = NewRoom { access_level: Some(AccessLevel::Public), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

pub fn set(app: &TestApp, room: &Room, all: &[ParticipantInfo]) {
    app.livekit.set_room(&room.id.to_string(), "RM_1", all);
}

async fn removed(client: &Client, room: &Room) -> Vec<Value> {
    let answer = client.get(&format!("/api/v1.0/rooms/{}/removed/", room.id)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["removed"].as_array().expect("a list").clone()
}

async fn let_back(client: &Client, room: &Room, one: &Value) -> u16 {
    let path = format!("/api/v1.0/rooms/{}/removed/{}/", room.id, one["id"].as_str().expect("an id"));
    client.call(Method::DELETE, &path, "").await.status.as_u16()
}

pub async fn joined(app: &TestApp, room: &Room, identity: &str, at: i64) {
    let at = at.to_string();
    let event = json!({
        "event": "participant_joined", "id": format!("EV_{}", app.state.random.uuid()), "createdAt": at,
        "room": { "sid": "RM_1", "name": room.id, "creationTime": at },
        "participant": { "sid": format!("PA_{identity}"), "identity": identity, "name": "x", "state": "ACTIVE", "joinedAt": at },
    });
    assert_eq!(app.webhook(&event.to_string()).await.status, 200);
    app.work().await;
}

/// Whether somebody with such a token gets through to LiveKit.
pub async fn connects(app: &TestApp, room: &Room, identity: &str) -> bool {
    let token = signed(app, room, identity);
    may_connect(&app.state, &app.state.livekit.verify(&token).expect("ours")).await.expect("asked")
}

async fn cohost(client: &Client, room: &Room, identity: &str) -> u16 {
    let path = format!("/api/v1.0/rooms/{}/co-hosts/", room.id);
    client
        .call(Method::PUT, &path, json!({ "participant_identity": identity, "on": true }).to_string())
        .await
        .status
        .as_u16()
}

on_both! {
    async fn a_guest_who_was_removed_stays_out_until_a_host_says_otherwise(app: TestApp) {
        let ann = app.user("ann").await;
        let room = public(&app, &ann).await;
        let karim = Browser::of(&app, app.anonymous());
        assert_eq!(knock(&karim.client, &room).await, "accepted");
        set(&app, &room, &[loud(&karim.id.to_string(), &room), loud("lea", &room)]);
        let host = app.signed_in(&ann).await;
        assert_eq!(post(&host, &room, "remove-participant", about(&karim.id.to_string())).await, done());
        assert_eq!(people(&app, &room).await.len(), 1, "out at once");
        assert_eq!(knock(&karim.client, &room).await, "denied");
        assert!(!token(&karim.client, &room).await, "nor by looking at the room");
        // Signing in makes nobody else of who sits there.
        let ben = app.user("ben").await;
        assert_eq!(knock(&karim.with(&app, app.signed_in(&ben).await), &room).await, "denied");
        let other = Browser::of(&app, app.anonymous());
        assert_eq!(knock(&other.client, &room).await, "accepted", "a new cookie is a new person: that is what locking is for");
        let list = removed(&host, &room).await;
        assert_eq!((list.len(), &list[0]["blocked"]), (1, &json!(false)));
        assert_eq!(let_back(&host, &room, &list[0]).await, 204);
        assert_eq!(let_back(&host, &room, &list[0]).await, 404);
        assert_eq!(knock(&karim.client, &room).await, "accepted");
    }

    async fn an_account_stays_out_on_every_device_and_its_browser_as_a_guest(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = public(&app, &ann).await;
        let (desk, phone) = (Browser::of(&app, app.signed_in(&ben).await), Browser::of(&app, app.signed_in(&ben).await));
        let on = |browser: &Browser| Identity::new(ben.subject(), Some(device::tag(&app.state, browser.id))).to_string();
        set(&app, &room, &[loud(&on(&desk), &room), loud(&on(&phone), &room), loud(&ben.subject(), &room), loud("lea", &room)]);
        let host = app.signed_in(&ann).await;
        assert_eq!(post(&host, &room, "remove-participant", about(&on(&desk))).await, done());
        let left: Vec<_> = people(&app, &room).await.into_iter().map(|one| one.identity).collect();
        assert_eq!(left, ["lea"], "other tabs and devices go with it");
        for client in [&desk.client, &phone.client, &desk.with(&app, app.anonymous())] {
            assert_eq!(knock(client, &room).await, "denied");
            assert!(!token(client, &room).await);
        }
        assert_eq!(knock(&phone.with(&app, app.anonymous()), &room).await, "accepted", "another browser without the account: somebody we do not know");
    }

    async fn old_tokens_bring_nobody_back(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = public(&app, &ann).await;
        let karim = Browser::of(&app, app.anonymous());
        let (guest, bens) = (karim.id.to_string(), Identity::new(ben.subject(), Some(device::tag(&app.state, app.state.random.uuid()))).to_string());
        set(&app, &room, &[loud(&guest, &room), loud(&bens, &room)]);
        let host = app.signed_in(&ann).await;
        for who in [&guest, &bens] {
            assert!(connects(&app, &room, who).await);
            assert_eq!(post(&host, &room, "remove-participant", about(who)).await, done());
            assert!(!connects(&app, &room, who).await, "the signalling is refused");
        }
        let device = format!("{}~zzzzzzzz", ben.subject());
        assert!(!connects(&app, &room, &device).await, "on no device");
        assert!(connects(&app, &room, "lea").await);
        // LiveKit was reached directly.
        for who in [&guest, &bens, &device] {
            set(&app, &room, &[loud(who, &room), loud("lea", &room)]);
            joined(&app, &room, who, app.state.clock.now().timestamp()).await;
            assert_eq!(people(&app, &room).await.len(), 1, "{who} is out again");
        }
        // And nobody told us.
        set(&app, &room, &[loud(&guest, &room), loud("lea", &room)]);
        app.advance(TimeDelta::seconds(3));
        app.work().await;
        assert_eq!(people(&app, &room).await.len(), 1);
    }

    async fn whom_no_webhook_told_of_is_put_out_and_has_the_rights_that_hold(app: TestApp) {
        let ann = app.user("ann").await;
        let room = public(&app, &ann).await;
        let karim = Browser::of(&app, app.anonymous());
        let (guest, host) = (karim.id.to_string(), app.signed_in(&ann).await);
        set(&app, &room, &[loud(&guest, &room), loud("lea", &room)]);
        assert_eq!(post(&host, &room, "remove-participant", about(&guest)).await, done());
        let path = format!("/api/v1.0/rooms/{}/rights/", room.id);
        assert_eq!(host.call(Method::PUT, &path, json!({ "camera": false }).to_string()).await.status, 200);
        app.advance(TimeDelta::seconds(5));
        app.work().await;
        // Both come with tokens from before, and LiveKit's word of them is lost.
        set(&app, &room, &[loud(&guest, &room), loud("lea", &room)]);
        run(&app.state, Depth::Differing).await.expect("reconciled");
        app.work().await;
        let all = people(&app, &room).await;
        assert_eq!(all.iter().map(|one| one.identity.as_str()).collect::<Vec<_>>(), ["lea"]);
        assert!(!all[0].permission.sources.contains(&Source::Camera), "{:?}", all[0].permission);
        // Locked meanwhile: who was in before stays, who came later does not.
        app.advance(TimeDelta::seconds(5));
        assert_eq!(lock(&host, &room, true).await, 200);
        app.advance(TimeDelta::seconds(5));
        app.work().await;
        let at = |late: i64| Some(app.state.clock.now() - TimeDelta::seconds(8 - late));
        let came = |who: &str, late| ParticipantInfo { joined_at: at(late), ..loud(who, &room) };
        set(&app, &room, &[came("lea", 0), came("mia", 1), came("noa", 6)]);
        run(&app.state, Depth::Differing).await.expect("reconciled");
        app.work().await;
        let all: Vec<_> = people(&app, &room).await.into_iter().map(|one| one.identity).collect();
        assert_eq!(all, ["lea", "mia"]);
    }

    async fn another_process_keeps_them_out_as_well(app: TestApp) {
        let ann = app.user("ann").await;
        let room = public(&app, &ann).await;
        let karim = Browser::of(&app, app.anonymous());
        set(&app, &room, &[loud(&karim.id.to_string(), &room)]);
        // Started before anybody was removed, on the same database.
        let (settings, origin) = (app.state.settings.clone(), app.state.origin.parse().expect("a URL"));
        let (db, livekit, clock) = (app.state.db.clone(), app.state.livekit.clone(), app.state.clock.clone());
        let other = AppState::new(settings, &origin, db, livekit, clock, Random::seeded(9)).expect("a state");
        let claims = other.livekit.verify(&signed(&app, &room, &karim.id.to_string())).expect("ours");
        assert!(may_connect(&other, &claims).await.expect("asked"));
        assert_eq!(post(&app.signed_in(&ann).await, &room, "remove-participant", about(&karim.id.to_string())).await, done());
        assert!(!may_connect(&other, &claims).await.expect("asked"));
        let standing = Standing::of(&other, &room, None, &device::Browser::known_as(karim.id)).await.expect("looked");
        assert!(standing.who.removed && standing.enter().is_err());
    }

    async fn while_livekit_is_away_removal_is_kept(app: TestApp) {
        let ann = app.user("ann").await;
        let room = public(&app, &ann).await;
        let karim = Browser::of(&app, app.anonymous());
        set(&app, &room, &[loud(&karim.id.to_string(), &room)]);
        let host = app.signed_in(&ann).await;
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(post(&host, &room, "remove-participant", about(&karim.id.to_string())).await.0, 500, "nobody knows who that is");
        app.livekit.answer(Answer::Ok);
        assert_eq!(post(&host, &room, "remove-participant", about(&karim.id.to_string())).await, done());
        assert_eq!(post(&host, &room, "remove-participant", about(&karim.id.to_string())).await, (404, json!({ "error": "Participant not found" })));
    }

    async fn it_ends_with_the_meeting_and_a_block_does_not(app: TestApp) {
        let ann = app.user("ann").await;
        let room = public(&app, &ann).await;
        let (karim, mia) = (Browser::of(&app, app.anonymous()), Browser::of(&app, app.anonymous()));
        let identity = |one: &Browser| one.id.to_string();
        set(&app, &room, &[loud(&identity(&karim), &room), loud(&identity(&mia), &room)]);
        let host = app.signed_in(&ann).await;
        assert_eq!(post(&host, &room, "remove-participant", about(&identity(&karim))).await, done());
        let block = json!({ "participant_identity": identity(&mia), "block": true });
        assert_eq!(post(&host, &room, "remove-participant", block).await, done());
        app.advance(TimeDelta::seconds(5));
        finished(&app, &room).await;
        assert_eq!((knock(&karim.client, &room).await, knock(&mia.client, &room).await), ("accepted".into(), "denied".into()));
        assert_eq!(removed(&host, &room).await.len(), 1);
    }

    async fn who_runs_the_room_is_put_out_and_may_come_back(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = public(&app, &ann).await;
        give(&app, &json!(room.id), &ben, Role::Administrator).await;
        let bens = identity(&ben);
        set(&app, &room, &[loud(&bens, &room)]);
        assert_eq!(post(&app.signed_in(&ann).await, &room, "remove-participant", about(&bens)).await, done());
        assert_eq!(people(&app, &room).await, []);
        assert_eq!(knock(&Browser::of(&app, app.signed_in(&ben).await).client, &room).await, "accepted");
    }

    async fn a_co_host_who_is_removed_stays_out_and_runs_nothing(app: TestApp) {
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        for block in [false, true] {
            let room = public(&app, &ann).await;
            give(&app, &json!(room.id), &eve, Role::Administrator).await;
            let (host, bens) = (app.signed_in(&ann).await, app.signed_in(&ben).await);
            let who = identity(&ben);
            set(&app, &room, &[loud(&who, &room), loud("karim", &room)]);
            assert_eq!(cohost(&host, &room, &who).await, 200);
            assert_eq!(post(&bens, &room, "mute-everyone", json!({})).await.0, 200);
            // By an administrator as well as by the owner.
            let by = if block { host.clone() } else { app.signed_in(&eve).await };
            let body = json!({ "participant_identity": who, "block": block });
            assert_eq!(post(&by, &room, "remove-participant", body).await, done());
            assert_eq!(people(&app, &room).await.len(), 1);
            assert_eq!(knock(&Browser::of(&app, bens.clone()).client, &room).await, "denied");
            assert!(!token(&bens, &room).await);
            assert!(!connects(&app, &room, &who).await);
            set(&app, &room, &[loud(&who, &room), loud("karim", &room)]);
            joined(&app, &room, &who, app.state.clock.now().timestamp()).await;
            assert_eq!(people(&app, &room).await.len(), 1, "an old token");
            for (act, body) in [("end", json!({})), ("mute-everyone", json!({})), ("remove-participant", about("karim"))] {
                assert_eq!(post(&bens, &room, act, body).await.0, 403, "{act}");
            }
            assert_eq!(lock(&bens, &room, true).await, 403);
            let list = removed(&host, &room).await;
            assert_eq!((list.len(), &list[0]["blocked"]), (1, &json!(block)));
            assert_eq!(let_back(&bens, &room, &list[0]).await, 403);
            // Back as anybody.
            assert_eq!(let_back(&host, &room, &list[0]).await, 204);
            assert_eq!(knock(&Browser::of(&app, bens.clone()).client, &room).await, "accepted");
            assert_eq!(post(&bens, &room, "mute-everyone", json!({})).await.0, 403);
        }
    }

    async fn co_hosts_decide_for_their_meeting_alone(app: TestApp) {
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        let room = public(&app, &ann).await;
        let (host, bens) = (app.signed_in(&ann).await, app.signed_in(&ben).await);
        let (owner, other) = (identity(&ann), identity(&eve));
        set(&app, &room, &[loud(&owner, &room), loud(&identity(&ben), &room), loud(&other, &room), loud("karim", &room), loud("lea", &room)]);
        for who in [&identity(&ben), &other] {
            assert_eq!(cohost(&host, &room, who).await, 200);
        }
        let refused = (403, json!({ "code": "not_a_host", "detail": "You must have privileges on room to perform this action." }));
        let block = json!({ "participant_identity": "karim", "block": true });
        assert_eq!(post(&bens, &room, "remove-participant", block.clone()).await, refused);
        assert_eq!(post(&bens, &room, "remove-participant", about(&other)).await, refused, "of each other neither");
        assert_eq!(post(&bens, &room, "remove-participant", about(&owner)).await.0, 403);
        let path = format!("/api/v1.0/rooms/{}/rights/", room.id);
        assert_eq!(bens.call(Method::PUT, &path, json!({ "chat": false }).to_string()).await.status, 403);
        assert_eq!((people(&app, &room).await.len(), removed(&host, &room).await.len()), (5, 0));
        assert_eq!(post(&bens, &room, "remove-participant", about("lea")).await, done());
        assert_eq!(post(&host, &room, "remove-participant", block).await, done());
        for one in removed(&bens, &room).await {
            let expected = if one["blocked"] == true { 403 } else { 204 };
            assert_eq!(let_back(&bens, &room, &one).await, expected, "{one}");
        }
        let left = removed(&host, &room).await;
        assert_eq!((left.len(), let_back(&host, &room, &left[0]).await), (1, 204));
    }

    async fn who_lost_the_connection_is_removed_all_the_same(app: TestApp) {
        let ann = app.user("ann").await;
        let room = public(&app, &ann).await;
        let (karim, lea) = (Browser::of(&app, app.anonymous()), Browser::of(&app, app.anonymous()));
        let (gone, unseen) = (karim.id.to_string(), lea.id.to_string());
        let host = app.signed_in(&ann).await;
        for who in [&gone, &unseen] {
            joined(&app, &room, who, app.state.clock.now().timestamp()).await;
        }
        set(&app, &room, &[loud("mia", &room)]);
        assert_eq!(post(&host, &room, "remove-participant", about(&gone)).await, done());
        assert_eq!(knock(&karim.client, &room).await, "denied");
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(post(&host, &room, "remove-participant", about(&unseen)).await, done());
        app.livekit.answer(Answer::Ok);
        assert_eq!(knock(&lea.client, &room).await, "denied");
        let names: Vec<_> = removed(&host, &room).await.into_iter().map(|one| one["name"].clone()).collect();
        assert_eq!(names, [json!("x"), json!("x")], "as they were called");
        set(&app, &room, &[loud("mia", &room), loud(&unseen, &room)]);
        app.advance(TimeDelta::seconds(3));
        app.work().await;
        assert_eq!(people(&app, &room).await.len(), 1, "out as soon as LiveKit hears of it");
        assert_eq!(post(&host, &room, "remove-participant", about("nobody")).await.0, 404);
        app.advance(TimeDelta::seconds(5));
        finished(&app, &room).await;
        assert_eq!(post(&host, &room, "remove-participant", about(&gone)).await.0, 404, "of another meeting");
    }
}
