//! Entering a call: the token, and a room on LiveKit that is really there.

use uuid::Uuid;

use super::{
    model::{Role, Room},
    permissions::{Enter, Permit, Who},
    rights,
    types::Entry,
};
use crate::{
    db::Conn,
    error::{Error, Result},
    livekit::{
        colour::colour,
        identity::Identity,
        tokens::{Grant, LIFETIME},
    },
    state::AppState,
    users::model::{User, clean_name},
    web::device::Browser,
};

/// Longest name shown in a call, in characters.
pub const LONGEST_NAME: usize = 50;

/// Somebody who may come in, with the proof of it.
#[derive(Debug)]
pub struct Admitted<'a> {
    /// The proof.
    pub permit: Permit<Enter>,
    /// Where to.
    pub room: &'a Room,
    /// What they are to the room.
    pub who: Who,
    /// Their account.
    pub user: Option<&'a User>,
    /// Their browser; a guest's identity.
    pub browser: &'a Browser,
}

/// The name that others will see: the one that was given, else the account's; in a room of accounts alone the account's in any case.
/// Errors: field `name`.
pub fn name(room: &Room, user: Option<&User>, given: &str) -> Result<String> {
    match (given.trim(), user) {
        (_, Some(user)) if room.verified_only => Ok(account_name(user)),
        ("", Some(user)) => Ok(account_name(user)),
        (name, _) => clean_name(name, LONGEST_NAME).map_err(|code| Error::field("name", code)),
    }
}

/// What somebody's account is called, as long as a call shows it.
pub fn account_name(user: &User) -> String {
    user.display_name().chars().take(LONGEST_NAME).collect()
}

/// A name of at most `longest` characters, cut to what a call shows: for clients that know no other limit. Errors: the code of what
/// is wrong with it.
pub fn cut_name(text: &str, longest: usize) -> Result<String, &'static str> {
    let name = clean_name(text, longest)?;
    Ok(name.chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned())
}

/// Who somebody is on LiveKit for a client that names no device (house.md, Identity): an account, or a guest's browser.
pub fn identity(user: Option<&User>, browser: &Browser) -> Identity {
    Identity::new(user.map_or_else(|| browser.id.to_string(), User::subject), None)
}

/// Who somebody is on LiveKit for our own client.
pub fn identity_on(state: &AppState, user: Option<&User>, browser: &Browser) -> Identity {
    match user {
        Some(user) => Identity::new(user.subject(), Some(browser.device(state))),
        None => identity(None, browser),
    }
}

/// Makes the room on LiveKit for a token that is handed out in any case: LiveKit being away hides no room and takes no admission back,
/// it is logged, and the client asks again when it cannot connect.
pub async fn make_live(state: &AppState, room: &Room) {
    if let Err(error) = ensure_live(state, room, false).await {
        tracing::warn!(room.id = %room.id, %error, "Room {} could not be made on LiveKit", room.id);
    }
}

async fn ensure_live(state: &AppState, room: &Room, again: bool) -> Result<()> {
    state.livekit.ensure_live_for(&room.id.to_string(), again, most(state, room).await?).await
}

/// What it takes to be in the call. `again`: the call was lost, so its room may be gone.
///
/// Errors: `Upstream` when LiveKit cannot be reached: the caller tries again.
pub async fn let_in(state: &AppState, admitted: &Admitted<'_>, name: String, again: bool) -> Result<Entry> {
    let Admitted { permit, room, who, user, browser } = admitted;
    let identity = identity_on(state, *user, browser);
    ensure_live(state, room, again).await?;
    Ok(Entry {
        url: state.livekit.settings().public_url.clone().unwrap_or_default(),
        token: token(state, permit, room, *who, &identity, &name)?,
        identity: identity.to_string(),
        name,
    })
}

/// How many LiveKit lets in: as many as the room says, and those who run it besides.
async fn most(state: &AppState, room: &Room) -> Result<Option<u32>> {
    let Some(most) = room.max_participants.and_then(|most| u32::try_from(most).ok()) else { return Ok(None) };
    Ok(Some(most.saturating_add(hosts(&mut state.db.lend().await?.conn(), room.id).await?)))
}

/// How many run a room.
pub(super) async fn hosts(conn: &mut Conn<'_>, room: Uuid) -> Result<u32> {
    let all = super::store::accesses(conn, &[room]).await?;
    let hosts = all.iter().filter(|access| access.role.is_host()).count();
    Ok(u32::try_from(hosts).unwrap_or(0))
}

/// The role that clients show. They know no co-hosts of a meeting: to them it is one who runs the room.
pub fn shown_role(who: Who) -> Option<Role> {
    if who.cohost { who.role.max(Some(Role::Administrator)) } else { who.role }
}

/// The participant token: exactly the contract's claims (§3.1).
pub fn token(
    state: &AppState,
    _permit: &Permit<Enter>,
    room: &Room,
    who: Who,
    identity: &Identity,
    name: &str,
) -> Result<String> {
    let may = rights::permission(room, who.hosts());
    let identity = identity.to_string();
    state.livekit.token(&Grant {
        room: room.id.to_string(),
        color: colour(&identity),
        name: name.to_owned(),
        admin: who.role.is_some_and(Role::is_host),
        sources: may.sources,
        data: may.can_publish_data,
        role: shown_role(who).map(Role::as_str),
        authenticated: who.signed_in,
        lifetime: LIFETIME,
        identity,
    })
}
