//! Which browser this is: a signed random UUID in a cookie. It is a guest's identity in a call, and tells two devices of one
//! account apart. Signed, because an identity that a client could choose would let it take somebody else's place.

use axum::http::{HeaderMap, HeaderValue, header};
use uuid::Uuid;

use crate::{error::Result, livekit::identity::Device, state::AppState};

/// The contract's name for it (§4.1).
const COOKIE: &str = "lobbyParticipantId";
/// Its name on https, where no other host of the domain can plant one: with a cookie that was signed for somebody else, this
/// browser would put that person out of the call.
const SECURE_COOKIE: &str = "__Host-lobbyParticipantId";

fn name(state: &AppState) -> &'static str {
    if state.is_secure() { SECURE_COOKIE } else { COOKIE }
}
/// Seconds it is kept: a browser that comes back within half a year is the same one.
const MAX_AGE: u32 = 180 * 24 * 3600;

/// A browser.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Its id; what LiveKit knows a guest by.
    pub id: Uuid,
    /// Set when the cookie is not there yet and must be sent.
    new: bool,
}

impl Browser {
    /// The browser that sent these headers; a new one when its cookie is missing or not ours.
    pub fn of(state: &AppState, headers: &HeaderMap) -> Self {
        match Self::known(state, headers) {
            Some(id) => Self { id, new: false },
            None => Self { id: state.random.uuid(), new: true },
        }
    }

    /// The browser of this id, which its cookie has shown before.
    pub const fn known_as(id: Uuid) -> Self {
        Self { id, new: false }
    }

    /// The id in the cookie, if it is ours.
    pub fn known(state: &AppState, headers: &HeaderMap) -> Option<Uuid> {
        state.keys.verify_device(cookie(headers, name(state))?)?.parse().ok()
    }

    /// The header that makes the browser remember, where it does not yet.
    pub fn set_cookie(&self, state: &AppState) -> Option<HeaderValue> {
        self.new.then(|| self.cookie(state).ok()).flatten()
    }

    /// The header that makes the browser remember.
    pub fn cookie(&self, state: &AppState) -> Result<HeaderValue> {
        let value = state.keys.sign_device(&self.id.to_string());
        let secure = if state.is_secure() { "; Secure" } else { "" };
        let cookie = format!("{}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={MAX_AGE}{secure}", name(state));
        Ok(HeaderValue::from_str(&cookie).map_err(anyhow::Error::from)?)
    }

    /// What follows an account's subject in its identity on this browser. It cannot be traced back to the guest's id.
    pub fn device(&self, state: &AppState) -> Device {
        tag(state, self.id)
    }
}

/// [`Browser::device`] of a guest whose id is known.
pub fn tag(state: &AppState, id: Uuid) -> Device {
    Device::from(state.keys.device_tag(&id.to_string()))
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}
