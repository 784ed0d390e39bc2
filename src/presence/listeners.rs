//! Features that want to hear of something that presence knows, one set of them for each type of news.

use std::{collections::BTreeSet, future::Future, marker::PhantomData};

use parking_lot::Mutex;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    db::Conn,
    error::Result,
    jobs::{self, Handlers},
    state::AppState,
};

/// The kinds of job that follow.
struct Listeners<News>(Mutex<BTreeSet<&'static str>>, PhantomData<fn(News)>);

impl<News> Default for Listeners<News> {
    fn default() -> Self {
        Self(Mutex::default(), PhantomData)
    }
}

/// From now on, all news of this type cause a job of this kind, which this handler serves. Like every job it may run more than once.
pub fn on<News, F, Fut>(handlers: Handlers, state: &AppState, kind: &'static str, handler: F) -> Handlers
where
    News: DeserializeOwned + Send + 'static,
    F: Fn(AppState, News) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    state.shared::<Listeners<News>>().0.lock().insert(kind);
    handlers.of(kind, state, handler)
}

/// Enqueues everybody's job, in the caller's transaction.
pub async fn enqueue<News>(conn: &mut Conn<'_>, state: &AppState, news: &News) -> Result<()>
where
    News: Serialize + Sync + 'static,
{
    let kinds = state.shared::<Listeners<News>>().0.lock().clone();
    for kind in kinds {
        jobs::enqueue(conn, &state.random, &state.clock, kind, news, state.clock.now()).await?;
    }
    Ok(())
}
