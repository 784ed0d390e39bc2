//! LiveKit's report of a throw-away room, which `visavis doctor` waits for.

use std::time::Duration;

use crate::state::AppState;

/// What the names of such rooms begin with; a nonce follows.
pub const ROOM: &str = "visavis-doctor-";
/// How long a report is remembered.
const LASTS: Duration = Duration::from_secs(60);

/// Remembers the report of a room, where it is such a one.
pub(super) async fn hear(state: &AppState, room: &str) {
    if let Some(nonce) = room.strip_prefix(ROOM) {
        // Where the cache is away, the doctor says so.
        let _ = state.cache.put(&key(nonce), "1", LASTS).await;
    }
}

/// Whether the room of this nonce was reported.
pub async fn heard(state: &AppState, nonce: &str) -> bool {
    state.cache.get(&key(nonce)).await.is_ok_and(|heard| heard.is_some())
}

fn key(nonce: &str) -> String {
    format!("doctor:{nonce}")
}
