//! From a view to an answer.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use super::{Page, Shell};

/// Renders a view inside the shell. Everything a page shows is loaded before; nothing is streamed, so that the page is whole
/// without script.
pub fn render<V: IntoView + 'static>(page: Page, status: StatusCode, view: impl FnOnce() -> V + Send + 'static) -> Response {
    let policy = policy(&page.nonce, page.connect.as_deref());
    let language = page.lang.code();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view! { <Shell page>{view()}</Shell> }.to_html());
    owner.unset_with_forced_cleanup();
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    response
}

/// The content security policy of one answer.
pub fn policy(nonce: &str, connect: Option<&str>) -> String {
    let connect = connect.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'{connect}; media-src 'self' blob: mediastream:; worker-src 'self' blob:; font-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}
