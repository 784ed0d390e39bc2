//! How many letters may go out. Counted by who sends and from which room, and, for one sender, by address: whoever the address
//! belongs to, the count and the answer are the same.

use std::time::Duration;

use uuid::Uuid;

use crate::{error::Result, state::AppState};

/// Letters of one account.
const OF_ACCOUNT: u64 = 200;
/// Letters from one room, whoever sends them.
const OF_ROOM: u64 = 300;
/// Letters of one account to one address.
const TO_ADDRESS: u64 = 6;
/// How often one meeting may be at another time. Its letters are not counted above: who could invite so many can tell them, too.
const MOVES: u64 = 5;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Counts a letter to each of these addresses (folded), or none of them. Errors: `RateLimited`.
pub async fn count(state: &AppState, user: Uuid, room: Uuid, to: impl Iterator<Item = &str> + Send) -> Result<()> {
    let mut counted = Vec::new();
    for address in to {
        let keys = [
            (format!("invite-user:{user}"), OF_ACCOUNT),
            (format!("invite-room:{room}"), OF_ROOM),
            (format!("invite-to:{user}:{address}"), TO_ADDRESS),
        ];
        for (key, most) in keys {
            let within = state.cache.limit(&key, most, DAY).await;
            counted.push(key);
            if let Err(error) = within {
                for key in &counted {
                    state.cache.uncount(key).await;
                }
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Counts that a meeting is at another time. Errors: `RateLimited`.
pub async fn count_move(state: &AppState, batch: Uuid) -> Result<()> {
    state.cache.limit(&format!("invite-move:{batch}"), MOVES, DAY).await
}
