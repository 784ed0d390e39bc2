//! Who asks, and the world they ask in: accounts and rooms made anew for every request, so that no request sees what another did.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use visavis::{
    guest_links,
    livekit::{
        client::ParticipantInfo,
        tokens::{Grant, Source},
    },
    lobby::{
        self,
        model::{Entry, Status},
    },
    on_db,
    rooms::{
        model::{Access, AccessLevel, Role, Room},
        permissions::{self, Who},
        service::{NewRoom, create},
        store,
    },
    sessions::link,
    users::model::User,
};

use crate::support::{Client, TestApp};

/// The columns of the table.
pub const ACTORS: [&str; 14] = [
    "anon", "other", "member", "admin", "owner", "inactive", "here", "there", "waiting", "refused", "admitted",
    "forged", "stolen", "cohost",
];

/// One request's world.
pub struct World {
    /// What names stand for.
    pub names: BTreeMap<&'static str, String>,
    /// Who asks.
    pub client: Client,
}

impl World {
    /// Makes everything, and lets `actor` in.
    pub async fn new(app: &TestApp, router: axum::Router, actor: &str, serial: usize) -> Self {
        let name = |who: &str| format!("{who}{serial}");
        let (other, someone) = (app.user(&name("other")).await, app.user(&name("someone")).await);
        let (member, admin) = (app.user(&name("member")).await, app.user(&name("admin")).await);
        let owner = app.user(&name("owner")).await;
        let mut names = BTreeMap::new();
        for (key, slug, level) in [
            ("room", "slug", AccessLevel::Restricted),
            ("trusted", "trusted-slug", AccessLevel::Trusted),
            ("public", "public-slug", AccessLevel::Public),
        ] {
            let new = NewRoom { access_level: Some(level), ..NewRoom::default() };
            let room = create(&app.state, Some(&owner), new).await.expect("made");
            let access = give(app, &room, &member, Role::Member).await;
            give(app, &room, &admin, Role::Administrator).await;
            if key == "room" {
                names.insert("access", access.to_string());
                names.insert("owner-access", access_of(app, &room, &owner).await);
            }
            if actor == "cohost" {
                let permit = permissions::appoint(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER });
                let (permit, now) = (permit.expect("a host"), app.state.clock.now());
                let mut lent = app.state.db.lend().await.expect("lent");
                store::insert_cohost(&mut lent.conn(), &permit, room.id, other.id, now).await.expect("named");
            }
            names.extend([(key, room.id.to_string()), (slug, room.slug)]);
        }
        names.insert("new", format!("made-{serial}"));
        names.insert("someone", someone.id.to_string());
        names.insert("link", link::issue(&app.state, Some(other.id)).await.expect("issued"));
        let room = names["room"].parse().expect("a key");
        let wanted = guest_links::model::New::parse("Guest", true, "7", "").expect("fine");
        let pass = guest_links::service::make(&app.state, &owner, room, wanted).await.expect("made").to_string();
        let opens = guest_links::service::shown(&app.state, &owner, &pass).await.expect("told once");
        names.extend([("pass", opens), ("pass-key", pass)]);
        names.insert("setup", link::issue(&app.state, None).await.expect("issued"));
        let session = |user: User| async move { app.signed_in(&user).await.session_id().to_owned() };
        let (account, session) = match actor {
            "other" | "stolen" | "cohost" => (other.id, Some(session(other).await)),
            "member" => (member.id, Some(session(member).await)),
            "admin" => (admin.id, Some(session(admin).await)),
            "owner" | "inactive" => (owner.id, Some(session(owner.clone()).await)),
            _ => (owner.id, None),
        };
        if actor == "inactive" {
            close(app, &owner).await;
        }
        names.insert("me", account.to_string());
        let client = Client::new(router, session).with("accept-language", "en");
        let bearer = match actor {
            "here" => {
                app.livekit.set_room(&names["room"], "RM_here", &[inside()]);
                Some(token(app, &names["room"]))
            }
            "there" => Some(token(app, "8d0f8a6e-7d4b-4c58-9a53-0f4f3d1f2a11")),
            _ => None,
        };
        let client = match bearer {
            Some(token) => client.with("authorization", &format!("Bearer {token}")),
            None => client,
        };
        let guest = knock(app, &names["room"], actor).await;
        names.insert("guest", guest.to_string());
        let client = match cookie(app, guest, actor) {
            Some(cookie) => client.with("cookie", &format!("lobbyParticipantId={cookie}")),
            None => client,
        };
        Self { names, client }
    }
}

