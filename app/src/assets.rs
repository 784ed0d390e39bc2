//! The browser half inside the binary: styles, scripts and the meeting's WebAssembly.
//!
//! A file's path changes with its content, so browsers may keep it for ever. Nothing is compressed while serving:
//! every file was packed with brotli when the browser half was built.

use crate::meeting::inside;
use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// The name the program uses, such as `app.css`.
    pub name: &'static str,
    /// The path it is served under; carries a hash of the content.
    pub path: &'static str,
    /// The media type.
    pub content_type: &'static str,
    /// The content as it is.
    pub plain: &'static [u8],
    /// The content packed with brotli.
    pub brotli: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ONE_DAY: &str = "public, max-age=86400";

/// The embedded file of that name, if the browser half was there when the program was built.
pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// Where a page finds the file. A program built without the browser half answers with a path that leads nowhere.
pub fn url(name: &str) -> &'static str {
    find(name).map_or("/assets/missing", |asset| asset.path)
}

/// `/assets/{file}`, and what browsers ask for on their own: `/favicon.svg`, `/favicon.ico` and `/robots.txt`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{file}", get(hashed))
        .route("/favicon.svg", get(|headers: HeaderMap| async move { named("favicon.svg", &headers) }))
        .route("/favicon.ico", get(|headers: HeaderMap| async move { named("favicon.svg", &headers) }))
        .route("/robots.txt", get(|headers: HeaderMap| async move { named("robots.txt", &headers) }))
}

async fn hashed(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let found = ASSETS.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(&*file));
    found.map_or_else(|| texts(&file), |asset| answer(asset, &headers, FOR_EVER))
}

/// The texts of the call, which the program itself writes.
fn texts(file: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, FOR_EVER),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    inside::find(&format!("/assets/{file}"))
        .map_or_else(|| StatusCode::NOT_FOUND.into_response(), |json| (headers, json).into_response())
}

fn named(name: &str, headers: &HeaderMap) -> Response {
    find(name).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |asset| answer(asset, headers, ONE_DAY))
}

fn answer(asset: &Asset, headers: &HeaderMap, keep: &'static str) -> Response {
    let common = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, keep),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    if takes_brotli(headers) {
        (common, [(header::CONTENT_ENCODING, "br")], asset.brotli).into_response()
    } else {
        (common, asset.plain).into_response()
    }
}

/// Whether the client named brotli without forbidding it by `q=0`.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let offers = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    offers.flat_map(|value| value.split(',')).any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let is_brotli = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case("br"));
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        is_brotli && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, header::HeaderValue::from_static(value))])
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        assert!(takes_brotli(&accepting("gzip, deflate, br")) && takes_brotli(&accepting("br;q=0.5")));
        assert!(
            !takes_brotli(&accepting("gzip"))
                && !takes_brotli(&accepting("br;q=0"))
                && !takes_brotli(&accepting("bro"))
        );
        assert!(!takes_brotli(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn every_file_is_served_packed_and_plain_and_kept_for_ever() {
        for asset in ASSETS {
            for (accept, expected) in [("br", asset.brotli), ("identity", asset.plain)] {
                let request = Request::get(asset.path)
                    .header(header::ACCEPT_ENCODING, accept)
                    .body(Body::empty())
                    .expect("valid");
                let response = router::<()>().oneshot(request).await.expect("infallible");
                assert_eq!(response.status(), StatusCode::OK);
                assert_eq!(response.headers()[header::CONTENT_TYPE], asset.content_type);
                assert_eq!(response.headers()[header::CACHE_CONTROL], FOR_EVER);
                assert_eq!(response.headers().contains_key(header::CONTENT_ENCODING), accept == "br");
                let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("in memory");
                assert!(body == expected, "{}", asset.name);
            }
        }
    }

    #[tokio::test]
    async fn an_unknown_file_is_not_found() {
        for path in ["/assets/app.css", "/assets/..%2Fmanifest.json", "/assets/manifest.json"] {
            let response = router::<()>()
                .oneshot(Request::get(path).body(Body::empty()).expect("valid"))
                .await
                .expect("infallible");
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}
