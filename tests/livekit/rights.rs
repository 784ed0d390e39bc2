//! Whatever the order of changes, joins, roles and restarts: in the end a real LiveKit lets everybody do what the rules say.

use std::{cell::Cell, collections::BTreeMap};

use axum::Router;
use chrono::TimeDelta;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::json;
use tokio_tungstenite::connect_async;
use tokio_util::sync::CancellationToken;
use visavis::{
    clock::Clock,
    http,
    livekit::{Identity, client::ParticipantInfo, fake},
    moderation::{self, cohosts, rights::Wanted},
    rooms::{
        self,
        accesses::{request::NewAccess, service as accesses},
        entry,
        model::{AccessLevel, Role, Room},
        permissions, rights,
        service::{NewRoom, create},
    },
    state::AppState,
    users::model::User,
};

use super::support::{Socket, Stage};
use crate::support::{Client, TestApp};

/// People: three with an account, two without.
const PEOPLE: usize = 5;
const WEBHOOK: &str = "/api/v1.0/rooms/webhooks-livekit/";

#[derive(Clone, Debug)]
enum Op {
    /// A host changes what everybody may do.
    Rights(Wanted),
    /// A host names somebody co-host, or takes it back.
    Cohost(usize, bool),
    /// An owner gives somebody a role for good, or another one.
    Role(usize, Role),
    /// Somebody is handed a token, and may use it much later.
    Token(usize),
    /// Somebody comes with the oldest token that they still have. `told`: LiveKit's word of it reaches us at once.
    Join(usize, bool),
    /// Somebody leaves.
    Leave(usize),
    /// Our server is started again: what it had in memory is gone.
    Restart,
    /// Work that is due is done.
    Work,
}

fn op() -> impl Strategy<Value = Op> {
    let maybe = || prop::option::of(any::<bool>());
    let wanted = (maybe(), maybe(), maybe(), maybe()).prop_map(|(microphone, camera, share, chat)| Wanted {
        microphone,
        camera,
        share,
        chat,
        mute: None,
    });
    prop_oneof![
        4 => wanted.prop_map(Op::Rights),
        2 => (0..PEOPLE, any::<bool>()).prop_map(|(who, on)| Op::Cohost(who, on)),
        1 => (0..PEOPLE, prop_oneof![Just(Role::Member), Just(Role::Administrator)]).prop_map(|(who, role)| Op::Role(who, role)),
        3 => (0..PEOPLE).prop_map(Op::Token),
        4 => (0..PEOPLE, any::<bool>()).prop_map(|(who, told)| Op::Join(who, told)),
        1 => (0..PEOPLE).prop_map(Op::Leave),
        1 => Just(Op::Restart),
        1 => Just(Op::Work),
    ]
}

struct World<'w> {
    stage: &'w Stage,
    app: &'w TestApp,
    state: AppState,
    router: Router,
    room: Room,
    owner: User,
    /// Accounts of the first ones.
    accounts: Vec<Option<User>>,
    identities: Vec<Identity>,
    tokens: BTreeMap<usize, Vec<String>>,
    sockets: BTreeMap<usize, Socket>,
    /// Who came without our hearing of it yet.
    untold: Vec<usize>,
}

fn start(stage: &Stage, app: &TestApp) -> (AppState, Router) {
    let (settings, origin) = (app.state.settings.clone(), "http://localhost:8080".parse().expect("a URL"));
    let (db, clock, random) = (app.state.db.clone(), app.state.clock.clone(), app.state.random.clone());
    let state = AppState::new(settings, &origin, db, stage.livekit.clone(), clock, random).expect("a state");
    let router = http::layers(http::router(&state, CancellationToken::new()), &state);
    (state, router)
}

impl<'w> World<'w> {
    async fn new(stage: &'w Stage, app: &'w TestApp, serial: usize) -> Self {
        let (state, router) = start(stage, app);
        let owner = app.user(&format!("owner{serial}")).await;
        let level = Some(AccessLevel::Public);
        let room =
            create(&state, Some(&owner), NewRoom { access_level: level, ..NewRoom::default() }).await.expect("made");
        let mut accounts = Vec::new();
        for who in 0..PEOPLE {
            accounts.push(if who < 3 { Some(app.user(&format!("p{who}x{serial}")).await) } else { None });
        }
        let subject =
            |user: &Option<User>| user.as_ref().map_or_else(|| app.state.random.uuid().to_string(), User::subject);
        let identities = accounts.iter().map(|user| Identity::new(subject(user), None)).collect();
        let (tokens, sockets) = (BTreeMap::new(), BTreeMap::new());
        Self { stage, app, state, router, room, owner, accounts, identities, tokens, sockets, untold: Vec::new() }
    }

