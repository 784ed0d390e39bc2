//! Removing somebody: out at once, on every browser of theirs, and out until a host lets them back.

use super::{Moderated, account_of, lock, removed, target};
use crate::{
    error::{Error, Result},
    livekit::client::Failure,
    lobby, presence,
    rooms::{
        self,
        audit::{self, Action, Target},
        inside,
        model::Role,
        permissions::{self, Who},
        removals::{Marks, Removal, store},
        word::{self, Changed},
    },
    state::AppState,
};

/// How somebody is to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whom.
    pub identity: String,
    /// Also from later meetings.
    pub block: bool,
    /// Whether everybody new has to be let in from now on: somebody without an account may come back as somebody new.
    pub everybody_asks: bool,
}

/// Removes somebody. Those who run the room are put out and may come back: who keeps one of them out takes the role first. A co-host
/// is none any more.
///
/// Errors: `NotFound` who is not in the meeting, refused `owners_only` (somebody who runs the room, by anybody but an owner) or
/// `not_a_host` (a co-host by a co-host, and blocking by a co-host), `Upstream`: they are out as soon as LiveKit can be told.
pub async fn remove(state: &AppState, on: &Moderated<'_>, wanted: &Wanted) -> Result<()> {
    let account = account_of(state, &wanted.identity).await?;
    let found = find(state, on, &wanted.identity).await;
    let (mut tx, room) = on.begin(state).await?;
    let conn = &mut tx.conn();
    let by = on.who(conn).await?;
    if wanted.block {
        permissions::outlast(by)?;
    }
    let (name, there) = found?;
    let whom = rooms::service::who_is(conn, room.id, account.as_ref()).await?;
    let runs = may(by, whom)?;
    let marks = Marks::of_identity(state, &wanted.identity);
    if !runs {
        let removal = Removal {
            id: state.random.uuid(),
            room_id: room.id,
            subject: marks.subject.clone(),
            device: marks.device.clone(),
            user_id: account.as_ref().map(|user| user.id),
            name,
            blocked: wanted.block,
            removed_by: Some(on.by.id),
            created_at: state.clock.now(),
        };
        store::put(conn, &on.permit, &removal).await?;
        // What a host decided at the door before is over.
        lobby::store::forget(conn, &on.permit, room.id, marks.subject.parse().ok(), removal.user_id).await?;
    }
    if let (true, Some(user)) = (whom.cohost, &account) {
        rooms::store::delete_cohost(conn, &permissions::appoint(by)?, room.id, user.id).await?;
        audit::note(conn, state, room.id, Some(on.by.id), Action::CohostTaken, Target::Account(user.id), None).await?;
        inside::enqueue(conn, state, room.id).await?;
    }
    let action = if wanted.block { Action::Blocked } else { Action::Removed };
    audit::note(conn, state, room.id, Some(on.by.id), action, target(account.as_ref(), &wanted.identity), None).await?;
    let locked = wanted.everybody_asks && lock::write(state, conn, on, &room, true).await?;
    removed::enqueue(conn, state, room.id).await?;
    tx.commit().await?;
    tracing::info!(room.id = %room.id, user.id = %on.by.id, blocked = wanted.block, "Removed somebody from room {}", room.id);
    let out = removed::put_out(state, room.id, |one| one.identity == wanted.identity || marks.is(state, &one.identity));
    let out = out.await;
    word::tell(state, room.id, Changed::Lobby).await;
    if locked {
        lock::tell(state, &room).await;
    }
    match out {
        // Nobody saw them inside: it is stored, and the job puts them out where they are after all.
        Err(error) if !there => {
            tracing::warn!(room.id = %room.id, %error, "Nobody could be put out of the call in room {}", room.id);
            Ok(())
        }
        out => out,
    }
}

/// What somebody in this meeting is called, and whether LiveKit says that they are inside just now: who lost the connection a moment
/// ago would be back in the next one. Errors: `NotFound`, `Upstream`.
async fn find(state: &AppState, on: &Moderated<'_>, identity: &str) -> Result<(String, bool)> {
    let failure = match state.livekit.client().get_participant(&on.room.id.to_string(), identity).await {
        Ok(there) => return Ok((there.name, true)),
        Err(failure) => failure,
    };
    let mut lent = state.db.lend().await?;
    match presence::store::last_stay(&mut lent.conn(), on.room.id, identity).await? {
        Some(stay) => Ok((stay.name, false)),
        None if failure == Failure::NotFound => Err(Error::NotFound),
        None => Err(failure.into()),
    }
}

/// Whether `by` may take something from `whom`; whether that is somebody who runs the room. Errors: refused.
pub(super) fn may(by: Who, whom: Who) -> Result<bool> {
    if whom.role.is_some_and(Role::is_host) {
        return if by.role == Some(Role::Owner) { Ok(true) } else { Err(Error::Refused("owners_only")) };
    }
    if whom.cohost {
        permissions::appoint(by)?;
    }
    Ok(false)
}
