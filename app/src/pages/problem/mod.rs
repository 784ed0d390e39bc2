//! Pages for what went wrong.

mod for_people;
mod view;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use visavis::{error::Error, state::AppState};

pub use for_people::for_people;
pub use view::{NotFound, NotFoundProps};

use super::context::{self, Context};
use crate::shell::{Page, render};

/// Letters and digits that nobody confuses when reading aloud.
const LETTERS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A short code to quote: the status and four letters. The log has it next to the request's id.
pub fn code(state: &AppState, status: StatusCode) -> String {
    let letters: String =
        state.random.bytes::<4>().iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect();
    let code = format!("{}-{letters}", status.as_u16());
    tracing::info!(code, "Showed a page with the code {code}");
    code
}

/// The page of a status.
pub fn page(state: &AppState, mut page: Page, status: StatusCode) -> Response {
    let (lang, code) = (page.lang, code(state, status));
    page.title = view::words(lang, status.as_u16()).0.to_owned();
    let status_code = status.as_u16();
    render(page, status, move || view::Problem(view::ProblemProps { lang, status: status_code, code }))
}

/// The page of an error.
pub fn answer(state: &AppState, asked: Page, error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = page(state, asked, status);
    if let Error::RateLimited { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after.as_secs().max(1)));
    }
    response
}

/// No page has this address. Programs that ask for anything but a page get no page.
pub async fn unknown(State(state): State<AppState>, headers: HeaderMap, request: Request) -> Response {
    plain_or_page(&state, &headers, request, StatusCode::NOT_FOUND).await
}

/// The page exists, and cannot be asked for in this way.
pub async fn wrong_method(State(state): State<AppState>, headers: HeaderMap, request: Request) -> Response {
    plain_or_page(&state, &headers, request, StatusCode::METHOD_NOT_ALLOWED).await
}

async fn plain_or_page(state: &AppState, headers: &HeaderMap, request: Request, status: StatusCode) -> Response {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/html") {
        return status.into_response();
    }
    let (mut parts, _) = request.into_parts();
    match <Context as axum::extract::FromRequestParts<AppState>>::from_request_parts(&mut parts, state).await {
        Ok(asked) => page(state, asked.page, status),
        Err(_) => page(state, context::page(&parts, state), status),
    }
}
