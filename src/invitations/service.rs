//! Inviting, and what hosts do about invitations afterwards.

use chrono::TimeDelta;
use uuid::Uuid;

pub use super::claim::claim;
pub use super::deliver::{delivered, handlers};
use super::{
    deliver, farewell, limits,
    model::{Invitation, New, Status, Time},
    store,
};
use crate::{
    db::Tx,
    error::{Error, Result},
    rooms::{
        self,
        accesses::service as accesses,
        audit::{self, Action, Target},
        model::Room,
        permissions::{self, Invite, Permit},
    },
    state::AppState,
    users::model::User,
};

/// How many a page shows.
const SHOWN: i64 = 500;
/// How long one that was taken back is still shown.
const GONE: TimeDelta = TimeDelta::days(1);
/// A letter is tried for hours; one that waits for so long is not going out any more.
const LOST: TimeDelta = TimeDelta::days(1);
/// How long invitations are kept, after the meeting if they have a time.
const KEPT: TimeDelta = TimeDelta::days(90);
/// How long those that were taken back are.
const KEPT_CANCELLED: TimeDelta = TimeDelta::days(7);

/// Invitations that were made together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its key.
    pub id: Uuid,
    /// When the meeting is.
    pub time: Option<Time>,
    /// To whom; never empty.
    pub invitations: Vec<Invitation>,
}

/// Whether somebody invites people to this room: asked before what they want is looked at. Errors: refused `not_a_host`.
pub async fn may(state: &AppState, user: &User, room: &Room) -> Result<Permit<Invite>> {
    permissions::invite(rooms::service::who(state, room, Some(user)).await?)
}

/// The room of a link, for somebody who invites people to it. Errors: `NotFound`, refused `not_a_host`.
pub async fn hosted(state: &AppState, user: &User, text: &str) -> Result<(Room, Permit<Invite>)> {
    let room = rooms::service::find(state, text).await?;
    let permit = may(state, user, &room).await?;
    Ok((room, permit))
}

/// A room's invitations, the newest first.
pub async fn list(state: &AppState, permit: &Permit<Invite>, room: Uuid) -> Result<Vec<Batch>> {
    let mut lent = state.db.lend().await?;
    let rows = store::of_room(&mut lent.conn(), permit, room, state.clock.now() - GONE, SHOWN).await?;
    let mut batches: Vec<Batch> = Vec::new();
    for one in rows {
        match batches.last_mut().filter(|batch| batch.id == one.batch_id) {
            Some(batch) => {
                // The time is that of those who are still invited.
                if one.status != Status::Cancelled {
                    batch.time = one.time();
                }
                batch.invitations.push(one);
            }
            None => batches.push(Batch { id: one.batch_id, time: one.time(), invitations: vec![one] }),
        }
    }
    Ok(batches)
}

/// Invites people: a letter to each of them, alone. The answer and the work are the same whoever the addresses belong to.
///
/// Errors: `NotFound` (also: no mail goes out here), refused `not_a_host`, `RateLimited`.
pub async fn invite(state: &AppState, user: &User, room: Uuid, new: New) -> Result<usize> {
    begin(state, user, room).await?;
    let folded: Vec<_> = new.to.iter().map(|to| to.email.folded()).collect();
    // Counted while nothing is locked: a cache may be slow.
    limits::count(state, user.id, room, folded.iter().map(String::as_str)).await?;
    let (mut tx, permit) = begin(state, user, room).await?;
    let (now, batch_id) = (state.clock.now(), state.random.uuid());
    let (from, to, zone) = match new.time {
        Some(time) => (Some(time.from), Some(time.to), Some(time.zone)),
        None => (None, None, None),
    };
    for one in &new.to {
        let invitation = Invitation {
            id: state.random.uuid(),
            room_id: room,
            batch_id,
            email: one.email.as_str().to_owned(),
            email_folded: one.email.folded(),
            name: one.name.clone(),
            invited_by: Some(user.id),
            lang: new.lang.code().to_owned(),
            message: new.message.clone(),
            starts_at: from,
            ends_at: to,
            zone: zone.clone(),
            sequence: 0,
            status: Status::Pending,
            failure: None,
            tries: 0,
            sent_at: None,
            told: None,
            organizer: user.email.clone().filter(|_| user.email_verified_at.is_some()),
            gave_access: None,
            accepted_by: None,
            accepted_at: None,
            created_at: now,
            updated_at: now,
        };
        store::insert(&mut tx.conn(), &permit, &invitation).await?;
        deliver::enqueue(state, &mut tx.conn(), invitation.id, 0).await?;
    }
    let count = new.to.len().to_string();
    log(state, &mut tx, user, room, Action::Invited, Some(&count)).await?;
    done(state, tx).await?;
    tracing::info!(room.id = %room, user.id = %user.id, count = new.to.len(), "Invited {} to room {room}", new.to.len());
    Ok(new.to.len())
}

/// Sends one once more. Errors: as [`invite`]; `invitation_settled`: a letter is on its way already, or nothing is to be said.
pub async fn again(state: &AppState, user: &User, room: Uuid, id: Uuid) -> Result<()> {
    let (mut tx, _) = begin(state, user, room).await?;
    let one = of(store::by_id(&mut tx.conn(), id).await?, room)?;
    drop(tx);
    if !one.may_go_again() {
        return Err(Error::Conflict("invitation_settled"));
    }
    limits::count(state, user.id, room, [one.email_folded.as_str()].into_iter()).await?;
    let (mut tx, permit) = begin(state, user, room).await?;
    if !store::again(&mut tx.conn(), &permit, (id, one.sequence), state.clock.now()).await? {
        return Err(Error::Conflict("invitation_settled"));
    }
    deliver::enqueue(state, &mut tx.conn(), id, one.sequence).await?;
    done(state, tx).await
}

