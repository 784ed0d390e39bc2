//! Start and stop of the whole server.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, bail};
use axum::Router;
use axum_server::{Handle, tls_rustls::RustlsConfig};
use tokio_util::sync::CancellationToken;

use super::{
    metrics,
    patience::{self, HEAD_TIME, Opening},
    work,
};
use crate::{
    clock::Clock,
    config::Settings,
    db::{Db, Lock},
    livekit::{self, LiveKit, supervised},
    presence,
    random::Random,
    state::AppState,
    webhooks,
};

/// How long open requests may take after we were told to stop.
const GRACE: Duration = Duration::from_secs(5);
/// How long the supervised LiveKit may take to answer for the first time.
const LIVEKIT_START: Duration = Duration::from_secs(20);
/// How long the first connection to the cache is waited for.
const CACHE_START: Duration = Duration::from_secs(2);

/// Opens the database and puts the state together, without listening: what the command line needs.
pub async fn offline(settings: Settings) -> anyhow::Result<AppState> {
    let db = open(&settings).await?;
    let livekit = LiveKit::new(reach(&settings)?, Clock::System);
    let origin = settings.server.origin(settings.server.listen);
    Ok(AppState::new(settings, &origin, db, livekit, Clock::System, Random::from_os())?)
}

async fn open(settings: &Settings) -> anyhow::Result<Db> {
    let db = Db::connect(&settings.database.url).await?;
    db.migrate().await?;
    Ok(db)
}

/// LiveKit's settings; for a supervised one that does not run yet, the wanted port.
fn external(settings: &Settings) -> anyhow::Result<livekit::Settings> {
    let own = format!("http://127.0.0.1:{}", settings.livekit.supervised.port);
    let internal = match &settings.livekit.external {
        Some(external) => external.internal_url.clone(),
        None => own.parse()?,
    };
    let mut found = livekit::Settings::new(internal, &settings.livekit.api_key, &settings.livekit.api_secret);
    found.public_url = settings.livekit.browsers_url();
    Ok(found)
}

/// Where LiveKit is, for who looks from beside: one that a running server started may have got another port than it was to have.
pub fn reach(settings: &Settings) -> anyhow::Result<livekit::Settings> {
    let mut found = external(settings)?;
    if settings.livekit.external.is_none()
        && let Some(ports) = supervised::written_ports(&settings.data_dir)
    {
        found.internal_url = format!("http://127.0.0.1:{}", ports.api).parse()?;
    }
    Ok(found)
}

/// A server that listens, with everything that runs beside it.
#[derive(Debug)]
pub struct Server {
    /// What requests share.
    pub state: AppState,
    /// Where we listen.
    pub address: SocketAddr,
    /// Cancelled when we are told to stop.
    pub stop: CancellationToken,
    listener: std::net::TcpListener,
    /// Where the supervised LiveKit's webhooks arrive when we serve HTTPS: it could not check a certificate of ours, and what it
    /// says never leaves this machine.
    inner: Option<std::net::TcpListener>,
    /// Where `/metrics` is, when not on the public port.
    metrics: Option<std::net::TcpListener>,
    tls: Option<RustlsConfig>,
    supervised: Option<supervised::Supervised>,
    _lock: Option<Lock>,
}

