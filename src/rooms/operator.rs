//! Rooms as whoever runs the instance sees them at the terminal: all of them, whoever they belong to.

use super::{
    gone, metadata,
    model::{Access, Room},
    permissions, service, store,
};
use crate::{error::Result, state::AppState, users::model::User};

/// Every room, by name.
pub async fn all(state: &AppState) -> Result<Vec<Room>> {
    Ok(store::all(&mut state.db.lend().await?.conn()).await?)
}

/// Who has which role in a room.
pub async fn people(state: &AppState, room: &Room) -> Result<Vec<(Access, User)>> {
    let mut lent = state.db.lend().await?;
    let accesses = store::accesses(&mut lent.conn(), &[room.id]).await?;
    let mut people = store::people(&mut lent.conn(), &[room.id]).await?;
    let one = |access: Access| {
        let at = people.iter().position(|user| user.id == access.user_id)?;
        Some((access, people.swap_remove(at)))
    };
    Ok(accesses.into_iter().filter_map(one).collect())
}

/// Deletes a room with everything that belongs to it, and ends its call. Errors: `NotFound`.
pub async fn delete(state: &AppState, text: &str) -> Result<Room> {
    let room = service::find(state, text).await?;
    let mut tx = state.db.begin().await?;
    gone::delete(state, &mut tx.conn(), &permissions::at_the_terminal(), room.id).await?;
    tx.commit().await?;
    state.jobs.ring();
    metadata::end(state, room.id).await;
    Ok(room)
}
