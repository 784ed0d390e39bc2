//! What those who run a meeting decide about those in it. LiveKit is told by us, never by a browser, and what was decided holds also
//! when it does not hear of it at once.

pub mod api;
pub mod cohosts;
pub mod end;
pub mod hands;
pub mod lock;
pub mod log;
pub mod mute;
pub mod openapi;
pub mod participant;
pub mod remove;
pub mod removed;
pub mod request;
pub mod rights;
pub mod role;
pub mod share;
pub mod unmute;

use uuid::Uuid;

use crate::{
    db::{Conn, Tx},
    error::{Error, Result},
    jobs::Handlers,
    livekit::client::{Failure, ParticipantInfo},
    presence::ended::{self, Ended},
    rooms::{
        self,
        model::Room,
        permissions::{self, Moderate, Outlast, Permit, Who},
    },
    state::AppState,
    users::model::User,
};

/// A room that somebody moderates, and the proof that they may.
#[derive(Debug)]
pub struct Moderated<'m> {
    /// The room.
    pub room: Room,
    /// Who moderates.
    pub by: &'m User,
    /// The proof.
    pub permit: Permit<Moderate>,
}

/// The room, for somebody who runs its meeting. Errors: `NotFound`, refused `not_a_host`.
pub async fn of<'m>(state: &AppState, by: &'m User, text: &str) -> Result<Moderated<'m>> {
    let room = rooms::service::find(state, text).await?;
    let permit = permissions::moderate(rooms::service::who(state, &room, Some(by)).await?)?;
    Ok(Moderated { room, by, permit })
}

impl Moderated<'_> {
    /// Everybody in the call: those who came by themselves, no machines. Nobody where there is no call. Errors: `Upstream`.
    async fn people(&self, state: &AppState) -> Result<Vec<ParticipantInfo>> {
        match state.livekit.client().list_participants(&self.room.id.to_string()).await {
            Ok(inside) => {
                Ok(inside.into_iter().filter(|one| matches!(one.kind.as_str(), "STANDARD" | "SIP")).collect())
            }
            Err(Failure::NotFound) => Ok(Vec::new()),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Whoever is in the call under this identity. Errors: `NotFound`, `Upstream`.
    async fn person(&self, state: &AppState, identity: &str) -> Result<ParticipantInfo> {
        Ok(state.livekit.client().get_participant(&self.room.id.to_string(), identity).await?)
    }

    /// A transaction in which nobody else changes the room, and in which it was asked again whether they may.
    async fn begin(&self, state: &AppState) -> Result<(Tx, Room)> {
        let mut tx = state.db.begin().await?;
        let room = rooms::store::locked(&mut tx.conn(), self.room.id).await?.ok_or(Error::NotFound)?;
        permissions::moderate(self.who(&mut tx.conn()).await?)?;
        Ok((tx, room))
    }

    /// What whoever moderates is to the room, in [`Moderated::begin`]'s transaction.
    async fn who(&self, conn: &mut Conn<'_>) -> Result<Who> {
        Ok(rooms::service::who_is(conn, self.room.id, Some(self.by)).await?)
    }

    /// That they may decide what holds beyond this meeting. Errors: refused `not_a_host`.
    async fn outlast(&self, conn: &mut Conn<'_>) -> Result<Permit<Outlast>> {
        permissions::outlast(self.who(conn).await?)
    }
}

/// Adds the handlers of this feature's jobs.
pub fn handlers(handlers: Handlers, state: &AppState) -> Handlers {
    let handlers = removed::handlers(handlers, state);
    ended::on(handlers, state, "moderation.ended", meeting_ended)
}

/// What was decided for the meeting alone ends with it.
async fn meeting_ended(state: AppState, ended: Ended) -> Result<()> {
    // Its time is one to the second.
    let until = ended.at + chrono::TimeDelta::seconds(1);
    let mut tx = state.db.begin().await?;
    rooms::store::end_meeting(&mut tx.conn(), ended.room, until).await?;
    rooms::removals::store::end(&mut tx.conn(), ended.room, until).await?;
    tx.commit().await?;
    rooms::word::tell(&state, ended.room, rooms::word::Changed::Room).await;
    Ok(())
}

/// Whose account a subject is, if it is one's.
async fn account_of(state: &AppState, identity: &str) -> Result<Option<User>> {
    crate::users::service::by_subject(state, crate::livekit::Identity::parse(identity).subject()).await
}

/// The key of an account, for the log of what was decided.
fn target<'t>(account: Option<&User>, identity: &'t str) -> rooms::audit::Target<'t> {
    account.map_or(rooms::audit::Target::Participant(identity), |user| rooms::audit::Target::Account(user.id))
}

/// Writes down something that only LiveKit was told. What was done is done, so that it cannot be written down is logged.
async fn noted(
    state: &AppState,
    room: Uuid,
    by: Option<Uuid>,
    action: rooms::audit::Action,
    target: rooms::audit::Target<'_>,
    detail: Option<&str>,
) {
    let written = async {
        let mut lent = state.db.lend().await?;
        rooms::audit::note(&mut lent.conn(), state, room, by, action, target, detail).await?;
        Ok::<_, Error>(())
    };
    if let Err(error) = written.await {
        tracing::error!(room.id = %room, %error, "What was decided in room {room} was not written down");
    }
}
