//! A room is gone, and with it its invitations: whose calendar knows of a meeting there is told that there is none.

pub mod store;

use store::Row;

use super::{
    letter::{self, About},
    model::{Invitation, Status},
};
use crate::{
    db::Conn,
    error::Result,
    jobs::{self, Handlers},
    rooms::{
        gone::{FAREWELL, Farewell},
        model::Room,
    },
    state::AppState,
    users,
};

impl Row {
    /// The invitation as it would be if it had been taken back.
    fn invitation(&self) -> Invitation {
        Invitation {
            id: self.id,
            room_id: self.room_id,
            batch_id: self.batch_id,
            email: self.email.clone(),
            email_folded: String::new(),
            name: self.name.clone(),
            invited_by: self.invited_by,
            lang: self.lang.clone(),
            message: String::new(),
            starts_at: Some(self.starts_at),
            ends_at: Some(self.ends_at),
            zone: Some(self.zone.clone()),
            sequence: self.sequence,
            status: Status::Cancelled,
            failure: None,
            tries: 0,
            sent_at: None,
            told: None,
            organizer: self.organizer.clone(),
            gave_access: None,
            accepted_by: None,
            accepted_at: None,
            created_at: self.created_at,
            updated_at: self.created_at,
        }
    }
}

/// Adds the handler of this job.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    handlers.of(FAREWELL, state, deliver)
}

async fn deliver(state: AppState, asked: Farewell) -> Result<()> {
    let Some(mailer) = &state.mail else { return Ok(()) };
    let mut lent = state.db.lend().await?;
    let Some(row) = store::by_id(&mut lent.conn(), asked.farewell).await? else { return Ok(()) };
    drop(lent);
    if row.ends_at > state.clock.now() {
        let inviter = match row.invited_by {
            Some(id) => users::service::active(&state, id).await?,
            None => None,
        };
        let about = About { id: row.room_id, name: &row.room_name, slug: &row.room_slug, pin: None };
        if let Err(lost) = letter::write(&state, mailer, &row.invitation(), &about, inviter.as_ref()).await {
            if !lost.for_good {
                return Err(lost.error);
            }
            // Nobody is left to be shown it.
            tracing::warn!(room.id = %row.room_id, error = %lost.error, "Farewell {} could not be sent", row.id);
        }
    }
    Ok(store::remove(&mut state.db.lend().await?.conn(), row.id).await?)
}

/// The letter that tells of a meeting left after its room had gone.
pub async fn late(state: &AppState, conn: &mut Conn<'_>, one: &Invitation, room: &Room) -> Result<()> {
    // The account may be gone with the room.
    let invited_by = match one.invited_by {
        Some(id) => users::service::active(state, id).await?.map(|user| user.id),
        None => None,
    };
    let now = state.clock.now();
    store::insert(conn, one, room, invited_by, now).await?;
    jobs::enqueue(conn, &state.random, &state.clock, FAREWELL, &Farewell { farewell: one.id }, now).await
}
