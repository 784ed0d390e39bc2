//! The cookie of a browser that signed in to an account before: it has its own count of wrong passwords
//! ([`crate::sessions::service`]), so that guesses from elsewhere do not shut the owner out. It opens nothing and names nobody.

use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::device::cookie;
use crate::{state::AppState, users::model::User};

const COOKIE: &str = "known";
/// Seconds it is kept: a year.
const MAX_AGE: u32 = 365 * 24 * 3600;

/// What a browser sent of it.
pub fn of(headers: &HeaderMap) -> Option<String> {
    cookie(headers, COOKIE).map(str::to_owned)
}

/// The header that makes the browser remember, sent at each sign-in. Only where one signs in is it sent back.
pub fn set_cookie(state: &AppState, user: &User) -> Option<HeaderValue> {
    let nonce = URL_SAFE_NO_PAD.encode(state.random.bytes::<12>());
    let value = state.keys.sign_known(&nonce, &user.folded_email()?);
    let secure = if state.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; HttpOnly; SameSite=Lax; Path=/sign-in; Max-Age={MAX_AGE}{secure}");
    HeaderValue::from_str(&cookie).ok()
}
