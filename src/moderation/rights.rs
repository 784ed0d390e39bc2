//! What everybody in a room may do, changed while it meets or before.

use serde_json::{Value, json};
use sqlx::types::Json;

use super::Moderated;
use crate::{
    error::Result,
    rooms::{
        self,
        audit::{self, Action, Target},
        inside,
        model::Room,
        rights::Rights,
        word::{self, Changed},
    },
    state::AppState,
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

/// Changes rights for everybody who does not run the meeting. Whoever is in the call loses or gets them at once, and what they send
/// without having the right to it ends. They are the room's, in later meetings too: co-hosts of one leave them alone.
///
/// Errors: `NotFound`, refused `not_a_host`.
pub async fn change(state: &AppState, on: &Moderated<'_>, wanted: Wanted) -> Result<Room> {
    let (mut tx, before) = on.begin(state).await?;
    let conn = &mut tx.conn();
    let permit = on.outlast(conn).await?;
    let room = changed(&before, wanted);
    if (room.chat, &room.configuration) == (before.chat, &before.configuration) {
        return Ok(before);
    }
    rooms::store::set_rights(conn, &permit, &room, state.clock.now()).await?;
    let detail = shown(&room).to_string();
    audit::note(conn, state, room.id, Some(on.by.id), Action::Rights, Target::None, Some(&detail)).await?;
    inside::enqueue(conn, state, room.id).await?;
    tx.commit().await?;
    tracing::info!(room.id = %room.id, user.id = %on.by.id, "Changed the rights in room {}", room.id);
    word::tell(state, room.id, Changed::Room).await;
    inside::tell(state, room.id).await;
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
