//! Making guest links, taking them back, and coming in by one.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    model::{GuestLink, Listed, New, Standing},
    store,
};
use crate::{
    db::Conn,
    error::{Error, Result},
    lobby::{model::Asker, pass},
    rooms::{
        self,
        audit::{self, Action, Target},
        model::Room,
        permissions::{self, Invite, Permit},
        word::{self, Changed},
    },
    state::AppState,
    users::{self, model::User},
    web::remote::{Remote, network},
};

/// Most links of a room that are good at the same time.
const MOST: usize = 100;
/// Links that one account may make within an [`HOUR`].
const MADE: u64 = 60;
/// Links that open nothing, from one address within a [`MINUTE`].
const UNKNOWN: u64 = 30;
const HOUR: Duration = Duration::from_secs(60 * 60);
const MINUTE: Duration = Duration::from_secs(60);
/// How long what was made waits to be shown, once.
const SHOWN: Duration = Duration::from_secs(10 * 60);
/// How long links that are over are still listed.
const KEPT: TimeDelta = TimeDelta::days(7);

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A room's links, the newest first.
pub async fn list(state: &AppState, permit: &Permit<Invite>, room: Uuid) -> Result<Vec<Listed>> {
    let mut lent = state.db.lend().await?;
    let links = store::of_room(&mut lent.conn(), permit, room).await?;
    let mut makers: Vec<Uuid> = links.iter().filter_map(|link| link.created_by).collect();
    makers.sort_unstable();
    makers.dedup();
    let makers = users::store::by_ids(&mut lent.conn(), &makers).await?;
    let name = |id| makers.iter().find(|user| user.id == id).map(User::display_name);
    Ok(links.into_iter().map(|link| Listed { by: link.created_by.and_then(name), link }).collect())
}

/// Makes a link. What opens it is told by [`shown`], once, to whoever made it, and is kept nowhere else.
///
/// Errors: `NotFound`, refused `not_a_host`, `RateLimited`, `guest_links_many`, `Unavailable`.
pub async fn make(state: &AppState, user: &User, room: Uuid, new: New) -> Result<Uuid> {
    let mut tx = state.db.begin().await?;
    let found = rooms::store::locked(&mut tx.conn(), room).await?.ok_or(Error::NotFound)?;
    let permit = permissions::invite(rooms::service::who_is(&mut tx.conn(), found.id, Some(user)).await?)?;
    state.cache.limit(&format!("guest-links:{}", user.id), MADE, HOUR).await?;
    let now = state.clock.now();
    let all = store::of_room(&mut tx.conn(), &permit, room).await?;
    if all.iter().filter(|link| link.standing(now) == Standing::Good).count() >= MOST {
        return Err(Error::Conflict("guest_links_many"));
    }
    let link = GuestLink {
        id: state.random.uuid(),
        room_id: room,
        name: new.name,
        may_pass: new.may_pass,
        expires_at: now + new.lasts,
        max_uses: new.max_uses,
        uses: 0,
        created_by: Some(user.id),
        created_at: now,
        revoked_at: None,
    };
    let token = URL_SAFE_NO_PAD.encode(state.random.bytes::<24>());
    store::insert(&mut tx.conn(), &permit, &link, &hash(&token)).await?;
    state.cache.put(&made(user, link.id), &token, SHOWN).await?;
    audit::note(&mut tx.conn(), state, room, Some(user.id), Action::LinkMade, Target::None, None).await?;
    tx.commit().await?;
    tracing::info!(room.id = %room, user.id = %user.id, "Made guest link {}", link.id);
    Ok(link.id)
}

fn made(user: &User, link: Uuid) -> String {
    format!("guest-link-made:{}:{link}", user.id)
}

/// What opens a link that this account has just made; a second time it is not told.
pub async fn shown(state: &AppState, user: &User, link: &str) -> Option<String> {
    let id = Uuid::try_parse(link).ok()?;
    state.cache.take(&made(user, id)).await.ok().flatten()
}

