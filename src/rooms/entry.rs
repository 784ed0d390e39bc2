//! Entering a call: the token, and a room on LiveKit that is really there.

use std::time::Instant;

use super::{
    model::{Role, Room},
    permissions::{self, Enter, Permit, Who},
    service,
    types::{Entry, EntryRequest},
};
use crate::{
    error::{Error, Result},
    livekit::{
        colour::colour,
        identity::Identity,
        tokens::{Grant, LIFETIME, Source},
    },
    metrics::Join,
    state::AppState,
    users::model::{User, clean_name},
    web::{device::Browser, remote::Remote},
};

/// Longest name shown in a call, in characters.
pub const LONGEST_NAME: usize = 50;

/// Lets somebody into a call.
///
/// Errors: `NotFound`, `Forbidden`, field `name`, `Upstream` when LiveKit cannot be reached: the caller tries again.
pub async fn enter(
    state: &AppState,
    user: Option<&User>,
    browser: &Browser,
    from: Remote,
    request: &EntryRequest,
) -> Result<Entry> {
    let began = Instant::now();
    let result = admit(state, user, browser, from, request).await;
    state.metrics.joined(&Join::new(result.as_ref().err().map(Error::status)), began.elapsed());
    result
}

async fn admit(
    state: &AppState,
    user: Option<&User>,
    browser: &Browser,
    from: Remote,
    request: &EntryRequest,
) -> Result<Entry> {
    let room = service::look_up(state, user, from, &request.slug).await?;
    let who = service::who(state, &room, user).await?;
    let permit = permissions::enter(room.access_level, who)?;
    let name = match (request.name.trim(), user) {
        ("", Some(user)) => user.display_name().chars().take(LONGEST_NAME).collect(),
        (name, _) => clean_name(name, LONGEST_NAME).map_err(|code| Error::field("name", code))?,
    };
    let identity = match user {
        Some(user) => Identity::new(user.subject(), Some(browser.device(state))),
        None => Identity::new(browser.id.to_string(), None),
    };
    state.livekit.ensure_live(&room.id.to_string(), request.again).await?;
    let token = token(state, &permit, &room, who, &identity, &name)?;
    Ok(Entry {
        url: state.livekit.settings().public_url.clone().unwrap_or_default(),
        token,
        identity: identity.to_string(),
        name,
    })
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
    let host = who.role.is_some_and(Role::is_host);
    let limited = room.configuration.can_publish_sources.clone().filter(|_| !host);
    let identity = identity.to_string();
    state.livekit.token(&Grant {
        room: room.id.to_string(),
        color: colour(&identity),
        name: name.to_owned(),
        admin: host,
        sources: limited.unwrap_or_else(|| Source::ALL.to_vec()),
        role: who.role.map(Role::as_str),
        authenticated: who.signed_in,
        lifetime: LIFETIME,
        identity,
    })
}
