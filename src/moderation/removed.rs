//! Those who were removed: put out again when an old token brings them back, listed for hosts, let back by them.
//!
//! Tokens cannot be taken back. Where LiveKit is reached through us, one of somebody who was removed does not get that far
//! (`may_connect`); where it is reached directly, they are inside until LiveKit's word of it has reached us.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Moderated;
use crate::{
    db::Conn,
    error::{Error, Result},
    jobs::{self, Handlers},
    livekit::{
        Identity, ParticipantClaims,
        client::{Failure, ParticipantInfo},
    },
    lobby,
    presence::{
        self,
        came::{self, Came},
    },
    rooms::{
        self,
        audit::{self, Action, Target},
        model::Room,
        removals::{Marks, Removal, store},
        word::{self, Changed},
    },
    state::AppState,
    users,
};

const KIND: &str = "moderation.removed";
/// How much later a room is looked at once more: LiveKit lets people in a moment before its API lists them (seen: 1.13.5).
const MOMENT: TimeDelta = TimeDelta::seconds(3);
const AT_ONCE: usize = 16;

#[derive(Debug, Serialize, Deserialize)]
struct Look {
    room: Uuid,
    /// Who came; none: everybody is looked at.
    identity: Option<String>,
}

/// Adds the handler of this job.
pub(super) fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    let handlers = handlers.of(KIND, state, |state: AppState, look: Look| async move { check(&state, look).await });
    came::on(handlers, state, "moderation.came", |state, came: Came| async move {
        check(&state, Look { room: came.room, identity: Some(came.identity) }).await
    })
}

/// Looks at everybody in a moment, in the caller's transaction.
pub async fn enqueue(conn: &mut Conn<'_>, state: &AppState, room: Uuid) -> Result<()> {
    let at = state.clock.now() + MOMENT;
    jobs::enqueue(conn, &state.random, &state.clock, KIND, &Look { room, identity: None }, at).await
}

/// Somebody has come: who was removed, or had to ask first, is put out again. In the caller's transaction.
pub async fn came(
    conn: &mut Conn<'_>,
    state: &AppState,
    room: &Room,
    identity: &str,
    joined_at: Option<DateTime<Utc>>,
) -> Result<()> {
    // Word of who came before may come late.
    let after = |locked: DateTime<Utc>| joined_at.is_none_or(|joined| joined > locked);
    let asks = room.locked_at.is_some_and(after) && !is_let_in(conn, state, room, identity).await?;
    if !asks && !is_out(conn, state, room.id, identity).await? {
        return Ok(());
    }
    let look = Look { room: room.id, identity: Some(identity.to_owned()) };
    jobs::enqueue(conn, &state.random, &state.clock, KIND, &look, state.clock.now()).await
}

async fn check(state: &AppState, look: Look) -> Result<()> {
    if let Some(identity) = look.identity {
        if may_be_in(state, look.room, &identity).await? {
            return Ok(());
        }
        tracing::info!(room.id = %look.room, "Somebody who may not be in room {} came with an old token", look.room);
        return one(state, look.room, &identity).await;
    }
    let inside = match state.livekit.client().list_participants(&look.room.to_string()).await {
        Err(Failure::NotFound) => return Ok(()),
        inside => inside?,
    };
    let mut lent = state.db.lend().await?;
    let mut out = Vec::new();
    for found in inside {
        if is_out(&mut lent.conn(), state, look.room, &found.identity).await? {
            out.push(found.identity);
        }
    }
    drop(lent);
    for identity in &out {
        one(state, look.room, identity).await?;
    }
    Ok(())
}

/// Whether this identity stays out of the room: who was removed, except those who run it, and whose account is closed.
async fn is_out(conn: &mut Conn<'_>, state: &AppState, room: Uuid, identity: &str) -> Result<bool> {
    let account = users::store::by_subject(conn, Identity::parse(identity).subject()).await?;
    if account.as_ref().is_some_and(|user| !user.is_active) {
        return Ok(true);
    }
    Ok(store::holds(conn, room, &Marks::of_identity(state, identity)).await?
        && !rooms::service::who_is(conn, room, account.as_ref()).await?.hosts())
}

