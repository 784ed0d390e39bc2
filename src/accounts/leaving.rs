//! Deleting an account. Whatever happens at the same time, no room is left without an owner.
//!
//! Rooms first, in the order of their keys, then the account: everybody who changes roles locks the room before they touch an
//! account, so nobody waits in a circle.

use std::collections::BTreeMap;

use tower_sessions::Session;
use uuid::Uuid;

use super::store::{self, Holder};
use crate::{
    chat,
    db::Tx,
    error::{Error, Result},
    invitations, presence,
    rooms::{
        self,
        model::{Access, Role, Room},
        permissions::{self, Who},
    },
    sessions::service::show_owner,
    state::AppState,
    users::{self, model::User},
};

/// How often it is begun anew when somebody gave the account a role meanwhile.
const TRIES: usize = 5;

/// What becomes of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Somebody with a role in it becomes its owner.
    HandOver(Uuid),
    /// This account becomes its owner, whether it has a role or not: the operator's way.
    Give(Uuid),
    /// It is deleted.
    Delete,
}

/// What becomes of the rooms that have no other owner.
#[derive(Clone, Debug, Default)]
pub struct Will {
    /// By room.
    pub rooms: BTreeMap<Uuid, Fate>,
    /// Of those that are not named; none: nothing happens until they are.
    pub others: Option<Fate>,
}

/// A room that nobody else owns.
#[derive(Clone, Debug)]
pub struct Sole {
    /// The room.
    pub room: Room,
    /// Who could have it.
    pub heirs: Vec<Holder>,
}

/// The rooms that somebody must decide on before leaving.
pub async fn sole_rooms(state: &AppState, user_id: Uuid) -> Result<Vec<Sole>> {
    let mut lent = state.db.lend().await?;
    let mut found = Vec::new();
    for room in store::sole_rooms(&mut lent.conn(), user_id).await? {
        let heirs = store::others(&mut lent.conn(), room.id, user_id).await?;
        found.push(Sole { room, heirs });
    }
    Ok(found)
}

/// Deletes one's own account, after its owner has shown to be there. Errors: those of [`show_owner`] and [`leave`].
pub async fn leave_myself(
    state: &AppState,
    user: &User,
    session: &Session,
    current: String,
    will: &Will,
) -> Result<()> {
    show_owner(state, user, session, current).await?;
    // On a page one can only choose among those who are in the room.
    if will.rooms.values().chain(&will.others).any(|fate| matches!(fate, Fate::Give(_))) {
        return Err(Error::Forbidden);
    }
    leave(state, user.id, will).await
}

/// Deletes an account, all at once or not at all. Errors: `NotFound`; `rooms_undecided`: a room has no other owner and no fate,
/// or the heir is no longer there.
pub async fn leave(state: &AppState, user_id: Uuid, will: &Will) -> Result<()> {
    for _ in 0..TRIES {
        let mut tx = state.db.begin().await?;
        let Some(gone) = execute(state, &mut tx, user_id, will).await? else { continue };
        tx.commit().await?;
        state.jobs.ring();
        tracing::info!(user.id = %user_id, "Deleted account {user_id}");
        for room in gone {
            rooms::metadata::end(state, room).await;
        }
        return Ok(());
    }
    Err(Error::Conflict("rooms_undecided"))
}

/// The rooms that were deleted; `None`: the account got another role before it could be locked.
async fn execute(state: &AppState, tx: &mut Tx, user_id: Uuid, will: &Will) -> Result<Option<Vec<Uuid>>> {
    let before = keys(&store::accesses(&mut tx.conn(), user_id).await?);
    for room in &before {
        rooms::store::locked(&mut tx.conn(), *room).await?;
    }
    if !store::lock_user(&mut tx.conn(), user_id).await? {
        return Err(Error::NotFound);
    }
    if keys(&store::accesses(&mut tx.conn(), user_id).await?).iter().any(|room| !before.contains(room)) {
        return Ok(None);
    }
    let mut gone = Vec::new();
    for room in store::sole_rooms(&mut tx.conn(), user_id).await? {
        match will.rooms.get(&room.id).copied().or(will.others) {
            None => return Err(Error::Conflict("rooms_undecided")),
            Some(Fate::Delete) => {
                // Nobody else owns it.
                let permit = permissions::delete(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER })?;
                rooms::gone::delete(state, &mut tx.conn(), &permit, room.id).await?;
                gone.push(room.id);
            }
            Some(fate @ (Fate::HandOver(heir) | Fate::Give(heir))) => {
                hand_over(state, tx, &room, user_id, heir, matches!(fate, Fate::Give(_))).await?;
            }
        }
    }
    presence::store::delete_stays_of(&mut tx.conn(), user_id).await?;
    if let Some(user) = users::store::by_id(&mut tx.conn(), user_id).await? {
        chat::store::forget_all_of(&mut tx.conn(), &user.subject()).await?;
    }
    invitations::store::forget_organizer(&mut tx.conn(), user_id).await?;
    store::delete_user(&mut tx.conn(), user_id).await?;
    Ok(Some(gone))
}

async fn hand_over(state: &AppState, tx: &mut Tx, room: &Room, from: Uuid, heir: Uuid, give: bool) -> Result<()> {
    let now = state.clock.now();
    if heir == from {
        return Err(Error::Conflict("rooms_undecided"));
    }
    if store::make_owner(&mut tx.conn(), room.id, heir, now).await? {
        return Ok(());
    }
    if !give {
        return Err(Error::Conflict("rooms_undecided"));
    }
    let access =
        Access { id: state.random.uuid(), room_id: room.id, user_id: heir, role: Role::Owner, created_at: now };
    Ok(rooms::store::insert_access(&mut tx.conn(), &access).await?)
}

fn keys(accesses: &[Access]) -> Vec<Uuid> {
    accesses.iter().map(|access| access.room_id).collect()
}
