//! What everybody in a room may do, changed while it meets or before.

use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    rooms::{
        self, inside,
        model::Room,
        permissions::{self, Moderate, Permit},
        rights::Rights,
        word::{self, Changed},
    },
    state::AppState,
    users::model::User,
};

/// Rights that are to change; what is absent stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Speak.
    pub microphone: Option<bool>,
    /// Be seen.
    pub camera: Option<bool>,
    /// Share a screen, with its sound.
    pub share: Option<bool>,
    /// Write messages and react.
    pub chat: Option<bool>,
    /// Mute each other.
    pub mute: Option<bool>,
}

/// Whether somebody runs this room's meetings: asked before what they want is looked at. Errors: refused `not_a_host`.
pub async fn may(state: &AppState, user: &User, room: &Room) -> Result<Permit<Moderate>> {
    permissions::moderate(rooms::service::who(state, room, Some(user)).await?)
}

/// Changes rights for everybody who does not run meetings. Whoever is in the call loses or gets them at once, and what they send
/// without having the right to it ends. Errors: `NotFound`, refused `not_a_host`.
pub async fn change(state: &AppState, user: &User, id: Uuid, wanted: Wanted) -> Result<Room> {
    let mut tx = state.db.begin().await?;
    let before = rooms::store::locked(&mut tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let permit = permissions::moderate(rooms::service::who_is(&mut tx.conn(), &before, Some(user)).await?)?;
    let room = changed(&before, wanted);
    if (room.chat, &room.configuration) == (before.chat, &before.configuration) {
        return Ok(before);
    }
    rooms::store::set_rights(&mut tx.conn(), &permit, &room, state.clock.now()).await?;
    inside::enqueue(&mut tx.conn(), state, id).await?;
    tx.commit().await?;
    tracing::info!(room.id = %id, user.id = %user.id, "Changed the rights in room {id}");
    word::tell(state, id, Changed::Room).await;
    inside::tell(state, id).await;
    Ok(room)
}

fn changed(before: &Room, wanted: Wanted) -> Room {
    let was = Rights::of(&before.configuration);
    let rights = Rights {
        microphone: wanted.microphone.unwrap_or(was.microphone),
        camera: wanted.camera.unwrap_or(was.camera),
        share: wanted.share.unwrap_or(was.share),
        mute: wanted.mute.unwrap_or(was.mute),
    };
    let mut room = before.clone();
    room.configuration = Json(rights.applied(&before.configuration));
    room.chat = wanted.chat.unwrap_or(before.chat);
    room
}

/// The rights as the API tells them.
pub fn shown(room: &Room) -> Value {
    let Rights { microphone, camera, share, mute } = Rights::of(&room.configuration);
    json!({ "microphone": microphone, "camera": camera, "share": share, "chat": room.chat, "mute": mute })
}
