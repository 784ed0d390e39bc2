//! Changing and deleting rooms.

use std::time::Duration;

use sqlx::types::Json;
use uuid::Uuid;

use super::{
    audit, gone, inside, metadata,
    model::Room,
    permissions::{self, Permit, Update, Who},
    request::{Callback, Changes},
    service, slug, store,
    word::{self, Changed},
};
use crate::{
    db::{Conn, is_unique_violation},
    error::{Error, Result},
    state::AppState,
    users::model::User,
};

/// How long a creation callback waits for whoever asks.
const CALLBACK: Duration = Duration::from_secs(600);

/// The room that somebody wants to change, if they may: asked before what they want is looked at. Errors: `NotFound`, `Forbidden`.
pub async fn editable(state: &AppState, user: &User, text: &str) -> Result<Room> {
    let room = service::find(state, text).await?;
    permissions::update(service::who(state, &room, Some(user)).await?)?;
    Ok(room)
}

/// Changes a room. A new name makes a new slug; the old one goes on leading to the room.
///
/// Errors: `NotFound`, `Forbidden`; fields `name`, `slug` (`slug_taken`).
pub async fn update(state: &AppState, user: &User, id: Uuid, changes: Changes) -> Result<Room> {
    let mut tx = state.db.begin().await?;
    let (before, who) = locked(&mut tx.conn(), id, user).await?;
    let permit = permissions::update(who)?;
    let mut room = before.clone();
    room.updated_at = state.clock.now();
    if let Some(name) = changes.name.filter(|name| *name != room.name) {
        rename(&mut tx.conn(), &permit, &mut room, name).await?;
    }
    room.access_level = changes.access_level.unwrap_or(room.access_level);
    if let Some(configuration) = changes.configuration {
        room.configuration = Json(configuration);
    }
    store::update(&mut tx.conn(), &permit, &room).await?;
    audit::note_change(&mut tx.conn(), state, user.id, &before, &room).await?;
    let concerns_those_inside =
        (room.access_level, &room.configuration) != (before.access_level, &before.configuration);
    if concerns_those_inside {
        inside::enqueue(&mut tx.conn(), state, id).await?;
    }
    tx.commit().await?;
    tracing::info!(room.id = %id, user.id = %user.id, "Changed room {id}");
    word::tell(state, id, Changed::Room).await;
    if concerns_those_inside {
        inside::tell(state, id).await;
    }
    Ok(room)
}

/// A name of which nothing can stand in a link keeps the link as it is.
async fn rename(conn: &mut Conn<'_>, _permit: &Permit<Update>, room: &mut Room, name: String) -> Result<()> {
    room.name = name;
    let slug = slug::of_name(&room.name).map_err(|code| Error::field(slug::field_of(code), code))?;
    let Some(slug) = slug.filter(|slug| *slug != room.slug) else { return Ok(()) };
    match store::slug_owner(conn, &slug).await? {
        Some(owner) if owner == room.id => {}
        Some(_) => return Err(Error::field("slug", "slug_taken")),
        None => match store::insert_slug(conn, &slug, room.id, room.updated_at).await {
            Err(error) if is_unique_violation(&error) => return Err(Error::field("slug", "slug_taken")),
            result => result?,
        },
    }
    room.slug = slug;
    Ok(())
}

/// Deletes a room with everything that belongs to it, and ends its call. Errors: `NotFound`, `Forbidden`.
pub async fn delete(state: &AppState, user: &User, text: &str) -> Result<()> {
    let id = service::find(state, text).await?.id;
    let mut tx = state.db.begin().await?;
    let (_, who) = locked(&mut tx.conn(), id, user).await?;
    let permit = permissions::delete(who)?;
    gone::delete(state, &mut tx.conn(), &permit, id).await?;
    tx.commit().await?;
    state.jobs.ring();
    tracing::info!(room.id = %id, user.id = %user.id, "Deleted room {id}");
    metadata::end(state, id).await;
    Ok(())
}

/// The room, which nobody else changes before the transaction ends, and what somebody is in it by then.
async fn locked(conn: &mut Conn<'_>, id: Uuid, user: &User) -> Result<(Room, Who)> {
    let room = store::locked(conn, id).await?.ok_or(Error::NotFound)?;
    let role = store::role(conn, id, user.id).await?;
    Ok((room, Who { signed_in: true, role, ..Who::STRANGER }))
}

/// Remembers the slug of a new room for whoever waits for it elsewhere (contract §1.6). The room is there all the same when it
/// cannot be kept.
pub async fn remember(state: &AppState, callback: &Callback, room: &Room) {
    if let Err(error) = state.cache.put(&callback.key(), &room.slug, CALLBACK).await {
        tracing::warn!(room.id = %room.id, %error, "The creation callback of room {} is lost", room.id);
    }
}

/// The slug that was remembered, once.
pub async fn remembered(state: &AppState, callback: &Callback) -> Result<Option<String>> {
    state.cache.take(&callback.key()).await
}
