//! A room is gone, and with it its invitations: whose calendar knows of a meeting there is told that there is none.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    letter::{self, About},
    model::{Invitation, Status},
};
use crate::{
    db::Conn,
    error::Result,
    jobs::Handlers,
    on_db,
    rooms::gone::{FAREWELL, Farewell},
    state::AppState,
    users,
};

/// What is still to be said of a meeting.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    room_id: Uuid,
    room_name: String,
    room_slug: String,
    batch_id: Uuid,
    email: String,
    name: Option<String>,
    invited_by: Option<Uuid>,
    lang: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    zone: String,
    sequence: i32,
    created_at: DateTime<Utc>,
}

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
    let Some(row) = by_id(&mut lent.conn(), asked.farewell).await? else { return Ok(()) };
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
    Ok(remove(&mut state.db.lend().await?.conn(), row.id).await?)
}

async fn by_id(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<Option<Row>> {
    on_db!(conn, c => sqlx::query_as("SELECT * FROM room_farewells WHERE id = $1").bind(id).fetch_optional(c).await)
}

async fn remove(conn: &mut Conn<'_>, id: Uuid) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM room_farewells WHERE id = $1").bind(id).execute(c).await.map(drop))
}

/// Deletes what could not be said in days: addresses are not kept for ever.
pub async fn sweep(conn: &mut Conn<'_>, old: DateTime<Utc>) -> sqlx::Result<()> {
    on_db!(conn, c => sqlx::query("DELETE FROM room_farewells WHERE created_at <= $1").bind(old).execute(c).await.map(drop))
}
