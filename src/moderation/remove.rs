//! Removing somebody: out at once, on every browser of theirs, and out until a host lets them back.

use super::{Moderated, account_of, lock, removed, target};
use crate::{
    error::{Error, Result},
    lobby,
    rooms::{
        self,
        audit::{self, Action},
        removals::{Marks, Removal, store},
        word::{self, Changed},
    },
    state::AppState,
    users::model::User,
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

/// Removes somebody. Those who run the room are put out and may come back: who keeps one of them out takes the role first.
///
/// Errors: `NotFound` who is not in the call, refused `owners_only` (somebody who runs the room, by anybody but an owner), `Upstream`:
/// they are out as soon as LiveKit can be told.
pub async fn remove(state: &AppState, on: &Moderated<'_>, wanted: &Wanted) -> Result<()> {
    let there = on.person(state, &wanted.identity).await?;
    let account = account_of(state, &wanted.identity).await?;
    let runs = may(state, on, account.as_ref()).await?;
    let (mut tx, room) = on.begin(state).await?;
    let conn = &mut tx.conn();
    let marks = Marks::of_identity(state, &wanted.identity);
    if !runs {
        let removal = Removal {
            id: state.random.uuid(),
            room_id: room.id,
            subject: marks.subject.clone(),
            device: marks.device.clone(),
            user_id: account.as_ref().map(|user| user.id),
            name: there.name,
            blocked: wanted.block,
            removed_by: Some(on.by.id),
            created_at: state.clock.now(),
        };
        store::put(conn, &on.permit, &removal).await?;
        // What a host decided at the door before is over.
        lobby::store::forget(conn, &on.permit, room.id, marks.subject.parse().ok(), removal.user_id).await?;
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
    out
}

/// Whether they run the room themselves.
async fn may(state: &AppState, on: &Moderated<'_>, account: Option<&User>) -> Result<bool> {
    let whom = rooms::service::who(state, &on.room, account).await?;
    let runs = whom.role.is_some_and(rooms::model::Role::is_host);
    let by = rooms::service::who(state, &on.room, Some(on.by)).await?;
    if runs && by.role != Some(rooms::model::Role::Owner) { Err(Error::Refused("owners_only")) } else { Ok(runs) }
}