async fn give(app: &TestApp, room: &Room, user: &User, role: Role) -> uuid::Uuid {
    let id = app.state.random.uuid();
    let access = Access { id, room_id: room.id, user_id: user.id, role, created_at: app.state.clock.now() };
    let mut lent = app.state.db.lend().await.expect("lent");
    store::insert_access(&mut lent.conn(), &access).await.expect("given");
    id
}

/// Somebody without an account asks to come in, and a host decides as the actor's name says.
async fn knock(app: &TestApp, room: &str, actor: &str) -> uuid::Uuid {
    let now = app.state.clock.now();
    let guest = Entry {
        room_id: room.parse().expect("a key"),
        participant_id: app.state.random.uuid(),
        user_id: None,
        username: "Karim".into(),
        status: Status::Waiting,
        since: now,
        until: now + TimeDelta::minutes(1),
        refusals: 0,
        decided_at: None,
        decided_by: None,
    };
    let mut lent = app.state.db.lend().await.expect("lent");
    assert!(lobby::store::put_waiting(&mut lent.conn(), None, &guest).await.expect("stored"));
    let status = match actor {
        "refused" => Status::Denied,
        "admitted" | "forged" | "stolen" => Status::Accepted,
        _ => return guest.participant_id,
    };
    let permit =
        permissions::decide(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER }).expect("a host");
    let decided = Entry { status, decided_at: Some(now), ..guest.clone() };
    assert!(lobby::store::put_decision(&mut lent.conn(), &permit, &guest, &decided).await.expect("stored"));
    guest.participant_id
}

/// What the actor's browser says it is.
fn cookie(app: &TestApp, guest: uuid::Uuid, actor: &str) -> Option<String> {
    let signed = app.state.keys.sign_device(&guest.to_string());
    match actor {
        "waiting" | "refused" | "admitted" | "stolen" => Some(signed),
        "forged" => {
            let other = app.state.keys.sign_device(&app.state.random.uuid().to_string());
            let signature = other.rsplit_once('.').expect("signed").1;
            Some(format!("{guest}.{signature}"))
        }
        _ => None,
    }
}

async fn access_of(app: &TestApp, room: &Room, user: &User) -> String {
    let mut lent = app.state.db.lend().await.expect("lent");
    let all = store::accesses(&mut lent.conn(), &[room.id]).await.expect("read");
    all.iter().find(|access| access.user_id == user.id).expect("there").id.to_string()
}

async fn close(app: &TestApp, user: &User) {
    let mut lent = app.state.db.lend().await.expect("lent");
    let (conn, id) = (&mut lent.conn(), user.id);
    let sql = "UPDATE users SET is_active = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(sql).bind(id).bind(false).execute(c).await.map(drop)).expect("closed");
}

/// Whom the tokens of `here` and `there` make their bearer, in the call.
fn inside() -> ParticipantInfo {
    ParticipantInfo {
        sid: "PA_somebody".to_owned(),
        identity: "somebody".to_owned(),
        name: "Somebody".to_owned(),
        kind: "STANDARD".to_owned(),
        joined_at: None,
        active: true,
        ..Default::default()
    }
}

fn token(app: &TestApp, room: &str) -> String {
    let grant = Grant {
        room: room.to_owned(),
        identity: "somebody".to_owned(),
        name: "Somebody".to_owned(),
        admin: true,
        sources: Source::ALL.to_vec(),
        data: true,
        role: Some("owner"),
        authenticated: true,
        color: "hsl(0, 50%, 50%)".to_owned(),
        lifetime: visavis::livekit::tokens::LIFETIME,
    };
    app.state.livekit.token(&grant).expect("signed")
}
