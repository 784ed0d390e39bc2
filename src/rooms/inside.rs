//! Brings those in a room's call in line with the room: LiveKit holds rights of its own, taken from the token that somebody came
//! with, which may be older than what the room says by now.
//!
//! Two changes at once may reach LiveKit in the wrong order. So whoever wrote looks once more at what the room says, and writes again
//! while it differs: the last one to look finds what holds.

use std::collections::HashMap;

use chrono::TimeDelta;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    metadata,
    model::{Role, Room},
    rights, store,
};
use crate::{
    db::Conn,
    error::{Error, Result},
    jobs::{self, Handlers},
    livekit::{
        Identity,
        client::{Failure, ParticipantChange, ParticipantInfo, Permission},
    },
    state::AppState,
    users::model::User,
};

const KIND: &str = "rooms.inside";
/// How often is looked again whether the room has changed meanwhile.
const ROUNDS: usize = 4;
/// How many are told at once.
const AT_ONCE: usize = 16;
/// How much later everybody is looked at once more: LiveKit lets people in a moment before its API lists them (seen: 1.13.5).
const MOMENT: TimeDelta = TimeDelta::seconds(3);

/// Whom to look at.
#[derive(Debug, Serialize, Deserialize)]
struct Look {
    room: Uuid,
    /// One of them; none: everybody, and what the room says of itself.
    identity: Option<String>,
}

/// Adds the handler of this job.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    handlers.of(KIND, state, |state: AppState, look: Look| async move {
        match look.identity {
            Some(identity) => one(&state, look.room, &identity).await,
            None => everybody(&state, look.room).await,
        }
    })
}

/// Sees to a change of the room in the transaction that makes it: also when nobody lives to call [`tell`], or LiveKit is away.
pub async fn enqueue(conn: &mut Conn<'_>, state: &AppState, room: Uuid) -> Result<()> {
    let look = Look { room, identity: None };
    jobs::enqueue(conn, &state.random, &state.clock, KIND, &look, state.clock.now() + MOMENT).await
}

/// Sees to somebody who has come, in the caller's transaction. `has`: the rights that LiveKit says they have.
pub async fn came(
    conn: &mut Conn<'_>,
    state: &AppState,
    room: &Room,
    identity: &str,
    has: Option<&Permission>,
) -> Result<()> {
    let rules = Rules::of(conn, room.clone()).await?;
    if has.is_some_and(|has| has.equals(&rules.permission(identity))) {
        return Ok(());
    }
    let look = Look { room: room.id, identity: Some(identity.to_owned()) };
    jobs::enqueue(conn, &state.random, &state.clock, KIND, &look, state.clock.now()).await
}

/// Tells everybody inside at once, after the commit. LiveKit being away undoes nothing; in a task of its own, so that a client that
/// hangs up keeps nobody from hearing of it.
pub async fn tell(state: &AppState, id: Uuid) {
    let state = state.clone();
    let task = tokio::spawn(async move {
        if let Err(error) = everybody(&state, id).await {
            tracing::warn!(room.id = %id, %error, "The call in room {id} was not told of its changes yet");
        }
    });
    // A panic in it has been logged.
    let _ = task.await;
}

/// What a room says of those inside.
struct Rules {
    room: Room,
    /// By subject.
    roles: HashMap<String, Role>,
}

impl Rules {
    async fn now(state: &AppState, id: Uuid) -> Result<Option<Self>> {
        let mut lent = state.db.lend().await?;
        match store::by_id(&mut lent.conn(), id).await? {
            Some(room) => Ok(Some(Self::of(&mut lent.conn(), room).await?)),
            None => Ok(None),
        }
    }

    async fn of(conn: &mut Conn<'_>, room: Room) -> sqlx::Result<Self> {
        let people = store::people(conn, &[room.id]).await?;
        let subjects: HashMap<Uuid, String> =
            people.iter().filter(|user| user.is_active).map(|user| (user.id, User::subject(user))).collect();
        let accesses = store::accesses(conn, &[room.id]).await?;
        let named = accesses.into_iter().filter_map(|one| Some((subjects.get(&one.user_id)?.clone(), one.role)));
        Ok(Self { roles: named.collect(), room })
    }

    fn permission(&self, identity: &str) -> Permission {
        let role = self.roles.get(Identity::parse(identity).subject()).copied();
        rights::permission(&self.room, role)
    }
}

async fn everybody(state: &AppState, id: Uuid) -> Result<()> {
    metadata::merge(state, id).await?;
    let Some(mut rules) = Rules::now(state, id).await? else { return Ok(()) };
    let mut inside = match state.livekit.client().list_participants(&id.to_string()).await {
        Err(Failure::NotFound) => return Ok(()),
        inside => inside?,
    };
    // Machines have the rights they were given.
    inside.retain(|one| one.kind == "STANDARD");
    for _ in 0..ROUNDS {
        let differ: Vec<(usize, Permission)> = inside
            .iter()
            .enumerate()
            .map(|(index, one)| (index, rules.permission(&one.identity)))
            .filter(|(index, now)| !inside[*index].permission.equals(now))
            .collect();
        if differ.is_empty() {
            return Ok(());
        }
        let writes: Vec<_> =
            differ.iter().map(|(index, now)| write(state, id, &inside[*index].identity, now)).collect();
        stream::iter(writes).buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        for (index, now) in differ {
            inside[index] = ParticipantInfo { permission: now, ..inside[index].clone() };
        }
        match Rules::now(state, id).await? {
            Some(now) => rules = now,
            None => return Ok(()),
        }
    }
    Err(changing())
}

async fn one(state: &AppState, id: Uuid, identity: &str) -> Result<()> {
    let mut written = None;
    for _ in 0..ROUNDS {
        let Some(rules) = Rules::now(state, id).await? else { return Ok(()) };
        let now = rules.permission(identity);
        if written.as_ref() == Some(&now) {
            return Ok(());
        }
        write(state, id, identity, &now).await?;
        written = Some(now);
    }
    Err(changing())
}

/// Who is not there needs nothing.
async fn write(state: &AppState, id: Uuid, identity: &str, now: &Permission) -> Result<()> {
    let change = ParticipantChange { permission: Some(now.clone()), ..Default::default() };
    match state.livekit.client().update_participant(&id.to_string(), identity, &change).await {
        Ok(()) | Err(Failure::NotFound) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}

/// The job comes again.
fn changing() -> Error {
    anyhow::anyhow!("a room's rights change faster than they can be applied").into()
}