    async fn perform(&mut self, op: Op) {
        match op {
            Op::Rights(wanted) => {
                let on = moderation::of(&self.state, &self.owner, &self.room.id.to_string()).await.expect("the owner");
                moderation::rights::change(&self.state, &on, wanted).await.expect("changed");
            }
            Op::Cohost(who, on) => {
                let identity = self.identities[who].to_string();
                let done = cohosts::set(&self.state, &self.owner, &self.room, &identity, on).await;
                assert_eq!(done.is_ok(), self.accounts[who].is_some());
            }
            Op::Role(who, role) => {
                let Some(user) = &self.accounts[who] else { return };
                let held = accesses::held(&self.state, self.room.id, user.id).await.expect("read");
                match held {
                    Some(held) => {
                        accesses::change(&self.state, &self.owner, held.id, role).await.expect("changed");
                    }
                    None => {
                        let new = NewAccess { user: user.id, room: self.room.id, role };
                        accesses::add(&self.state, &self.owner, new).await.expect("given");
                    }
                }
            }
            Op::Token(who) => {
                let user = self.accounts[who].as_ref();
                let room = self.now().await;
                let who_is = rooms::service::who(&self.state, &room, user).await.expect("read");
                let permit = permissions::enter(AccessLevel::Public, who_is).expect("public");
                let token =
                    entry::token(&self.state, &permit, &room, who_is, &self.identities[who], "x").expect("signed");
                self.tokens.entry(who).or_default().push(token);
            }
            Op::Join(who, told) => self.join(who, told).await,
            Op::Leave(who) => drop(self.sockets.remove(&who)),
            Op::Restart => (self.state, self.router) = start(self.stage, self.app),
            Op::Work => self.work().await,
        }
    }

    async fn now(&self) -> Room {
        let mut lent = self.state.db.lend().await.expect("lent");
        rooms::store::by_id(&mut lent.conn(), self.room.id).await.expect("read").expect("there")
    }

    async fn join(&mut self, who: usize, told: bool) {
        let Some(token) = self.tokens.get_mut(&who).filter(|tokens| !tokens.is_empty()).map(|tokens| tokens.remove(0))
        else {
            return;
        };
        self.state.livekit.ensure_live(&self.room.id.to_string(), true).await.expect("live");
        let query = format!("access_token={token}&protocol=15&auto_subscribe=1&sdk=js&version=2.0.0");
        let (socket, _) =
            connect_async(format!("ws://{}/livekit/rtc?{query}", self.stage.origin)).await.expect("joined");
        self.sockets.insert(who, socket);
        if told { self.hear(who).await } else { self.untold.push(who) }
    }

    /// What LiveKit's webhook says of somebody who is inside. This client has no media, for which LiveKit would wait.
    async fn hear(&self, who: usize) {
        let identity = self.identities[who].to_string();
        let client = self.state.livekit.client();
        let Ok(one) = client.get_participant(&self.room.id.to_string(), &identity).await else { return };
        let ParticipantInfo { sid, permission, attributes, .. } = one;
        let sources: Vec<String> = permission.sources.iter().map(|source| source.as_str().to_uppercase()).collect();
        let event = json!({
            "event": "participant_joined", "id": format!("EV_{sid}"), "createdAt": Clock::System.now().timestamp().to_string(),
            "room": { "sid": "RM_x", "name": self.room.id },
            "participant": {
                "sid": sid, "identity": identity, "attributes": attributes,
                "permission": {
                    "canSubscribe": permission.can_subscribe, "canPublish": permission.can_publish,
                    "canPublishData": permission.can_publish_data, "canPublishSources": sources,
                },
            },
        });
        let body = event.to_string();
        let signature = fake::sign(self.stage.livekit.settings(), Clock::System.now(), &body);
        let client = Client::new(self.router.clone(), None).with("authorization", &signature);
        assert_eq!(client.post_without_csrf(WEBHOOK, body).await.status, 200);
    }

    async fn work(&self) {
        let worker = http::work::worker(&self.state);
        while worker.run_one().await.expect("the job table is there") {}
    }

    /// Everything has been heard and done; what each has, and what each should have.
    async fn settle(&mut self) -> Vec<(String, bool)> {
        for who in std::mem::take(&mut self.untold) {
            self.hear(who).await;
        }
        self.app.advance(TimeDelta::seconds(5));
        self.work().await;
        let room = self.now().await;
        let inside = self.state.livekit.client().list_participants(&room.id.to_string()).await.unwrap_or_default();
        let mut wrong = Vec::new();
        for one in inside {
            let at = self.identities.iter().position(|identity| identity.to_string() == one.identity).expect("known");
            let who = rooms::service::who(&self.state, &room, self.accounts[at].as_ref()).await.expect("read");
            let due = rights::permission(&room, who.hosts());
            let role = entry::shown_role(who).map_or("", Role::as_str);
            let fine =
                one.permission.equals(&due) && one.attributes.get("room_role").map_or("", String::as_str) == role;
            wrong.push((format!("{who:?} has {:?} {:?}, due {due:?} {role:?}", one.permission, one.attributes), fine));
        }
        wrong
    }
}

#[test]
fn in_the_end_everybody_has_what_the_rules_say() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let (stage, app) = runtime.block_on(async { (Stage::set().await, TestApp::sqlite().await) });
    let (serial, seen) = (Cell::new(0_usize), Cell::new(0_usize));
    let mut runner =
        TestRunner::new(Config { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..Config::default() });
    let result = runner.run(&prop::collection::vec(op(), 6..28), |ops| {
        runtime.block_on(async {
            serial.set(serial.get() + 1);
            let mut world = World::new(&stage, &app, serial.get()).await;
            // Everybody has been handed something once, so that there is somebody to look at.
            for who in 0..PEOPLE {
                world.perform(Op::Token(who)).await;
            }
            for op in ops {
                world.perform(op).await;
            }
            let all = world.settle().await;
            seen.set(seen.get() + all.len());
            for (what, fine) in all {
                prop_assert!(fine, "{what}");
            }
            Ok(())
        })
    });
    result.expect("what LiveKit has is what the rules say");
    assert!(seen.get() > 12, "nobody was looked at: {}", seen.get());
    runtime.block_on(stage.end());
}
