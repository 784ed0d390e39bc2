//! What a room's call on LiveKit hears of changes. After the commit, and best effort: LiveKit being away undoes nothing. In a task
//! of its own, so that a client that hangs up keeps nobody from hearing of it.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    model::Room,
    store,
    word::{self, Changed},
};
use crate::{error::Result, livekit::client::Failure, state::AppState};

/// How often is looked again whether somebody else has changed the room meanwhile.
const ROUNDS: usize = 4;

/// Ends the call of a room that is no more.
pub async fn end(state: &AppState, id: Uuid) {
    word::tell(state, id, Changed::Room).await;
    let state = state.clone();
    let task = tokio::spawn(async move {
        state.livekit.forget(&id.to_string());
        match state.livekit.client().delete_room(&id.to_string()).await {
            Ok(()) | Err(Failure::NotFound) => {}
            Err(failure) => tracing::warn!(room.id = %id, %failure, "The call in room {id} was not ended"),
        }
    });
    let _ = task.await;
}

/// Tells those who are in the call the room's access level and rights, as they are now (contract §3.3). A room that is not live needs
/// nothing.
pub(super) async fn merge(state: &AppState, id: Uuid) -> Result<()> {
    rewrite(state, id, merged).await.map(drop)
}

/// Writes what `wanted` makes of a live room's metadata, and of the room as it is by then. Others write there at the same time: so
/// whoever wrote looks once more, and the last one to look finds what holds. Whether the room is live.
pub async fn rewrite(state: &AppState, id: Uuid, wanted: impl Fn(&str, &Room) -> String + Send + Sync) -> Result<bool> {
    let (client, name) = (state.livekit.client(), id.to_string());
    for _ in 0..ROUNDS {
        let Some(live) = client.list_rooms(std::slice::from_ref(&name)).await?.pop() else { return Ok(false) };
        let Some(room) = now(state, id).await? else { return Ok(false) };
        let metadata = wanted(&live.metadata, &room);
        if metadata == live.metadata {
            return Ok(true);
        }
        match client.update_room_metadata(&name, &metadata).await {
            Ok(()) => {}
            Err(Failure::NotFound) => return Ok(false),
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(true)
}

async fn now(state: &AppState, id: Uuid) -> Result<Option<Room>> {
    let mut lent = state.db.lend().await?;
    Ok(store::by_id(&mut lent.conn(), id).await?)
}

/// What stands there, with our keys; the others belong to others. The chat and the lock are named only where they are not as everywhere.
fn merged(present: &str, room: &Room) -> String {
    let mut object: Map<String, Value> = serde_json::from_str(present).unwrap_or_default();
    object.insert("configuration".to_owned(), json!(room.configuration.0));
    object.insert("access_level".to_owned(), json!(room.access_level));
    if room.locked_at.is_some() {
        object.insert("locked".to_owned(), json!(true));
    } else {
        object.remove("locked");
    }
    if room.chat && room.chat_history {
        object.remove("chat");
    } else {
        object.insert("chat".to_owned(), json!({ "on": room.chat, "kept": room.chat_history }));
    }
    Value::Object(object).to_string()
}
