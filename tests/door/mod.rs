//! What those at a door hear, and its hosts: everything that changes what they see, and everything that may go wrong meanwhile.

mod connected;
mod hosts;
mod processes;
mod visitors;

use std::{pin::Pin, time::Duration};

use futures_util::{Stream, StreamExt};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use visavis::{
    db::Db,
    livekit::Identity,
    lobby::now::Standing,
    lobby::{
        model::{Asker, Entry},
        service::{self, Knock},
        snapshot::View,
        store,
        streams::{self, Visitor},
    },
    rooms::{
        model::{AccessLevel, Room},
        permissions::Who,
        service::{NewRoom, create},
    },
    state::AppState,
    users::model::User,
    web::remote::{Remote, UNKNOWN},
};

use crate::support::TestApp;

/// Longer than anything may take.
const SOON: Duration = Duration::from_secs(8);

type Heard<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

async fn room(app: &TestApp, owner: &User) -> Room {
    let new = NewRoom { access_level: Some(AccessLevel::Restricted), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

/// Somebody at the door, who has asked.
#[derive(Clone)]
struct Guest {
    state: AppState,
    room: Room,
    visitor: Visitor,
}

impl Guest {
    async fn new(app: &TestApp, room: &Room) -> Self {
        Self::of(app, room, None).await
    }

    async fn of(app: &TestApp, room: &Room, user: Option<&User>) -> Self {
        let asker = Asker { participant_id: app.state.random.uuid(), user_id: user.map(|user| user.id) };
        let visitor = Visitor { asker, user: user.cloned() };
        let guest = Self { state: app.state.clone(), room: room.clone(), visitor };
        guest.ask().await;
        // Places are given by the time.
        app.advance(chrono::TimeDelta::milliseconds(1));
        guest
    }

    fn id(&self) -> Uuid {
        self.visitor.asker.participant_id
    }

    async fn ask(&self) {
        let who = Who { signed_in: self.visitor.user.is_some(), role: None, ..Who::STRANGER };
        let stay = chrono::TimeDelta::seconds(15);
        service::ask(
            &self.state,
            &self.room,
            &Standing::new(&self.room, who),
            &Knock {
                asker: &self.visitor.asker,
                name: "Karim",
                stay,
                from: Remote(UNKNOWN),
                identity: &Identity::parse("somebody"),
            },
        )
        .await
        .expect("asked");
    }

    /// Listens, as a page does.
    async fn listen(&self) -> Heard<View> {
        self.listen_until(CancellationToken::new()).await
    }

    async fn listen_until(&self, stop: CancellationToken) -> Heard<View> {
        Box::pin(streams::visitor(&self.state, self.room.id, self.visitor.clone(), stop).await.expect("heard"))
    }

    async fn poll(&self) -> View {
        streams::poll(&self.state, self.room.id, &self.visitor).await.expect("seen")
    }

    async fn stored(&self) -> Option<Entry> {
        stored(&self.state.db, self.room.id, self.id()).await
    }

    /// For how long they count as there, in seconds.
    async fn left(&self) -> i64 {
        (self.stored().await.expect("stored").until - self.state.clock.now()).num_seconds()
    }

    /// Waits until they count as there for so long.
    async fn is_left(&self, seconds: i64) {
        let changed = async {
            while self.left().await != seconds {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let Err(_) = timeout(SOON, changed).await else { return };
        panic!("{} s instead of {seconds}", self.left().await);
    }
}

async fn stored(db: &Db, room: Uuid, participant: Uuid) -> Option<Entry> {
    store::find(&mut db.lend().await.expect("lent").conn(), room, participant).await.expect("read")
}

const fn waiting(place: usize) -> View {
    View::Waiting { place, host_here: false, message: None, sign_in_helps: false }
}

/// The next thing that is heard; `None`: nothing more comes.
async fn next<T>(heard: &mut Heard<T>) -> Option<T> {
    timeout(SOON, heard.next()).await.expect("something is heard in time")
}

/// Nothing is heard for a while.
async fn silence<T: std::fmt::Debug>(heard: &mut Heard<T>) {
    if let Ok(something) = timeout(Duration::from_millis(200), heard.next()).await {
        panic!("{something:?}");
    }
}
