//! The job that sends a letter. It is told which invitation and which of its letters; the address stands in the table alone.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    farewell, letter,
    model::{Failure, Invitation, Status},
    store,
};
use crate::{
    db::Conn,
    error::Result,
    jobs::{self, Handlers, MAX_ATTEMPTS},
    mail::Undelivered,
    rooms::{self, model::Room},
    state::AppState,
    users,
};

/// The job that writes and sends the mail.
const KIND: &str = "mail.invitation";

/// What the job is given: no address, no name.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    invitation: Uuid,
    /// Which letter: once there is a later one, this one is no longer sent.
    sequence: i32,
}

/// A letter is to be sent, inside the caller's transaction.
pub async fn enqueue(state: &AppState, conn: &mut Conn<'_>, invitation: Uuid, sequence: i32) -> Result<()> {
    let payload = Payload { invitation, sequence };
    jobs::enqueue(conn, &state.random, &state.clock, KIND, &payload, state.clock.now()).await
}

/// Adds the handler of this job.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    farewell::handlers(handlers.of(KIND, state, deliver), state)
}

async fn deliver(state: AppState, asked: Payload) -> Result<()> {
    let Some(mailer) = &state.mail else { return Ok(()) };
    let now = state.clock.now();
    let mut lent = state.db.lend().await?;
    let found = store::by_id(&mut lent.conn(), asked.invitation).await?;
    let Some(one) = found.filter(|one| one.sequence == asked.sequence && wants_letter(one)) else { return Ok(()) };
    if one.ends_at.is_some_and(|end| end <= now) {
        return Ok(store::failed(&mut lent.conn(), one.id, one.sequence, Failure::Late, now).await?);
    }
    let Some(room) = rooms::store::by_id(&mut lent.conn(), one.room_id).await? else { return Ok(()) };
    drop(lent);
    let inviter = match one.invited_by {
        Some(id) => users::service::active(&state, id).await?,
        None => None,
    };
    let sent = letter::write(&state, mailer, &one, &(&room).into(), inviter.as_ref()).await;
    note(&state, &one, &room, sent).await
}

/// Whether anything is to be said: an invitation, or, where calendars know of a meeting, that there is none.
fn wants_letter(one: &Invitation) -> bool {
    match one.status {
        Status::Pending => true,
        // Whoever was never told of it need not hear that it is over; nor twice.
        Status::Cancelled => one.starts_at.is_some() && one.told.is_some_and(|told| told < one.sequence),
        Status::Sent | Status::Failed => false,
    }
}

/// The mail server took this letter. The invitation may have been taken back while it was on its way, or its room be gone: then that is
/// still to be said.
pub async fn delivered(state: &AppState, one: &Invitation, room: &Room) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    match store::sent(conn, one.id, one.sequence, state.clock.now()).await? {
        Some(by_now) if by_now.status == Status::Cancelled && one.status != Status::Cancelled => {
            enqueue(state, conn, one.id, by_now.sequence).await?;
        }
        None if one.starts_at.is_some() && one.status != Status::Cancelled => {
            farewell::late(state, conn, one, room).await?;
        }
        _ => {}
    }
    tx.commit().await?;
    state.jobs.ring();
    Ok(())
}

async fn note(state: &AppState, one: &Invitation, room: &Room, sent: Result<(), Undelivered>) -> Result<()> {
    let (id, sequence, now) = (one.id, one.sequence, state.clock.now());
    let lost = match sent {
        Ok(()) => return delivered(state, one, room).await,
        Err(lost) => lost,
    };
    let mut lent = state.db.lend().await?;
    let conn = &mut lent.conn();
    let failure = match lost.for_good {
        true => Failure::Refused,
        false => match store::tried(conn, id, sequence).await? {
            Some(tries) if tries >= MAX_ATTEMPTS => Failure::Unreachable,
            _ => return Err(lost.error),
        },
    };
    let error = lost.error;
    tracing::warn!(invitation.id = %id, room.id = %one.room_id, %error, "Invitation {id} could not be sent");
    Ok(store::failed(conn, id, sequence, failure, now).await?)
}
