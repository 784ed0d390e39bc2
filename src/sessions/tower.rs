//! tower-sessions on our own tables: the published stores pull another sqlx or an older core.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};
use uuid::Uuid;

use super::{
    model::{LIFETIME, STRANGERS_LIFETIME},
    service::USER,
    store,
};
use crate::{clock::Clock, db::Db};

/// Sessions in the database, by the hash of their id: a stolen copy of the table opens no session.
#[derive(Clone, Debug)]
pub struct Store {
    db: Db,
    clock: Clock,
}

impl Store {
    /// Sessions in this database.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }
}

pub(super) fn hash(id: &Id) -> [u8; 32] {
    Sha256::digest(id.0.to_le_bytes()).into()
}

fn backend(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

impl From<tower_sessions::session::Error> for crate::error::Error {
    /// What the store could not do is almost always that the database is away; tower-sessions keeps no more than its words.
    fn from(error: tower_sessions::session::Error) -> Self {
        match error {
            tower_sessions::session::Error::Store(Error::Backend(_)) => Self::Unavailable(error.into()),
            other => Self::Internal(other.into()),
        }
    }
}

/// What of a record stands in columns of its own. When it ends is worked out by our clock: tower-sessions reads the machine's.
struct Columns {
    user: Option<Uuid>,
    data: Map<String, Value>,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
}

impl Columns {
    fn of(record: &Record, now: DateTime<Utc>) -> Self {
        let user: Option<Uuid> = record.data.get(USER).and_then(|value| value.as_str()).and_then(|id| id.parse().ok());
        let lifetime = if user.is_some() { LIFETIME } else { STRANGERS_LIFETIME };
        Self { user, data: record.data.clone().into_iter().collect(), now, expires: now + lifetime }
    }
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not collide; the id stays as drawn.
        let Columns { user, data, now, expires } = Columns::of(record, self.clock.now());
        let mut lent = self.db.lend().await.map_err(backend)?;
        store::insert(&mut lent.conn(), &hash(&record.id), user, data, now, expires).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let Columns { user, data, now, expires } = Columns::of(record, self.clock.now());
        let mut lent = self.db.lend().await.map_err(backend)?;
        store::update(&mut lent.conn(), &hash(&record.id), user, data, now, expires).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut lent = self.db.lend().await.map_err(backend)?;
        let row = store::load(&mut lent.conn(), &hash(id), self.clock.now()).await.map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires_at.timestamp()).map_err(backend)?;
        Ok(Some(Record { id: *id, data: row.data.0.into_iter().collect(), expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut lent = self.db.lend().await.map_err(backend)?;
        store::delete(&mut lent.conn(), &hash(id)).await.map_err(backend)
    }
}
