//! How an invitation becomes a place in the room.

use uuid::Uuid;

use super::store;
use crate::{
    db::Conn,
    error::Result,
    rooms::{
        self,
        audit::{self, Action, Target},
        inside,
        model::{Access, Role, Room},
        permissions::{self, AddAccess, Permit},
        word::{self, Changed},
    },
    state::AppState,
    users::model::User,
};

/// Somebody opens a room: what waits for the address they have confirmed makes them a member of it. Without one this costs nothing,
/// and one short question else. Once: who loses the role later does not get it back by the same invitation.
pub async fn claim(state: &AppState, user: Option<&User>, room: &Room) -> Result<()> {
    let Some(user) = user.filter(|user| user.is_active && user.email_verified_at.is_some()) else { return Ok(()) };
    let Some(folded) = user.folded_email() else { return Ok(()) };
    if !store::waits(&mut state.db.lend().await?.conn(), room.id, &folded).await? {
        return Ok(());
    }
    let mut tx = state.db.begin().await?;
    if rooms::store::locked(&mut tx.conn(), room.id).await?.is_none() {
        return Ok(());
    }
    // What the session's account was when the request began may be over.
    let verified = store::verified(&mut tx.conn(), user.id).await?;
    let Ok(permit) = permissions::accept_invitation(verified.as_deref(), &folded) else { return Ok(()) };
    if !store::waits(&mut tx.conn(), room.id, &folded).await? {
        return Ok(());
    }
    let (gave, joined) = give(state, &mut tx.conn(), &permit, room.id, user.id).await?;
    store::accept(&mut tx.conn(), room.id, &folded, (user.id, gave), state.clock.now()).await?;
    if joined {
        audit::note(&mut tx.conn(), state, room.id, Some(user.id), Action::Accepted, Target::None, None).await?;
        inside::enqueue(&mut tx.conn(), state, room.id).await?;
    }
    tx.commit().await?;
    if joined {
        tracing::info!(room.id = %room.id, user.id = %user.id, "An invitation made account {} a member of room {}", user.id, room.id);
        word::tell(state, room.id, Changed::Room).await;
        inside::tell(state, room.id).await;
    }
    Ok(())
}

/// Whoever has a role keeps it. The role that goes when no invitation stands any more, and whether it is new.
async fn give(
    state: &AppState,
    conn: &mut Conn<'_>,
    _permit: &Permit<AddAccess>,
    room: Uuid,
    user: Uuid,
) -> Result<(Option<Uuid>, bool)> {
    let held = rooms::store::accesses(conn, &[room]).await?.into_iter().find(|access| access.user_id == user);
    if let Some(held) = held {
        // One that a host gave is not the invitations' to take.
        let ours = store::gave(conn, held.id).await?;
        return Ok((ours.then_some(held.id), false));
    }
    let access = Access {
        id: state.random.uuid(),
        room_id: room,
        user_id: user,
        role: Role::Member,
        created_at: state.clock.now(),
    };
    rooms::store::insert_access(conn, &access).await?;
    Ok((Some(access.id), true))
}
