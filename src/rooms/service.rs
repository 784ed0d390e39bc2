//! Making and finding rooms.

use std::{collections::HashMap, time::Duration};

use sqlx::types::Json;
use uuid::Uuid;

use super::{
    change,
    model::{Access, AccessLevel, Configuration, LONGEST_NAME, Role, Room},
    permissions::{self, Permit, TakePart, Who},
    removals::{self, Marks},
    slug, store,
};
use crate::{
    db::{Conn, is_unique_violation},
    error::{Error, Result},
    state::AppState,
    users::model::{User, clean_name},
    web::{
        Participant,
        device::Browser,
        remote::{Remote, network},
    },
};

/// How often another code is drawn when one is taken.
const DRAWS: usize = 5;
/// Rooms that are not there and may be looked for from one address within a [`MINUTE`].
const UNKNOWN: u64 = 60;
const MINUTE: Duration = Duration::from_secs(60);

/// A room about to be made.
#[derive(Clone, Debug, Default)]
pub struct NewRoom {
    /// Its name; `None`: the drawn code is also its name.
    pub name: Option<String>,
    /// Who comes in without being asked; `None`: what its maker prefers, else the default.
    pub access_level: Option<AccessLevel>,
    /// Rights; `None`: what its maker prefers.
    pub configuration: Option<Configuration>,
}

/// What a room starts with.
#[derive(Clone, Debug)]
struct Start {
    access_level: AccessLevel,
    configuration: Configuration,
    attendance: bool,
    chat: bool,
    chat_history: bool,
    max_participants: Option<i32>,
    hosts_required: bool,
    verified_only: bool,
}

/// Makes a room that `user` owns.
///
/// Errors: `Unauthorized`; fields `name` (`name_required`, `name_too_long`, `name_reserved`), `slug` (`slug_taken`, `slug_too_long`).
pub async fn create(state: &AppState, user: Option<&User>, new: NewRoom) -> Result<Room> {
    let _permit = permissions::create(user.is_some())?;
    let user = user.ok_or(Error::Unauthorized)?;
    let start = start(state, user, &new);
    make(state, user, new.name.as_deref(), start).await
}

/// Makes a room that starts with the settings of another one, which `user` may change. Roles stay where they are.
///
/// Errors: `NotFound`, `Forbidden`, and those of [`create`].
pub async fn create_like(state: &AppState, user: &User, like: &str, name: &str) -> Result<Room> {
    let like = change::editable(state, user, like).await?;
    let start = Start {
        access_level: like.access_level,
        configuration: like.configuration.0,
        attendance: like.attendance,
        chat: like.chat,
        chat_history: like.chat_history,
        max_participants: like.max_participants,
        hosts_required: like.hosts_required,
        verified_only: like.verified_only,
    };
    make(state, user, Some(name), start).await
}

async fn make(state: &AppState, user: &User, name: Option<&str>, start: Start) -> Result<Room> {
    let name = name.map(|name| clean_name(name, LONGEST_NAME)).transpose();
    let name = name.map_err(|code| Error::field("name", code))?;
    let wanted = match &name {
        Some(name) => slug::of_name(name).map_err(|code| Error::field(slug::field_of(code), code))?,
        None => None,
    };
    let draws = if wanted.is_some() { 1 } else { DRAWS };
    for _ in 0..draws {
        let slug = wanted.clone().unwrap_or_else(|| slug::draw(&state.random));
        let room = build(state, name.clone().unwrap_or_else(|| slug.clone()), slug, start.clone());
        match insert(state, &room, user.id).await {
            Err(Error::Conflict("slug_taken")) => {}
            result => {
                result?;
                tracing::info!(room.id = %room.id, user.id = %user.id, "Made room {}", room.id);
                return Ok(room);
            }
        }
    }
    Err(Error::field("slug", "slug_taken"))
}

/// What was asked for, else what its maker prefers.
fn start(state: &AppState, user: &User, new: &NewRoom) -> Start {
    let preferred = user.default_room_access_level.as_deref().and_then(|level| level.parse().ok());
    let configuration = new.configuration.clone().filter(|given| *given != Configuration::default());
    let preferred_rights = || serde_json::from_value(user.default_room_configuration.0.clone()).unwrap_or_default();
    Start {
        access_level: new.access_level.or(preferred).unwrap_or_else(|| state.default_access_level()),
        configuration: configuration.unwrap_or_else(preferred_rights),
        attendance: false,
        chat: true,
        chat_history: true,
        max_participants: None,
        hosts_required: false,
        verified_only: false,
    }
}

fn build(state: &AppState, name: String, slug: String, start: Start) -> Room {
    let now = state.clock.now();
    Room {
        id: state.random.uuid(),
        name,
        slug,
        access_level: start.access_level,
        configuration: Json(start.configuration),
        pin_code: None,
        attendance: start.attendance,
        chat: start.chat,
        chat_history: start.chat_history,
        locked_at: None,
        max_participants: start.max_participants,
        meeting_limit: None,
        hosts_required: start.hosts_required,
        verified_only: start.verified_only,
        created_at: now,
        updated_at: now,
    }
}

