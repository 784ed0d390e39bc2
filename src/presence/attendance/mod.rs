//! Who was here and when, for hosts of rooms that say so. Those who come in are told beforehand; who came before it was switched on
//! was not, and is not listed.

mod sheet;

use uuid::Uuid;

use super::{model::Stay, store};
use crate::{
    error::{Error, Result},
    i18n::{Lang, pages},
    rooms::{
        self, audit,
        model::Room,
        permissions::{self, Who},
        word::{self, Changed},
    },
    state::AppState,
    users::model::User,
};

/// Switches it on or off. Errors: `NotFound`, `Forbidden`.
pub async fn set(state: &AppState, user: &User, room: Uuid, on: bool) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let before = rooms::store::locked(&mut tx.conn(), room).await?.ok_or(Error::NotFound)?;
    let role = rooms::store::role(&mut tx.conn(), room, user.id).await?;
    let permit = permissions::update(Who { signed_in: true, role, ..Who::STRANGER })?;
    store::set_attendance(&mut tx.conn(), &permit, room, on, state.clock.now()).await?;
    let after = Room { attendance: on, ..before.clone() };
    audit::note_change(&mut tx.conn(), state, user.id, &before, &after).await?;
    tx.commit().await?;
    tracing::info!(room.id = %room, user.id = %user.id, on, "Switched attendance of room {room}");
    word::tell(state, room, Changed::Room).await;
    Ok(())
}

/// What is said to those who come in; nothing where nothing is kept.
pub fn told(lang: Lang, room: &Room) -> Option<&'static str> {
    room.attendance.then(|| pages::present_told(lang))
}

/// Who was in the room, as CSV. Errors: `NotFound`: also where it is not kept; `Forbidden`.
pub async fn csv(state: &AppState, user: &User, text: &str, lang: Lang) -> Result<(Room, String)> {
    let room = rooms::service::find(state, text).await?;
    let permit = permissions::update(rooms::service::who(state, &room, Some(user)).await?)?;
    if !room.attendance {
        return Err(Error::NotFound);
    }
    let mut lent = state.db.lend().await?;
    let stays = store::told(&mut lent.conn(), &permit, room.id).await?;
    let people: Vec<Stay> = stays.into_iter().filter(|stay| stay.kind.is_person()).collect();
    let sheet = sheet::write(lang, &user.timezone, state.clock.now(), &people);
    Ok((room, sheet))
}
