//! Whether anybody writes in a room. LiveKit has one right for everything that is not sound or picture, so messages and reactions come
//! and go together; hosts keep it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::{
    db::Conn,
    error::{Error, Result},
    jobs::{self, Handlers},
    livekit::{
        Identity,
        client::{Failure, ParticipantChange},
    },
    presence::model::{Kind, Participant},
    rooms::{
        self, metadata,
        model::Room,
        permissions::{self, Who},
        rights,
        word::{self, Changed},
    },
    state::AppState,
    users::{self, model::User},
};

const KIND: &str = "chat.rights";

/// Switches the chat on or off, and whether those who come later read what was written. Whoever is in the call loses or gets the
/// right at once. Errors: `NotFound`, `Forbidden`.
pub async fn set(state: &AppState, user: &User, id: Uuid, on: bool, kept: bool) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let before = rooms::store::locked(&mut tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let role = rooms::store::role(&mut tx.conn(), id, user.id).await?;
    let permit = permissions::update(Who { signed_in: true, role })?;
    let now = state.clock.now();
    store::set(&mut tx.conn(), &permit, id, (on, kept), now).await?;
    if !kept {
        store::forget(&mut tx.conn(), id, now).await?;
    }
    tx.commit().await?;
    tracing::info!(room.id = %id, user.id = %user.id, on, kept, "Changed the chat of room {id}");
    word::tell(state, id, Changed::Room).await;
    if (on, kept) != (before.chat, before.chat_history) {
        metadata::tell(state, id).await;
    }
    if on != before.chat {
        apply_to_all(state, id).await;
    }
    Ok(())
}

/// Who comes with a token from before the chat was switched off: their right is taken back.
#[derive(Debug, Serialize, Deserialize)]
struct Came {
    room: Uuid,
    identity: String,
}

/// Sees to somebody who has come, in the caller's transaction.
pub async fn enqueue(conn: &mut Conn<'_>, state: &AppState, room: &Room, participant: &Participant) -> Result<()> {
    if room.chat || participant.kind != Kind::Standard {
        return Ok(());
    }
    let came = Came { room: room.id, identity: participant.identity.clone() };
    jobs::enqueue(conn, &state.random, &state.clock, KIND, &came, state.clock.now()).await
}

/// Adds the handler of this feature's job.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    handlers.of(
        KIND,
        state,
        |state: AppState, came: Came| async move { apply(&state, came.room, &came.identity).await },
    )
}

/// Tells LiveKit of everybody inside. LiveKit being away undoes nothing; in a task of its own, so that a client that hangs up keeps
/// nobody from hearing of it.
async fn apply_to_all(state: &AppState, id: Uuid) {
    let state = state.clone();
    let task = tokio::spawn(async move {
        let inside = match state.livekit.client().list_participants(&id.to_string()).await {
            Ok(inside) => inside,
            Err(Failure::NotFound) => return,
            Err(failure) => return tracing::warn!(room.id = %id, %failure, "The call in room {id} keeps its rights"),
        };
        for one in inside.iter().filter(|one| one.kind == "STANDARD") {
            if let Err(error) = apply(&state, id, &one.identity).await {
                tracing::warn!(room.id = %id, %error, "Somebody in room {id} keeps their rights");
            }
        }
    });
    // A panic in it has been logged.
    let _ = task.await;
}

/// Tells LiveKit what somebody in the call may do by now. Who is not there needs nothing. Errors: `Upstream`.
async fn apply(state: &AppState, id: Uuid, identity: &str) -> Result<()> {
    let mut lent = state.db.lend().await?;
    let Some(room) = rooms::store::by_id(&mut lent.conn(), id).await? else { return Ok(()) };
    let named = Identity::parse(identity);
    let role = match users::store::by_subject(&mut lent.conn(), named.subject()).await? {
        Some(user) => rooms::store::role(&mut lent.conn(), id, user.id).await?,
        None => None,
    };
    drop(lent);
    let change = ParticipantChange { permission: Some(rights::permission(&room, role)), ..Default::default() };
    match state.livekit.client().update_participant(&id.to_string(), identity, &change).await {
        Ok(()) | Err(Failure::NotFound) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}