/// Takes a link back; who came by it already stays. Errors: `NotFound`, refused `not_a_host`.
pub async fn revoke(state: &AppState, user: &User, room: Uuid, id: Uuid) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let found = rooms::store::locked(&mut tx.conn(), room).await?.ok_or(Error::NotFound)?;
    let permit = permissions::invite(rooms::service::who_is(&mut tx.conn(), found.id, Some(user)).await?)?;
    if !store::revoke(&mut tx.conn(), &permit, room, id, state.clock.now()).await? {
        return Err(Error::NotFound);
    }
    audit::note(&mut tx.conn(), state, room, Some(user.id), Action::LinkTaken, Target::None, None).await?;
    tx.commit().await?;
    tracing::info!(room.id = %room, user.id = %user.id, "Took guest link {id} back");
    Ok(())
}

/// The room that a link leads to, without using it, and whether there is still something to use. Errors: `NotFound`, the same and after
/// the same work whether the room, the link or the way between them is not there, or is over; `RateLimited` for who looks for many that
/// are not.
pub async fn peek(
    state: &AppState,
    from: Remote,
    names: (&str, &str),
    asker: &Asker,
    user: Option<&User>,
) -> Result<(Room, bool)> {
    look(state, from, names, asker, user).await.map(|(room, link)| (room, link.is_some()))
}

/// Whether somebody needs no link: they have a place in the room, or were let in already.
async fn has_way(
    conn: &mut Conn<'_>,
    room: &Room,
    asker: &Asker,
    user: Option<&User>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let who = rooms::service::who_is(conn, room.id, user).await?;
    Ok(who.role.is_some() || pass::holds(conn, room.id, asker, now).await?)
}

/// The link, if it is good. One that is used up or over still leads those on who need none (who used it up comes back by the same mail);
/// one that was taken back leads nobody.
async fn look(
    state: &AppState,
    from: Remote,
    (slug, token): (&str, &str),
    asker: &Asker,
    user: Option<&User>,
) -> Result<(Room, Option<GuestLink>)> {
    let room = match rooms::service::find(state, slug).await {
        Ok(room) => Some(room),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let now = state.clock.now();
    let mut lent = state.db.lend().await?;
    let link = store::by_hash(&mut lent.conn(), &hash(token)).await?;
    if let (Some(room), Some(link)) = (room, link)
        && link.room_id == room.id
    {
        match link.standing(now) {
            Standing::Good => return Ok((room, Some(link))),
            Standing::UsedUp | Standing::Expired if has_way(&mut lent.conn(), &room, asker, user, now).await? => {
                return Ok((room, None));
            }
            _ => {}
        }
    }
    drop(lent);
    state.cache.limit(&format!("no-guest-link:{}", network(from.0)), UNKNOWN, MINUTE).await?;
    Err(Error::NotFound)
}

/// Comes by a link: counts it, and lets this browser past the lobby where the link says so. Who needs none uses nothing up: hosts try
/// what they send. Errors: those of [`peek`].
pub async fn enter(
    state: &AppState,
    from: Remote,
    names: (&str, &str),
    asker: &Asker,
    user: Option<&User>,
) -> Result<Room> {
    let (room, link) = look(state, from, names, asker, user).await?;
    let Some(link) = link else { return Ok(room) };
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    if has_way(&mut tx.conn(), &room, asker, user, now).await? {
        return Ok(room);
    }
    if !store::use_one(&mut tx.conn(), link.id, now).await? {
        return Err(Error::NotFound);
    }
    if let Ok(permit) = permissions::decide_by_link(link.may_pass && room.locked_at.is_none()) {
        // What the link is called is for hosts alone.
        let name = user.map_or_else(String::new, User::display_name);
        let whom = (room.id, name.as_str(), link.created_by);
        pass::admit(&mut tx.conn(), &permit, asker, whom, now, &state.settings.lobby).await?;
    }
    tx.commit().await?;
    if link.may_pass {
        // Who waited in another tab is let in there, and hosts see it.
        word::tell(state, room.id, Changed::Lobby).await;
    }
    tracing::info!(room.id = %room.id, participant = %asker.participant_id, "Somebody came by guest link {}", link.id);
    Ok(room)
}

/// Deletes what is over.
pub async fn sweep(state: &AppState) -> Result<()> {
    Ok(store::sweep(&mut state.db.lend().await?.conn(), state.clock.now() - KEPT).await?)
}