async fn insert(state: &AppState, room: &Room, owner: Uuid) -> Result<()> {
    let access = Access {
        id: state.random.uuid(),
        room_id: room.id,
        user_id: owner,
        role: Role::Owner,
        created_at: room.created_at,
    };
    let mut tx = state.db.begin().await?;
    // The slug first, as in a rename: two who want one slug must not each hold what the other waits for.
    match store::insert_slug(&mut tx.conn(), &room.slug, room.id, room.created_at).await {
        Err(error) if is_unique_violation(&error) => return Err(Error::Conflict("slug_taken")),
        result => result?,
    }
    store::insert(&mut tx.conn(), room).await?;
    store::insert_access(&mut tx.conn(), &access).await?;
    Ok(tx.commit().await?)
}

/// The room of a link or key, as people and clients spell them (contract §1.3): a UUID, else the slug of the text.
pub async fn find(state: &AppState, text: &str) -> Result<Room> {
    let mut lent = state.db.lend().await?;
    let found = match Uuid::try_parse(text) {
        Ok(id) => store::by_id(&mut lent.conn(), id).await?,
        Err(_) => match slug::slugify(text).as_str() {
            "" => None,
            // As it is first: "assemblies" has as many letters as a code.
            slug => match store::by_slug(&mut lent.conn(), slug).await? {
                None if slug::canonical(slug) != slug => {
                    store::by_slug(&mut lent.conn(), &slug::canonical(slug)).await?
                }
                found => found,
            },
        },
    };
    found.ok_or(Error::NotFound)
}

/// [`find`] for whoever asks from `from`. Strangers who look for many rooms that are not there are told to wait; a room that is
/// there is found all the same, so that nobody behind a shared address is kept out of a meeting by somebody else's guesses.
///
/// Errors: `NotFound`, `RateLimited`.
pub async fn look_up(state: &AppState, user: Option<&User>, from: Remote, text: &str) -> Result<Room> {
    match find(state, text).await {
        Err(Error::NotFound) if user.is_none() => {
            state.cache.limit(&format!("no-room:{}", network(from.0)), UNKNOWN, MINUTE).await?;
            Err(Error::NotFound)
        }
        found => found,
    }
}

/// What an account is to a room, on whatever browser.
pub async fn who(state: &AppState, room: &Room, user: Option<&User>) -> Result<Who> {
    if user.is_none() {
        return Ok(Who::STRANGER);
    }
    let mut lent = state.db.lend().await?;
    Ok(who_is(&mut lent.conn(), room.id, user).await?)
}

/// What somebody at a browser is to a room: who was removed stays out, whoever they say they are on it.
pub async fn visitor(state: &AppState, room: &Room, user: Option<&User>, browser: &Browser) -> Result<Who> {
    let mut lent = state.db.lend().await?;
    let who = who_is(&mut lent.conn(), room.id, user).await?;
    let marks = Marks::of_visitor(state, user, browser);
    // Those who run a room are not kept out of it.
    let removed = !who.hosts() && removals::store::holds(&mut lent.conn(), room.id, &marks).await?;
    Ok(Who { removed, ..who })
}

/// [`who`], in a transaction.
pub async fn who_is(conn: &mut Conn<'_>, room: Uuid, user: Option<&User>) -> sqlx::Result<Who> {
    let Some(user) = user else { return Ok(Who::STRANGER) };
    let who = Who {
        signed_in: true,
        role: store::role(conn, room, user.id).await?,
        cohost: store::is_cohost(conn, room, user.id).await?,
        removed: false,
    };
    let removed = !who.hosts() && removals::store::holds(conn, room, &Marks::of_account(user)).await?;
    Ok(Who { removed, ..who })
}

/// The room that somebody in a call speaks of, what they are to it, and that their token is one of it. Errors: `NotFound`, `Forbidden`.
pub async fn taking_part(
    state: &AppState,
    asker: &Participant,
    from: Remote,
    text: &str,
) -> Result<(Room, Who, Permit<TakePart>)> {
    let room = look_up(state, asker.user.as_ref(), from, text).await?;
    let permit = permissions::take_part(room.id, &asker.claims.room)?;
    let who = who(state, &room, asker.user.as_ref()).await?;
    Ok((room, who, permit))
}

/// What somebody is to each of these rooms, as far as they are anything.
pub async fn roles(state: &AppState, user: Option<&User>, rooms: &[Uuid]) -> Result<HashMap<Uuid, Role>> {
    let Some(user) = user else { return Ok(HashMap::new()) };
    let mut lent = state.db.lend().await?;
    let held = store::roles(&mut lent.conn(), user.id, rooms).await?;
    Ok(held.into_iter().map(|access| (access.room_id, access.role)).collect())
}

/// How many rooms somebody has a role in.
pub async fn count(state: &AppState, user: &User) -> Result<i64> {
    let mut lent = state.db.lend().await?;
    Ok(store::count_of(&mut lent.conn(), user.id).await?)
}

/// A page of one's rooms.
pub async fn mine(state: &AppState, user: &User, limit: i64, offset: i64) -> Result<Vec<Room>> {
    let mut lent = state.db.lend().await?;
    Ok(store::page_of(&mut lent.conn(), user.id, limit, offset).await?)
}
