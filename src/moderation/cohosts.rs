//! Those who run a meeting together with the hosts, until it is over. They have an account: what a host may do is never proven by a
//! participant token.

use super::account_of;
use crate::{
    error::{Error, Result},
    rooms::{
        self,
        audit::{self, Action, Target},
        inside,
        model::Room,
        permissions, store,
        word::{self, Changed},
    },
    state::AppState,
    users::model::User,
};

/// The room, for a host of it. Errors: `NotFound`, refused `not_a_host`.
pub async fn may(state: &AppState, by: &User, text: &str) -> Result<Room> {
    let room = rooms::service::find(state, text).await?;
    permissions::appoint(rooms::service::who(state, &room, Some(by)).await?)?;
    Ok(room)
}

/// Names somebody co-host or takes it back. Errors: `NotFound` who has no account, refused `not_a_host`.
pub async fn set(state: &AppState, by: &User, room: &Room, identity: &str, on: bool) -> Result<()> {
    let account = account_of(state, identity).await?.filter(|user| user.is_active).ok_or(Error::NotFound)?;
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    let room = store::locked(conn, room.id).await?.ok_or(Error::NotFound)?;
    let permit = permissions::appoint(rooms::service::who_is(conn, room.id, Some(by)).await?)?;
    let action = if on {
        store::insert_cohost(conn, &permit, room.id, account.id, state.clock.now()).await?;
        Action::CohostMade
    } else {
        store::delete_cohost(conn, &permit, room.id, account.id).await?;
        Action::CohostTaken
    };
    audit::note(conn, state, room.id, Some(by.id), action, Target::Account(account.id), None).await?;
    inside::enqueue(conn, state, room.id).await?;
    tx.commit().await?;
    tracing::info!(room.id = %room.id, user.id = %by.id, on, "Changed who runs the meeting in room {}", room.id);
    word::tell(state, room.id, Changed::Room).await;
    inside::tell(state, room.id).await;
    Ok(())
}
