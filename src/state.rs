//! What every request shares.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    ops::Deref,
    sync::Arc,
};

use parking_lot::Mutex;

use crate::{
    cache::Cache,
    clock::Clock,
    config::Settings,
    db::Db,
    error::Result,
    jobs::Bell,
    livekit::LiveKit,
    mail::Mailer,
    metrics::Metrics,
    random::Random,
    users::{defaults::AccessLevel, password::Passwords},
    web::keys::Keys,
};

/// Everything a service needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Parts>);

/// The parts of [`AppState`].
#[derive(Debug)]
pub struct Parts {
    /// What the operator chose.
    pub settings: Settings,
    /// The address people type, without a trailing slash.
    pub origin: String,
    /// What lasts.
    pub db: Db,
    /// What may be lost.
    pub cache: Cache,
    /// The media server.
    pub livekit: LiveKit,
    /// The way out for mails; none: no mail is sent, and nothing that needs one is offered.
    pub mail: Option<Mailer>,
    /// Rung after a commit that enqueued a job.
    pub jobs: Bell,
    /// What time it is.
    pub clock: Clock,
    /// Unguessable bytes.
    pub random: Random,
    /// What we count.
    pub metrics: Metrics,
    /// Hashing.
    pub passwords: Passwords,
    /// Keys derived from the instance's secret.
    pub keys: Keys,
    /// See [`AppState::shared`].
    memories: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(
        settings: Settings,
        origin: &url::Url,
        db: Db,
        livekit: LiveKit,
        clock: Clock,
        random: Random,
    ) -> Result<Self> {
        let cache = match &settings.cache.redis_url {
            Some(url) => Cache::redis(url, &settings.cache.redis_prefix, clock.clone())?,
            None => Cache::memory(clock.clone()),
        };
        let mail = match &settings.mail.out {
            Some((server, from)) => Some(Mailer::new(server, from, clock.clone(), random.clone())?),
            None => None,
        };
        Ok(Self(Arc::new(Parts {
            mail,
            origin: origin.as_str().trim_end_matches('/').to_owned(),
            metrics: Metrics::new(&cache.counts()),
            cache,
            passwords: Passwords::new(random.clone())?,
            keys: Keys::derive(&settings.secrets.key),
            settings,
            db,
            livekit,
            jobs: Bell::default(),
            clock,
            random,
            memories: Mutex::default(),
        })))
    }

    /// Who comes into a room without being asked, when nobody says.
    pub fn default_access_level(&self) -> AccessLevel {
        self.settings.api.default_access_level.parse().unwrap_or_default()
    }

    /// What a feature keeps in this process for as long as it runs, by its type; made when it is first asked for. The state itself
    /// knows no feature.
    pub fn shared<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let kept = self.memories.lock().entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        kept.downcast().unwrap_or_else(|_| unreachable!("kept by its type"))
    }

    /// What people call this instance: the host they type.
    pub fn place(&self) -> &str {
        self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host)
    }

    /// Whether people reach us by HTTPS, so that cookies must say so.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https:")
    }
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