/// The meeting is at another time, and all who are invited to it are told. Errors: as [`invite`].
pub async fn change_time(state: &AppState, user: &User, room: Uuid, batch: Uuid, time: &Time) -> Result<()> {
    let (mut tx, _) = begin(state, user, room).await?;
    let before = store::of_batch(&mut tx.conn(), room, batch).await?;
    drop(tx);
    let Some(first) = before.first() else { return Err(Error::NotFound) };
    if first.time().as_ref() == Some(time) {
        return Ok(());
    }
    limits::count_move(state, batch).await?;
    let (mut tx, permit) = begin(state, user, room).await?;
    let before = store::of_batch(&mut tx.conn(), room, batch).await?;
    store::set_time(&mut tx.conn(), &permit, batch, time, state.clock.now()).await?;
    for one in &before {
        deliver::enqueue(state, &mut tx.conn(), one.id, one.sequence + 1).await?;
    }
    done(state, tx).await
}

/// The meeting does not take place: all who are invited to it are told, and nobody gets a place by it any more. Who has one keeps it.
/// Errors: as [`invite`], but for `RateLimited`: what was said must be possible to unsay.
pub async fn cancel(state: &AppState, user: &User, room: Uuid, batch: Uuid) -> Result<()> {
    let (mut tx, permit) = begin(state, user, room).await?;
    let before = store::of_batch(&mut tx.conn(), room, batch).await?;
    if before.is_empty() {
        return Err(Error::NotFound);
    }
    for one in &before {
        withdraw(state, &mut tx, &permit, one).await?;
    }
    log(state, &mut tx, user, room, Action::CalledOff, None).await?;
    done(state, tx).await?;
    tracing::info!(room.id = %room, user.id = %user.id, "Cancelled invitations {batch}");
    Ok(())
}

/// Takes one back, with the place it gave. Errors: as [`cancel`].
pub async fn take_back(state: &AppState, user: &User, room: Uuid, id: Uuid) -> Result<()> {
    let (mut tx, permit) = begin(state, user, room).await?;
    let one = of(store::by_id(&mut tx.conn(), id).await?, room)?;
    if one.status == Status::Cancelled {
        return Ok(());
    }
    withdraw(state, &mut tx, &permit, &one).await?;
    log(state, &mut tx, user, room, Action::Uninvited, None).await?;
    let left = match one.gave_access {
        Some(access) if !store::gave(&mut tx.conn(), access).await? => {
            accesses::take_place(state, &mut tx.conn(), user, access).await?
        }
        _ => None,
    };
    done(state, tx).await?;
    tracing::info!(room.id = %room, user.id = %user.id, "Took invitation {id} back");
    if let Some(access) = left {
        accesses::taken(state, user, &access).await;
    }
    Ok(())
}

/// A calendar that was told of a meeting is told that there is none.
async fn withdraw(state: &AppState, tx: &mut Tx, permit: &Permit<Invite>, one: &Invitation) -> Result<()> {
    let cancelled = store::cancel(&mut tx.conn(), permit, one.id, state.clock.now()).await?;
    if cancelled && one.starts_at.is_some() {
        deliver::enqueue(state, &mut tx.conn(), one.id, one.sequence + 1).await?;
    }
    Ok(())
}

/// The room's row is locked: of two hosts who change the same thing, one comes after the other.
async fn begin(state: &AppState, user: &User, room: Uuid) -> Result<(Tx, Permit<Invite>)> {
    let mut tx = state.db.begin().await?;
    let room = rooms::store::locked(&mut tx.conn(), room).await?.ok_or(Error::NotFound)?;
    let permit = permissions::invite(rooms::service::who_is(&mut tx.conn(), room.id, Some(user)).await?)?;
    if state.mail.is_none() {
        return Err(Error::NotFound);
    }
    Ok((tx, permit))
}

/// For the room's hosts; who was invited stands in the list of invitations alone.
async fn log(
    state: &AppState,
    tx: &mut Tx,
    user: &User,
    room: Uuid,
    action: Action,
    detail: Option<&str>,
) -> sqlx::Result<()> {
    audit::note(&mut tx.conn(), state, room, Some(user.id), action, Target::None, detail).await
}

async fn done(state: &AppState, tx: Tx) -> Result<()> {
    tx.commit().await?;
    state.jobs.ring();
    Ok(())
}

/// A page changes no other room than its own.
fn of(found: Option<Invitation>, room: Uuid) -> Result<Invitation> {
    found.filter(|one| one.room_id == room).ok_or(Error::NotFound)
}

/// Deletes what is over, and gives up what is lost.
pub async fn sweep(state: &AppState) -> Result<()> {
    let now = state.clock.now();
    let mut lent = state.db.lend().await?;
    store::give_up(&mut lent.conn(), now - LOST).await?;
    farewell::store::sweep(&mut lent.conn(), now - KEPT_CANCELLED).await?;
    Ok(store::sweep(&mut lent.conn(), now - KEPT, now - KEPT_CANCELLED).await?)
}
