//! Errors that were answered before a page had its say (another site's form, a panic, a body too large) are JSON. Somebody who
//! looks at them in a browser gets the page instead.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use visavis::state::AppState;

use crate::pages::{context, problem};

/// First parts of addresses that programs ask, whatever they say they accept.
const PROGRAMS: [&str; 4] = ["/api/", "/fn/", "/livekit/", "/assets/"];

/// Layered around the whole router.
pub async fn for_people(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let person =
        contains(&parts.headers, header::ACCEPT, "text/html") && !PROGRAMS.iter().any(|first| path.starts_with(first));
    let asked = person.then(|| context::page(&parts, &state));
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let ours = contains(response.headers(), header::CONTENT_TYPE, "text/html");
    match asked {
        Some(asked) if (status.is_client_error() || status.is_server_error()) && !ours => {
            let (mut kept, _) = response.into_parts();
            let (page, body) = problem::page(&state, asked, status).into_parts();
            for gone in [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::TRANSFER_ENCODING] {
                kept.headers.remove(gone);
            }
            for (name, value) in &page.headers {
                kept.headers.insert(name, value.clone());
            }
            Response::from_parts(kept, body)
        }
        _ => response,
    }
}

fn contains(headers: &HeaderMap, name: header::HeaderName, what: &str) -> bool {
    headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(what))
}
