//! Lowering hands: somebody's, or everybody's before the next question.

use super::Moderated;
use crate::{
    error::{Error, Result},
    livekit::client::ParticipantChange,
    participants::model::RAISED,
    state::AppState,
};

/// Lowers one hand. Errors: `NotFound`, `Upstream`.
pub async fn lower(state: &AppState, on: &Moderated<'_>, identity: &str) -> Result<()> {
    let change = ParticipantChange { attributes: [(RAISED.to_owned(), String::new())].into(), ..Default::default() };
    Ok(state.livekit.client().update_participant(&on.room.id.to_string(), identity, &change).await?)
}

/// Lowers every hand. Errors: `Upstream`.
pub async fn lower_all(state: &AppState, on: &Moderated<'_>) -> Result<()> {
    let up = |hand: &String| !hand.is_empty();
    for one in on.people(state).await?.iter().filter(|one| one.attributes.get(RAISED).is_some_and(up)) {
        match lower(state, on, &one.identity).await {
            // Left meanwhile.
            Err(Error::NotFound) => {}
            done => done?,
        }
    }
    Ok(())
}
