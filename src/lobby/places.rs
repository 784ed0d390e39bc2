//! Places in a room that takes so many and no more. Who is let in has theirs from that moment on, not only once LiveKit's word of them
//! has reached us: of thirty who are let in within one second as many come in as there are places.

use chrono::TimeDelta;

use crate::{
    error::Result,
    livekit::{Identity, identity::Device},
    presence::store,
    rooms::{
        self,
        model::Room,
        permissions::{Enter, Permit},
    },
    state::AppState,
};

/// How long a place is kept for somebody on the way in.
const KEPT: TimeDelta = TimeDelta::seconds(20);

/// Takes a place, or says that there is none.
pub(super) async fn take(state: &AppState, room: &Room, who: &Identity, permit: &Permit<Enter>) -> Result<bool> {
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    // One after another.
    let Some(room) = rooms::store::locked(conn, room.id).await? else { return Ok(false) };
    let Some(most) = room.limit() else { return Ok(true) };
    let (now, own) = (state.clock.now(), (who.subject(), who.device().map_or("", Device::as_str)));
    let here = store::stays_like(conn, room.id, own.0, own.1).await?.iter().any(|stay| stay.left_at.is_none());
    if !here && store::taken(conn, room.id, own, now).await? >= i64::from(most) {
        return Ok(false);
    }
    store::keep_place(conn, permit, room.id, &who.to_string(), now + KEPT).await?;
    tx.commit().await?;
    Ok(true)
}
