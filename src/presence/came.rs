//! Somebody is in a call whose coming no webhook told of: what features do about it. Each does its own in a job of its own.

use std::{collections::BTreeSet, future::Future};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    db::Conn,
    error::Result,
    jobs::{self, Handlers},
    state::AppState,
};

/// Who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// The room.
    pub room: Uuid,
    /// Who they are on LiveKit.
    pub identity: String,
}

/// The kinds of job that follow.
#[derive(Debug, Default)]
struct Listeners(Mutex<BTreeSet<&'static str>>);

/// From now on, everybody who is found causes a job of this kind, which this handler serves. Like every job it may run more than once.
pub fn on<F, Fut>(handlers: Handlers, state: &AppState, kind: &'static str, handler: F) -> Handlers
where
    F: Fn(AppState, Came) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    state.shared::<Listeners>().0.lock().insert(kind);
    handlers.of(kind, state, handler)
}

/// Enqueues everybody's job, in the caller's transaction.
pub(super) async fn enqueue(conn: &mut Conn<'_>, state: &AppState, came: &Came) -> Result<()> {
    let kinds = state.shared::<Listeners>().0.lock().clone();
    for kind in kinds {
        jobs::enqueue(conn, &state.random, &state.clock, kind, came, state.clock.now()).await?;
    }
    Ok(())
}