/// Whether somebody comes into a locked room all the same: who runs it, was in it when it was locked, or was let in since.
async fn is_let_in(conn: &mut Conn<'_>, state: &AppState, room: &Room, identity: &str) -> Result<bool> {
    let Some(locked) = room.locked_at else { return Ok(true) };
    let parsed = Identity::parse(identity);
    let account = users::store::by_subject(conn, parsed.subject()).await?;
    if rooms::service::who_is(conn, room.id, account.as_ref()).await?.hosts() {
        return Ok(true);
    }
    let device = parsed.device().map_or("", |device| device.as_str());
    let stays = presence::store::stays_like(conn, room.id, parsed.subject(), device).await?;
    if stays.iter().any(|stay| stay.joined_at <= locked && stay.left_at.is_none_or(|left| left >= locked)) {
        return Ok(true);
    }
    let entries = lobby::store::all(conn, room.id).await?;
    let guest = Uuid::try_parse(parsed.subject()).ok();
    let theirs = |entry: &lobby::model::Entry| match &account {
        Some(user) => entry.user_id == Some(user.id),
        None => entry.user_id.is_none() && Some(entry.participant_id) == guest,
    };
    let now = state.clock.now();
    Ok(entries.iter().any(|entry| {
        theirs(entry)
            && entry.decided_at.is_some_and(|at| at >= locked)
            && entry.admission().is_some_and(|admission| now < admission.until)
    }))
}

/// Whether somebody with this token may speak to LiveKit: asked by the forwarder of its signalling.
pub async fn may_connect(state: &AppState, claims: &ParticipantClaims) -> Result<bool> {
    match Uuid::try_parse(&claims.room) {
        Ok(room) => may_be_in(state, room, &claims.identity).await,
        Err(_) => Ok(true),
    }
}

async fn may_be_in(state: &AppState, room: Uuid, identity: &str) -> Result<bool> {
    let mut lent = state.db.lend().await?;
    let conn = &mut lent.conn();
    let Some(room) = rooms::store::by_id(conn, room).await? else { return Ok(true) };
    Ok(!is_out(conn, state, room.id, identity).await? && is_let_in(conn, state, &room, identity).await?)
}

/// Puts out whoever `who` picks. Errors: `Upstream`.
pub async fn put_out(state: &AppState, room: Uuid, who: impl Fn(&ParticipantInfo) -> bool) -> Result<()> {
    let inside = match state.livekit.client().list_participants(&room.to_string()).await {
        Err(Failure::NotFound) => return Ok(()),
        inside => inside?,
    };
    let putting: Vec<_> = inside.iter().filter(|one| who(one)).map(|found| one(state, room, &found.identity)).collect();
    let done: Vec<Result<()>> = stream::iter(putting).buffer_unordered(AT_ONCE).collect().await;
    done.into_iter().collect()
}

async fn one(state: &AppState, room: Uuid, identity: &str) -> Result<()> {
    match state.livekit.client().remove_participant(&room.to_string(), identity).await {
        Ok(()) | Err(Failure::NotFound) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}

/// Everybody who is kept out, the latest first.
pub async fn all(state: &AppState, on: &Moderated<'_>) -> Result<Vec<Removal>> {
    let mut lent = state.db.lend().await?;
    Ok(store::all(&mut lent.conn(), &on.permit, on.room.id).await?)
}

/// Lets somebody back; who was blocked, by a host of the room alone. Errors: `NotFound`, refused `not_a_host`.
pub async fn let_back(state: &AppState, on: &Moderated<'_>, id: Uuid) -> Result<()> {
    let (mut tx, room) = on.begin(state).await?;
    let removal = store::lift(&mut tx.conn(), &on.permit, room.id, id).await?.ok_or(Error::NotFound)?;
    if removal.blocked {
        on.outlast(&mut tx.conn()).await?;
    }
    let target = removal.user_id.map_or(Target::Participant(&removal.subject), Target::Account);
    audit::note(&mut tx.conn(), state, room.id, Some(on.by.id), Action::LetBack, target, None).await?;
    tx.commit().await?;
    tracing::info!(room.id = %room.id, user.id = %on.by.id, "Let somebody back into room {}", room.id);
    word::tell(state, room.id, Changed::Lobby).await;
    Ok(())
}
