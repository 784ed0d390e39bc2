//! Closing an account and opening it again, with what follows in the calls that it is in.

use crate::{
    error::Result,
    presence,
    rooms::inside,
    state::AppState,
    users::{manage, model::User},
};

/// Opens or closes an account. In a call that it is in it has no host's rights any more, or has them again.
pub async fn set_active(state: &AppState, user: &User, active: bool) -> Result<()> {
    let mut tx = state.db.begin().await?;
    manage::put_active(state, &mut tx.conn(), user, active).await?;
    for room in presence::store::rooms_with(&mut tx.conn(), user.id).await? {
        inside::enqueue(&mut tx.conn(), state, room).await?;
    }
    Ok(tx.commit().await?)
}
