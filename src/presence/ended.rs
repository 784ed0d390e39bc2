//! A room's call is over: what features do about it. Each does its own in a job of its own, so that one that fails keeps no other
//! from its work.

use std::{collections::BTreeSet, future::Future};

use chrono::{DateTime, Utc};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    db::Conn,
    error::Result,
    jobs::{self, Handlers},
    state::AppState,
};

/// Channel of rooms that LiveKit no longer has.
pub const CHANNEL: &str = "livekit.ends";

/// What is over. Another session of the same room may have begun since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The room.
    pub room: Uuid,
    /// LiveKit's id of the session.
    pub room_sid: String,
    /// When it ended.
    pub at: DateTime<Utc>,
}

/// The kinds of job that follow.
#[derive(Debug, Default)]
struct Listeners(Mutex<BTreeSet<&'static str>>);

/// From now on, every end of a call causes a job of this kind, which this handler serves. Like every job it may run more than once.
pub fn on<F, Fut>(handlers: Handlers, state: &AppState, kind: &'static str, handler: F) -> Handlers
where
    F: Fn(AppState, Ended) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    state.shared::<Listeners>().0.lock().insert(kind);
    handlers.of(kind, state, handler)
}

/// Enqueues everybody's job, in the caller's transaction.
pub async fn enqueue(conn: &mut Conn<'_>, state: &AppState, ended: &Ended) -> Result<()> {
    let kinds = state.shared::<Listeners>().0.lock().clone();
    for kind in kinds {
        jobs::enqueue(conn, &state.random, &state.clock, kind, ended, state.clock.now()).await?;
    }
    Ok(())
}

/// No process may believe any longer that LiveKit has this room.
pub async fn forget(state: &AppState, room: &str) {
    state.livekit.forget(room);
    state.cache.publish(CHANNEL, room).await;
}
