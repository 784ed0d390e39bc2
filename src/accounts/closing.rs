//! Closing an account and opening it again, with what follows in the calls that it is in.

use crate::{
    error::Result,
    livekit::Identity,
    moderation::removed,
    presence,
    rooms::inside,
    state::AppState,
    users::{manage, model::User},
};

/// Opens or closes an account. It is put out of the calls that it is in when it is closed, and has no host's rights until then.
pub async fn set_active(state: &AppState, user: &User, active: bool) -> Result<()> {
    let mut tx = state.db.begin().await?;
    manage::put_active(state, &mut tx.conn(), user, active).await?;
    let rooms = presence::store::rooms_with(&mut tx.conn(), user.id).await?;
    for &room in &rooms {
        inside::enqueue(&mut tx.conn(), state, room).await?;
        if !active {
            removed::enqueue(&mut tx.conn(), state, room).await?;
        }
    }
    tx.commit().await?;
    if active {
        return Ok(());
    }
    for room in rooms {
        // The job does it where LiveKit cannot be told now.
        if let Err(error) =
            removed::put_out(state, room, |one| Identity::parse(&one.identity).subject() == user.subject()).await
        {
            tracing::warn!(room.id = %room, user.id = %user.id, %error, "A closed account is not out of the call in room {room} yet");
        }
    }
    Ok(())
}
