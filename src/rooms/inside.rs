//! Brings those in a room's call in line with the room: LiveKit holds rights and a role of its own, taken from the token that somebody
//! came with, which may be older than what the room says by now.
//!
//! Two changes at once may reach LiveKit in the wrong order. So whoever wrote looks once more at what the room says, and writes again
//! while it differs: the last one to look finds what holds.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    entry, metadata,
    model::{Role, Room},
    permissions::Who,
    rights, store,
};
use crate::{
    db::Conn,
    error::{Error, Result},
    jobs::{self, Handlers},
    livekit::{
        Identity,
        client::{Failure, ParticipantChange, Permission},
    },
    state::AppState,
    users::model::User,
};

const KIND: &str = "rooms.inside";
/// The attribute that holds somebody's role (contract §3.1).
const ROLE: &str = "room_role";
/// The attribute that says of a role that it is the meeting's alone. Ours: other clients see one who runs the room.
const COHOST: &str = "cohost";
/// How often is looked again whether the room has changed meanwhile.
const ROUNDS: usize = 4;
/// How many are told at once.
const AT_ONCE: usize = 8;
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

/// The same for one of them.
pub async fn enqueue_one(conn: &mut Conn<'_>, state: &AppState, room: Uuid, identity: &str) -> Result<()> {
    let look = Look { room, identity: Some(identity.to_owned()) };
    jobs::enqueue(conn, &state.random, &state.clock, KIND, &look, state.clock.now() + MOMENT).await
}

/// Sees to somebody who has come, in the caller's transaction. `has`: what LiveKit says they have, if it said so.
pub async fn came(
    conn: &mut Conn<'_>,
    state: &AppState,
    room: &Room,
    identity: &str,
    has: Option<(&Permission, &BTreeMap<String, String>)>,
) -> Result<()> {
    let due = Rules::of(conn, room.clone()).await?.due(identity);
    if has.is_some_and(|(permission, attributes)| due.is_had(permission, attributes)) {
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

/// What somebody in the call should have.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Due {
    permission: Permission,
    role: Option<Role>,
    cohost: bool,
}

impl Due {
    fn is_had(&self, permission: &Permission, attributes: &BTreeMap<String, String>) -> bool {
        // A role that is none is told as null in tokens, as nothing by LiveKit.
        let has = |name| attributes.get(name).map_or("", String::as_str);
        permission.equals(&self.permission) && has(ROLE) == self.role() && has(COHOST) == self.cohost()
    }

    fn cohost(&self) -> &'static str {
        if self.cohost { "true" } else { "" }
    }

    fn role(&self) -> &'static str {
        self.role.map_or("", Role::as_str)
    }
}

/// What a room says of those inside.
struct Rules {
    room: Room,
    /// What subjects are to the meeting.
    roles: HashMap<String, Who>,
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
        let cohosts = store::cohosts(conn, room.id).await?;
        let held: HashMap<Uuid, Role> =
            store::accesses(conn, &[room.id]).await?.into_iter().map(|one| (one.user_id, one.role)).collect();
        let ids: Vec<Uuid> = cohosts.iter().map(|user| user.id).collect();
        let who = |id: &Uuid| Who { role: held.get(id).copied(), cohost: ids.contains(id), ..Who::STRANGER };
        let active = people.iter().chain(&cohosts).filter(|user| user.is_active);
        Ok(Self { roles: active.map(|user| (User::subject(user), who(&user.id))).collect(), room })
    }

    fn due(&self, identity: &str) -> Due {
        let who = self.roles.get(Identity::parse(identity).subject()).copied().unwrap_or(Who::STRANGER);
        Due {
            permission: rights::permission(&self.room, who.hosts()),
            role: entry::shown_role(who),
            cohost: who.cohost && !who.role.is_some_and(Role::is_host),
        }
    }
}

async fn everybody(state: &AppState, id: Uuid) -> Result<()> {
    metadata::merge(state, id).await?;
    let Some(mut rules) = Rules::now(state, id).await? else { return Ok(()) };
    let inside = match state.livekit.client().list_participants(&id.to_string()).await {
        Err(Failure::NotFound) => return Ok(()),
        inside => inside?,
    };
    // Machines have the rights they were given.
    let people: Vec<_> = inside.into_iter().filter(|one| one.kind == "STANDARD").collect();
    let mut written: HashMap<&str, Due> = HashMap::new();
    let mut failed = None;
    for _ in 0..ROUNDS {
        let due = people.iter().map(|one| (one, rules.due(&one.identity)));
        let differ: Vec<_> = due
            .filter(|(one, due)| match written.get(one.identity.as_str()) {
                Some(written) => written != due,
                None => !due.is_had(&one.permission, &one.attributes),
            })
            .collect();
        if differ.is_empty() {
            return Ok(());
        }
        let writes: Vec<_> = differ.iter().map(|(one, due)| write(state, id, &one.identity, due)).collect();
        let done: Vec<Result<()>> = stream::iter(writes).buffered(AT_ONCE).collect().await;
        // One whom LiveKit is too slow for keeps nobody else from theirs, and is told again in the next round.
        failed = None;
        for ((one, due), done) in differ.into_iter().zip(done) {
            match done {
                Ok(()) => drop(written.insert(one.identity.as_str(), due)),
                Err(error) => failed = Some(error),
            }
        }
        match Rules::now(state, id).await? {
            Some(now) => rules = now,
            None => return Ok(()),
        }
    }
    Err(failed.unwrap_or_else(changing))
}

/// Subjects of those who run the meeting.
pub async fn hosts(state: &AppState, room: &Room) -> Result<HashSet<String>> {
    let rules = Rules::of(&mut state.db.lend().await?.conn(), room.clone()).await?;
    Ok(rules.roles.into_iter().filter(|(_, who)| who.hosts()).map(|(subject, _)| subject).collect())
}

/// Brings one of them in line. Errors: `Upstream`.
pub async fn one(state: &AppState, id: Uuid, identity: &str) -> Result<()> {
    let mut written = None;
    for _ in 0..ROUNDS {
        let Some(rules) = Rules::now(state, id).await? else { return Ok(()) };
        let due = rules.due(identity);
        if written.as_ref() == Some(&due) {
            return Ok(());
        }
        write(state, id, identity, &due).await?;
        written = Some(due);
    }
    Err(changing())
}

/// Who is not there needs nothing.
async fn write(state: &AppState, id: Uuid, identity: &str, due: &Due) -> Result<()> {
    let change = ParticipantChange {
        permission: Some(due.permission.clone()),
        attributes: [(ROLE, due.role()), (COHOST, due.cohost())]
            .map(|(name, is)| (name.to_owned(), is.to_owned()))
            .into(),
        ..Default::default()
    };
    match state.livekit.client().update_participant(&id.to_string(), identity, &change).await {
        Ok(()) | Err(Failure::NotFound) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}

/// The job comes again.
fn changing() -> Error {
    anyhow::anyhow!("a room's rights change faster than they can be applied").into()
}
