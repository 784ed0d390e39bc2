//! `GET /healthz/{nonce}`: for `visavis doctor`, which must know whether an address leads to this instance and whether LiveKit's
//! reports arrive. Whoever asks learns nothing: the proof is of use only to who has our secret, and a nonce cannot be guessed.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    state::AppState,
    webhooks::trial,
};

/// Longest nonce.
const LONGEST: usize = 64;

/// What the doctor is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// Signed with a key that only this instance has.
    pub instance: String,
    /// LiveKit reported the room of this nonce.
    pub webhook: bool,
}

pub(super) async fn prove(State(state): State<AppState>, Path(nonce): Path<String>) -> Result<Json<Told>> {
    if nonce.len() > LONGEST || !nonce.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Error::NotFound);
    }
    let webhook = trial::heard(&state, &nonce).await;
    Ok(Json(Told { instance: state.keys.prove(&nonce), webhook }))
}
