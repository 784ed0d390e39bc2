//! The contract's way to make somebody who is in the call one who runs the room, or to take that back (§1.5): for good, unlike
//! `cohosts`.

use super::account_of;
use crate::{
    error::{Error, Result},
    livekit::Identity,
    rooms::{
        self,
        accesses::{request::NewAccess, service as accesses},
        model::Role,
        permissions,
    },
    state::AppState,
    users::model::User,
};

/// Why it was not done, in the contract's terms.
#[derive(Debug)]
pub enum Trouble {
    /// Who asks is not in the call, or that cannot be told.
    NotConnected,
    /// It is one's own role.
    Own,
    /// They are not in the call.
    Absent,
    /// They have no account.
    Guest,
    /// They own the room.
    Owner,
    /// Anything else.
    Other(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// The room, for a host who is in its call. Before what they want is looked at.
pub async fn may(state: &AppState, by: &User, text: &str) -> Result<rooms::model::Room, Trouble> {
    let room = rooms::service::find(state, text).await?;
    permissions::appoint(rooms::service::who(state, &room, Some(by)).await?)?;
    let inside = state.livekit.client().list_participants(&room.id.to_string()).await;
    // Fails closed.
    let inside = inside.map_err(|_| Trouble::NotConnected)?;
    let here = inside.iter().any(|one| Identity::parse(&one.identity).subject() == by.subject());
    if here { Ok(room) } else { Err(Trouble::NotConnected) }
}

/// Gives somebody in the call the role; whether LiveKit shows it by now.
pub async fn change(
    state: &AppState,
    by: &User,
    room: &rooms::model::Room,
    identity: &str,
    role: Role,
) -> Result<bool, Trouble> {
    if Identity::parse(identity).subject() == by.subject() {
        return Err(Trouble::Own);
    }
    let name = room.id.to_string();
    let there = state.livekit.client().get_participant(&name, identity).await.map_err(Error::from);
    match there {
        Err(Error::NotFound) => return Err(Trouble::Absent),
        there => drop(there?),
    }
    let account = account_of(state, identity).await?.ok_or(Trouble::Guest)?;
    let held = accesses::held(state, room.id, account.id).await?;
    match held {
        Some(held) if held.role == Role::Owner => return Err(Trouble::Owner),
        Some(held) if held.role == role => {}
        Some(held) => {
            accesses::change(state, by, held.id, role).await?;
        }
        None => {
            accesses::add(state, by, NewAccess { user: account.id, room: room.id, role }).await?;
        }
    }
    let shown = state.livekit.client().get_participant(&name, identity).await;
    Ok(shown.is_ok_and(|one| one.attributes.get("room_role").is_some_and(|shown| shown == role.as_str())))
}
