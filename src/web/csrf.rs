//! Requests that another site made a browser send.
//!
//! Forms and server functions: `Sec-Fetch-Site`, else `Origin` (Fetch, W3C Fetch Metadata). REST with a session: the contract's
//! double submit (§0.3): the header `X-CSRFToken` repeats the cookie `csrftoken`.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

use super::device::cookie;
use crate::{error::Error, state::AppState};

const COOKIE: &str = "csrftoken";
/// The contract's lifetime of the cookie: a year, in seconds.
const MAX_AGE: u32 = 31_449_600;

/// Whether a page of ours sent this request. Old browsers and scripts send neither header: they carry no ambient cookie of a
/// victim either, or are caught by `SameSite=Lax`.
pub fn same_origin(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(sender)) => sender == origin || same_host(sender, headers),
        (None, None) => true,
    }
}

/// The same server under another of its names, as on a LAN: the browser says the host it asked.
fn same_host(sender: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    sender.split_once("://").map(|(_, host)| host) == host
}

/// Refuses unsafe requests that another site caused.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || same_origin(request.headers(), &state.origin) {
        next.run(request).await
    } else {
        Error::Forbidden.into_response()
    }
}

/// Checks the contract's double submit.
pub fn double_submit(headers: &HeaderMap) -> Result<(), Error> {
    let header = headers.get("x-csrftoken").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let cookie = cookie(headers, COOKIE).unwrap_or_default();
    let equal = bool::from(header.as_bytes().ct_eq(cookie.as_bytes()));
    if !cookie.is_empty() && equal { Ok(()) } else { Err(Error::Forbidden) }
}

/// A fresh cookie, set at sign-in.
pub fn fresh_cookie(state: &AppState) -> Option<HeaderValue> {
    let token = URL_SAFE_NO_PAD.encode(state.random.bytes::<24>());
    let secure = if state.is_secure() { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={token}; SameSite=Lax; Path=/; Max-Age={MAX_AGE}{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn who_may_post() {
        let ours = "https://meet.example";
        let cases: [(&[(&str, &str)], bool); 7] = [
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://meet.example")], false),
            (&[("origin", "https://meet.example")], true),
            (&[("origin", "https://evil.example"), ("host", "meet.example")], false),
            (&[("origin", "null"), ("host", "null")], false),
        ];
        for (pairs, expected) in cases {
            let map =
                pairs.iter().map(|(n, v)| (header::HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
            assert_eq!(same_origin(&map, ours), expected, "{pairs:?}");
        }
    }

    #[test]
    fn both_halves_must_be_there_and_equal() {
        assert!(double_submit(&headers(&[("cookie", "a=b; csrftoken=x"), ("x-csrftoken", "x")])).is_ok());
        assert!(double_submit(&headers(&[("cookie", "csrftoken=x"), ("x-csrftoken", "y")])).is_err());
        assert!(double_submit(&headers(&[("cookie", "csrftoken="), ("x-csrftoken", "")])).is_err());
        assert!(double_submit(&headers(&[])).is_err());
    }
}
