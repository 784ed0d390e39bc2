//! What goes to those who stand at a door, and to hosts, as it happens.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::{Stream, stream};
use tokio::sync::watch::Receiver;
use tokio_util::sync::CancellationToken;
use tower_sessions::Session;
use uuid::Uuid;

use super::{
    model::Asker,
    now::Standing,
    service,
    snapshot::{Passes, Snapshot, View},
    watch::{Connected, Watch, watch},
};
use crate::{
    error::Result,
    rooms::{self, model::Room, permissions},
    sessions,
    state::AppState,
    users::{self, model::User},
};

/// How often a host's session is looked at while nothing happens.
const RECHECK: Duration = Duration::from_secs(20);
/// How long somebody counts as waiting whose page asks instead of listening.
const POLLED: TimeDelta = TimeDelta::seconds(12);

/// Somebody at the door, or who was.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who asks.
    pub asker: Asker,
    /// Their account.
    pub user: Option<User>,
}

impl Visitor {
    /// What they see in a snapshot. What somebody with an account is to the room is asked anew each time: a role may have come.
    async fn view(&self, state: &AppState, snapshot: &Snapshot) -> Result<View> {
        let passes = match &snapshot.room {
            None => Passes::No,
            Some(room) => {
                let seen = (&snapshot.kept_out, snapshot.host_here);
                let standing = Standing::at(state, room, self.user.as_ref(), &self.asker, seen).await?;
                match standing.enter() {
                    Ok(_) => Passes::Yes,
                    Err(_) if standing.who.removed => Passes::Removed,
                    Err(_) if standing.is_full() => Passes::Full,
                    Err(_) if standing.awaits_host() => Passes::Awaits,
                    Err(_) => Passes::No,
                }
            }
        };
        Ok(snapshot.view(&self.asker, passes, &state.settings.lobby))
    }
}

/// What somebody sees who asks now and then instead of listening; asking keeps their place.
pub async fn poll(state: &AppState, room: Uuid, visitor: &Visitor) -> Result<View> {
    service::stay(state, room, &visitor.asker, POLLED).await?;
    visitor.view(state, &Snapshot::take(state, room).await?).await
}

/// What somebody who waits sees, from now on, whenever it changes. Ends with what is final, and when we stop.
///
/// Errors: `RateLimited` when too many pages of this browser listen.
pub async fn visitor(
    state: &AppState,
    room: Uuid,
    visitor: Visitor,
    stop: CancellationToken,
) -> Result<impl Stream<Item = View> + Send + use<>> {
    let connected = watch(state, room).arrive(state, &visitor.asker, stop.clone()).await?;
    let seen = connected.seen();
    let listener = Listener { state: state.clone(), visitor, connected, seen, last: None };
    Ok(stream::unfold(listener, move |listener| {
        let stop = stop.clone();
        async move { stop.run_until_cancelled(listener.next()).await.flatten() }
    }))
}

struct Listener {
    state: AppState,
    visitor: Visitor,
    connected: Connected,
    seen: Receiver<Option<Arc<Snapshot>>>,
    last: Option<View>,
}

impl Listener {
    async fn next(mut self) -> Option<(View, Self)> {
        if self.last.as_ref().is_some_and(View::is_final) {
            return None;
        }
        loop {
            self.seen.changed().await.ok()?;
            let seen = self.seen.borrow_and_update().clone();
            // What was seen before they came may not know yet that they asked.
            let Some(snapshot) = seen.filter(|snapshot| snapshot.began >= self.connected.since) else { continue };
            // The database being away is no news; the next snapshot comes when it is back.
            let Ok(view) = self.visitor.view(&self.state, &snapshot).await else { continue };
            if self.last.as_ref() != Some(&view) {
                self.last = Some(view.clone());
                return Some((view, self));
            }
        }
    }
}

/// What a host sees, from now on. Ends when they are none any more, or signed out, and when we stop.
pub fn host(
    state: &AppState,
    room: &Room,
    user: &User,
    session: Session,
    stop: CancellationToken,
) -> impl Stream<Item = Arc<Snapshot>> + Send + use<> {
    let watch = watch(state, room.id);
    let seen = watch.seen();
    let host = Host { state: state.clone(), user: user.id, session, _watch: watch, seen };
    stream::unfold(host, move |host| {
        let stop = stop.clone();
        async move { stop.run_until_cancelled(host.next()).await.flatten() }
    })
}

struct Host {
    state: AppState,
    user: Uuid,
    session: Session,
    _watch: Arc<Watch>,
    seen: Receiver<Option<Arc<Snapshot>>>,
}

impl Host {
    async fn next(mut self) -> Option<(Arc<Snapshot>, Self)> {
        loop {
            match tokio::time::timeout(RECHECK, self.seen.changed()).await {
                Ok(changed) => changed.ok()?,
                Err(_) if self.is_signed_in().await => continue,
                Err(_) => return None,
            }
            let Some(snapshot) = self.seen.borrow_and_update().clone() else { continue };
            let room = snapshot.room.clone()?;
            return match self.is_host(&room).await {
                Ok(true) => Some((snapshot, self)),
                Ok(false) => None,
                Err(_) => continue,
            };
        }
    }

    async fn is_host(&self, room: &Room) -> Result<bool> {
        let Some(user) = users::service::active(&self.state, self.user).await? else { return Ok(false) };
        let who = rooms::service::who(&self.state, room, Some(&user)).await?;
        Ok(permissions::decide(who).is_ok() && self.is_signed_in().await)
    }

    /// Whoever cannot be asked has not signed out.
    async fn is_signed_in(&self) -> bool {
        sessions::mine::lasts(&self.state, &self.session).await.unwrap_or(true)
    }
}
