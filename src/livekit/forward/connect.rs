//! The HTTP client towards LiveKit: plain or TLS, HTTP/1.1 (WebSockets need it).

use std::time::Duration;

use axum::body::Body;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use url::Url;

pub(super) type Client = legacy::Client<HttpsConnector<HttpConnector>, Body>;

/// Cannot fail: where the system has no certificates, only TLS connections do. Those are read only if they are needed.
pub(super) fn client(livekit: &Url) -> Client {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(Duration::from_secs(3)));
    let https = HttpsConnectorBuilder::new()
        .with_tls_config(tls(matches!(livekit.scheme(), "https" | "wss")))
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp);
    legacy::Client::builder(TokioExecutor::new()).build(https)
}

fn tls(needed: bool) -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    if needed {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_protocol_versions(rustls::ALL_VERSIONS);
    #[expect(clippy::expect_used, reason = "the provider and the versions are both compiled in")]
    versions.expect("aws-lc-rs supports TLS 1.2 and 1.3").with_root_certificates(roots).with_no_client_auth()
}
