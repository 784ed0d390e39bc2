//! The work that follows requests: every handler there is.

use std::time::Duration;

use crate::{
    chat,
    error::Result,
    guest_links, invitations,
    jobs::{Handlers, Worker},
    lobby, moderation, presence, rooms, sessions,
    state::AppState,
    users,
};

/// The recurring job that deletes what is over.
const SWEEP: &str = "sessions.sweep";
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The worker, with every handler there is.
pub fn worker(state: &AppState) -> Worker {
    let handlers = Handlers::default().every(SWEEP, HOUR, state, sweep);
    let handlers = sessions::mailed::handlers(users::address::handlers(handlers, state), state);
    let handlers = presence::reconcile::handlers(presence::service::handlers(handlers, state), state);
    let handlers = presence::ended::on(handlers, state, "lobby.ended", lobby::decisions::meeting_ended);
    let handlers = moderation::handlers(rooms::inside::handlers(handlers, state), state);
    let handlers = presence::ended::on(handlers, state, "chat.ended", chat::service::meeting_ended);
    let handlers = invitations::service::handlers(handlers, state);
    Worker { db: state.db.clone(), clock: state.clock.clone(), handlers, bell: state.jobs.clone() }
}

/// Deletes what is over.
pub async fn sweep(state: AppState) -> Result<()> {
    sessions::service::sweep(&state).await?;
    presence::service::sweep(&state).await?;
    lobby::service::sweep(&state).await?;
    invitations::service::sweep(&state).await?;
    guest_links::service::sweep(&state).await?;
    moderation::log::sweep(&state).await?;
    chat::service::sweep(&state).await
}
