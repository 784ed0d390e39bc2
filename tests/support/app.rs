//! A whole back end.

use std::{collections::BTreeMap, sync::Arc};

use axum::Router;
use chrono::{DateTime, TimeDelta};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower_sessions::{SessionStore, session::Record};
use visavis::{
    clock::Clock,
    config::{Settings, Source},
    db::Db,
    http,
    livekit::{
        LiveKit,
        fake::{self, Fake},
    },
    random::Random,
    sessions,
    state::AppState,
    users::{
        model::User,
        service::{NewUser, create},
    },
};

use super::{Client, databases, request::Answer};

/// The API's router on a database of its own.
pub struct TestApp {
    pub state: AppState,
    pub livekit: Arc<Fake>,
    pub router: Router,
    _folder: TempDir,
}

/// LiveKit's secret in tests.
pub const SECRET: &str = "a-livekit-key-for-tests-of-32-characters";

/// Where LiveKit's webhooks arrive.
pub const WEBHOOK: &str = "/api/v1.0/rooms/webhooks-livekit/";

impl TestApp {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = databases::sqlite(folder.path()).await;
        Self::on(db, folder, &[], Random::seeded(7))
    }

    pub async fn postgres() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        databases::postgres().await.map(|db| Self::on(db, folder, &[], Random::seeded(7)))
    }

    /// The same database under other settings.
    pub fn with_settings(self, given: &[(&str, &str)]) -> Self {
        Self::on(self.state.db.clone(), self._folder, given, self.state.random.clone())
    }

    /// On a database that is open already.
    pub fn on(db: Db, folder: TempDir, given: &[(&str, &str)], random: Random) -> Self {
        let data = folder.path().display().to_string();
        let mut flags = BTreeMap::from([("data_dir".to_owned(), data)]);
        flags.extend(given.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let settings = Settings::load(&mut Source::new(flags, std::iter::empty())).expect("settings");
        let clock = Clock::manual(DateTime::from_timestamp(1_795_000_000, 123_456_000).expect("a time"));
        let livekit = Arc::new(Fake::default());
        let reach = visavis::livekit::Settings::new("http://127.0.0.1:1".parse().expect("a URL"), "visavis", SECRET);
        let kit = LiveKit::with_service(reach, clock.clone(), livekit.clone());
        let origin = settings.server.origin(settings.server.listen);
        let state = AppState::new(settings, &origin, db, kit, clock, random).expect("a state");
        let router = http::layers(http::router(&state, CancellationToken::new()), &state);
        Self { state, livekit, router, _folder: folder }
    }

    /// The same database behind the real client, which finds LiveKit at `url`, or does not.
    pub fn with_livekit_at(self, url: &str) -> Self {
        let reach = visavis::livekit::Settings::new(url.parse().expect("a URL"), "visavis", SECRET);
        let mut app = Self::on(self.state.db.clone(), self._folder, &[], self.state.random.clone());
        let kit = LiveKit::new(reach, app.state.clock.clone());
        let origin = app.state.origin.parse().expect("a URL");
        let (settings, db, clock) = (app.state.settings.clone(), app.state.db.clone(), app.state.clock.clone());
        app.state = AppState::new(settings, &origin, db, kit, clock, app.state.random.clone()).expect("a state");
        app.router = http::layers(http::router(&app.state, CancellationToken::new()), &app.state);
        app
    }

    pub fn advance(&self, by: TimeDelta) {
        self.state.clock.advance(by);
    }

    /// Adds an account; `ann` becomes `ann@example.org`, Ann.
    pub async fn user(&self, name: &str) -> User {
        let new = NewUser::parse(&format!("{name}@example.org"), name, false).expect("fine");
        let mut tx = self.state.db.begin().await.expect("begins");
        let user = create(&self.state, &mut tx.conn(), new).await.expect("made");
        tx.commit().await.expect("commits");
        user
    }

    /// What LiveKit would send, signed by it now.
    pub async fn webhook(&self, body: &str) -> Answer {
        let signature = fake::sign(self.state.livekit.settings(), self.state.clock.now(), body);
        self.anonymous().with("authorization", &signature).post_without_csrf(WEBHOOK, body.to_owned()).await
    }

    /// Does the work that is due.
    pub async fn work(&self) {
        let worker = http::work::worker(&self.state);
        while worker.run_one().await.expect("the job table is there") {}
    }

    pub fn anonymous(&self) -> Client {
        Client::new(self.router.clone(), None)
    }

    /// A client with a session of this account, and its CSRF token.
    pub async fn signed_in(&self, user: &User) -> Client {
        let store = sessions::Store::new(self.state.db.clone(), self.state.clock.clone());
        let expiry =
            time::OffsetDateTime::from_unix_timestamp(self.state.clock.now().timestamp() + 3600).expect("a time");
        let data = [(sessions::service::USER.to_owned(), user.id.to_string().into())].into();
        let mut record = Record { id: tower_sessions::session::Id::default(), data, expiry_date: expiry };
        store.create(&mut record).await.expect("a session");
        Client::new(self.router.clone(), Some(record.id.to_string()))
    }
}
