//! Asking somebody to unmute. Only they can: their client asks them.

use std::time::Duration;

use super::Moderated;
use crate::{error::Result, state::AppState};

/// What their client hears, from nobody inside: a packet with a sender is somebody else's joke.
const NOTICE: &str = r#"{"type":"askedToUnmute"}"#;
const MINUTE: Duration = Duration::from_secs(60);
/// How often one person is asked within a [`MINUTE`].
const OFTEN: u64 = 6;

/// Asks. Errors: `NotFound` who is not in the call, `RateLimited`, `Upstream`.
pub async fn ask(state: &AppState, on: &Moderated<'_>, identity: &str) -> Result<()> {
    on.person(state, identity).await?;
    state.cache.limit(&format!("unmute:{}:{identity}", on.room.id), OFTEN, MINUTE).await?;
    let to = [identity.to_owned()];
    Ok(state.livekit.client().send_data(&on.room.id.to_string(), NOTICE.as_bytes(), &to).await?)
}
