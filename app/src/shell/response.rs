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
pub fn render<V: IntoView + 'static>(
    page: Page,
    status: StatusCode,
    view: impl FnOnce() -> V + Send + 'static,
) -> Response {
    let policy = policy(&page.nonce, page.connect.as_deref(), page.brand.custom_origin.as_deref());
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

/// A piece of a page, for scripts that put it in its place.
pub fn fragment<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

/// The content security policy of one answer.
pub fn policy(nonce: &str, connect: Option<&str>, style: Option<&str>) -> String {
    let [connect, style] = [connect, style].map(|origin| origin.map(|origin| format!(" {origin}")).unwrap_or_default());
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'{style}; img-src 'self' data: blob:; \
         connect-src 'self'{connect}; media-src 'self' blob: mediastream:; worker-src 'self' blob:; font-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Frame;

    async fn html(page: Page) -> (Response<()>, String) {
        let (parts, body) = render(page, StatusCode::OK, || view! { <main id="main">"<b>"</main> }).into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.expect("a body in memory");
        (Response::from_parts(parts, ()), String::from_utf8_lossy(&bytes).into_owned())
    }

    #[tokio::test]
    async fn what_people_typed_is_text_and_scripts_carry_the_nonce() {
        let page = Page { title: "<script>".into(), path: "/\"><x".into(), nonce: "n0nce".into(), ..Page::default() };
        let (response, html) = html(page).await;
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\""), "{html}");
        assert!(!html.contains("<script>") && !html.contains("<x") && !html.contains("<b>"), "{html}");
        assert_eq!(html.matches("<script").count(), html.matches("nonce=\"n0nce\"").count(), "{html}");
        assert!(!html.contains(" style=") && !html.contains("<style"), "the policy forbids inline styles: {html}");
        assert!(!html.contains("wasm"), "no wasm but on the meeting page: {html}");
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("ASCII");
        assert!(
            policy.contains("script-src 'self' 'nonce-n0nce' 'wasm-unsafe-eval';")
                && policy.contains("connect-src 'self';")
        );
    }

    #[tokio::test]
    async fn the_meeting_loads_its_island_and_may_reach_livekit() {
        let page = Page {
            frame: Frame::Meeting,
            nonce: "n".into(),
            connect: Some("wss://lk.example".into()),
            ..Page::default()
        };
        let (response, html) = html(page).await;
        assert!(html.contains("<script type=\"module\" nonce=\"n\">import init,{start} from"), "{html}");
        assert!(html.contains("rel=\"modulepreload\"") && html.contains("start();</script>"), "{html}");
        assert!(
            response.headers()[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .expect("ASCII")
                .contains("connect-src 'self' wss://lk.example;")
        );
    }
}