impl Server {
    /// Binds the port, opens the database, starts LiveKit unless it runs elsewhere.
    pub async fn start(settings: Settings) -> anyhow::Result<Self> {
        let stop = CancellationToken::new();
        let listener = bind(settings.server.listen)?;
        let address = listener.local_addr()?;
        let origin = settings.server.origin(address);
        let lock = settings.database.file().map(Lock::take).transpose()?;
        let db = open(&settings).await?;
        let (clock, random) = (Clock::System, Random::from_os());
        let tls = match &settings.server.tls {
            Some(tls) => Some(
                RustlsConfig::from_pem_file(&tls.cert, &tls.key)
                    .await
                    .context("the TLS certificate or key cannot be used")?,
            ),
            None => None,
        };
        let mut reach = external(&settings)?;
        let inner = match (&tls, &settings.livekit.external) {
            (Some(_), None) => Some(bind(SocketAddr::from(([127, 0, 0, 1], 0)))?),
            _ => None,
        };
        let metrics = settings.metrics.listen.map(bind).transpose().context("VISAVIS_METRICS_LISTEN")?;
        let webhooks = inner.as_ref().map_or(Ok(address), std::net::TcpListener::local_addr)?;
        let prepared = match settings.livekit.external {
            Some(_) => None,
            None => Some(supervised::prepare(options(&settings, webhooks)).await?),
        };
        if let Some(prepared) = &prepared {
            reach.internal_url = prepared.internal_url();
        }
        let livekit = LiveKit::new(reach, clock.clone());
        let supervised = prepared.map(|prepared| prepared.start(livekit.clone(), stop.clone()));
        if let Some(supervised) = &supervised {
            supervised.ready(LIVEKIT_START).await?;
        }
        let state = AppState::new(settings, &origin, db, livekit, clock, random)?;
        // Not fatal: it is used once it comes, and until then /readyz names it.
        let _ = state.cache.settle(CACHE_START).await;
        Ok(Self { state, address, stop, listener, inner, metrics, tls, supervised, _lock: lock })
    }

    /// Answers requests until `stop` is cancelled, then lets open ones finish.
    pub async fn run(self, router: Router) -> anyhow::Result<()> {
        let worker = work::worker(&self.state);
        worker.ensure_recurring().await?;
        worker.ensure(presence::reconcile::AT_START).await?;
        let jobs = tokio::spawn(worker.run(self.stop.clone()));
        tokio::spawn(webhooks::livekit::hear_of_ends(self.state.clone(), self.stop.clone()));
        let handle = Handle::new();
        let ending = handle.clone();
        let stop = self.stop.clone();
        tokio::spawn(async move {
            stop.cancelled().await;
            ending.graceful_shutdown(Some(GRACE));
        });
        let beside = [(self.inner, webhooks::livekit::router()), (self.metrics, metrics::alone())];
        for (listener, routes) in beside {
            let Some(listener) = listener else { continue };
            let (routes, stopped) = (routes.with_state(self.state.clone()), self.stop.clone().cancelled_owned());
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::spawn(axum::serve(listener, routes).with_graceful_shutdown(stopped).into_future());
        }
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        match self.tls {
            Some(tls) => {
                let server = axum_server::from_tcp_rustls(self.listener, tls)?.handle(handle);
                let mut server = server.map(|tls| Opening::of(tls, HEAD_TIME));
                patience::limit(server.http_builder(), HEAD_TIME);
                server.serve(service).await?;
            }
            None => {
                let server = axum_server::from_tcp(self.listener)?.handle(handle);
                let mut server = server.map(|plain| Opening::of(plain, HEAD_TIME));
                patience::limit(server.http_builder(), HEAD_TIME);
                server.serve(service).await?;
            }
        }
        self.stop.cancel();
        // A failed join is a panic of the worker, which has been logged.
        let _ = jobs.await;
        if let Some(supervised) = self.supervised {
            supervised.stopped().await;
        }
        self.state.db.close().await;
        Ok(())
    }
}

pub(super) fn bind(address: SocketAddr) -> anyhow::Result<std::net::TcpListener> {
    let listener = match std::net::TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            bail!("another program listens on {address}; stop it, or choose another port with --listen")
        }
        Err(error) => bail!("cannot listen on {address}: {error}"),
    };
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// `address`: where we hear plain HTTP.
fn options(settings: &Settings, address: SocketAddr) -> supervised::Options {
    let wanted = &settings.livekit.supervised;
    let host = if address.ip().is_unspecified() { "127.0.0.1".to_owned() } else { address.ip().to_string() };
    supervised::Options {
        bin: wanted.bin.clone(),
        data_dir: settings.data_dir.clone(),
        api_key: settings.livekit.api_key.clone(),
        api_secret: settings.livekit.api_secret.clone(),
        webhook_url: format!("http://{host}:{}{}", address.port(), webhooks::livekit::PATH),
        node_ip: wanted.node_ip,
        ports: supervised::Ports {
            api: wanted.port,
            rtc_tcp: wanted.tcp_port,
            rtc_udp: wanted.udp_port,
            turn_udp: wanted.turn_port,
        },
    }
}
