//! The API at our address while the server does not run: for `visavis doctor`.

use std::net::SocketAddr;

use axum_server::{Handle, tls_rustls::RustlsConfig};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{layers, router, serve::bind};
use crate::state::AppState;

/// Answers in the place of a server that does not run.
#[derive(Debug)]
pub struct StandIn {
    stop: CancellationToken,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

impl StandIn {
    /// Answers at our address, without pages and without work in the background.
    pub async fn start(state: &AppState) -> anyhow::Result<Self> {
        let (listener, stop, handle) = (bind(state.settings.server.listen)?, CancellationToken::new(), Handle::new());
        let router = layers(router(state, stop.clone()), state);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let task = match &state.settings.server.tls {
            Some(tls) => {
                let tls = RustlsConfig::from_pem_file(&tls.cert, &tls.key).await?;
                tokio::spawn(axum_server::from_tcp_rustls(listener, tls)?.handle(handle.clone()).serve(service))
            }
            None => tokio::spawn(axum_server::from_tcp(listener)?.handle(handle.clone()).serve(service)),
        };
        Ok(Self { stop, handle, task })
    }

    /// Leaves the address.
    pub async fn end(self) {
        self.stop.cancel();
        self.handle.shutdown();
        // It has nothing to say that the requests did not.
        let _ = self.task.await;
    }
}
