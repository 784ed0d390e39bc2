//! Whether anybody writes in a room. LiveKit has one right for everything that is not sound or picture, so messages and reactions come
//! and go together; hosts keep it.

use uuid::Uuid;

use super::store;
use crate::{
    error::{Error, Result},
    rooms::{
        self, audit, inside,
        model::Room,
        permissions::{self, Who},
        word::{self, Changed},
    },
    state::AppState,
    users::model::User,
};

/// Switches the chat on or off, and whether those who come later read what was written. Whoever is in the call loses or gets the
/// right at once. Errors: `NotFound`, `Forbidden`.
pub async fn set(state: &AppState, user: &User, id: Uuid, on: bool, kept: bool) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let before = rooms::store::locked(&mut tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let role = rooms::store::role(&mut tx.conn(), id, user.id).await?;
    let permit = permissions::update(Who { signed_in: true, role, ..Who::STRANGER })?;
    let now = state.clock.now();
    store::set(&mut tx.conn(), &permit, id, (on, kept), now).await?;
    let after = Room { chat: on, chat_history: kept, ..before.clone() };
    audit::note_change(&mut tx.conn(), state, user.id, &before, &after).await?;
    if !kept {
        store::forget(&mut tx.conn(), id, now).await?;
    }
    let concerns_those_inside = (on, kept) != (before.chat, before.chat_history);
    if concerns_those_inside {
        inside::enqueue(&mut tx.conn(), state, id).await?;
    }
    tx.commit().await?;
    tracing::info!(room.id = %id, user.id = %user.id, on, kept, "Changed the chat of room {id}");
    word::tell(state, id, Changed::Room).await;
    if concerns_those_inside {
        inside::tell(state, id).await;
    }
    Ok(())
}
