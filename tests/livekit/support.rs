//! A supervised LiveKit on free ports, our forwarder in front of it, and a client that joins.

use std::{env, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum::{Router, body::Bytes, http::HeaderMap, routing::post};
use futures_util::StreamExt;
use parking_lot::Mutex;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Error};
use tokio_util::sync::CancellationToken;
use visavis::{
    clock::Clock,
    livekit::{
        Grant, LiveKit, Settings, Source, forward,
        supervised::{self, Options, Ports, Supervised},
        tokens::LIFETIME,
        webhook::Event,
    },
};

pub const KEY: &str = "APItest";
pub const SECRET: &str = "a secret of at least thirty-two characters";

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub struct Stage {
    /// Kept so that it is removed at the end.
    _dir: TempDir,
    pub livekit: LiveKit,
    pub server: Supervised,
    pub ports: Ports,
    pub stop: CancellationToken,
    /// Where our forwarder listens.
    pub origin: SocketAddr,
    pub events: Arc<Mutex<Vec<Event>>>,
}

/// The real server's program. Its absence is a failure: a test that skips itself proves nothing.
pub fn binary() -> PathBuf {
    if let Some(bin) = env::var_os("VISAVIS_LIVEKIT_BIN") {
        return bin.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join("livekit-server")).find(|bin| bin.is_file()).expect(
        "no LiveKit server: `make test` provides one; by hand, set VISAVIS_LIVEKIT_BIN to a livekit-server 1.13.5 \
         (go install github.com/livekit/livekit-server/cmd/server@v1.13.5)",
    )
}

pub fn options(dir: &TempDir, webhook: SocketAddr) -> Options {
    Options {
        bin: Some(binary()),
        data_dir: dir.path().to_owned(),
        api_key: KEY.into(),
        api_secret: SECRET.into(),
        webhook_url: format!("http://{webhook}/hook"),
        node_ip: None,
        ports: Ports::ANY,
    }
}

impl Stage {
    pub async fn set() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = listener.local_addr().expect("an address");
        let stop = CancellationToken::new();
        let prepared = supervised::prepare(options(&dir, origin)).await.expect("a LiveKit server to start");
        let ports = prepared.ports();
        let livekit = LiveKit::new(Settings::new(prepared.internal_url(), KEY, SECRET), Clock::System);
        let server = prepared.start(livekit.clone(), stop.clone());
        let events = Arc::new(Mutex::new(vec![]));
        let app = forward::router(livekit.clone(), stop.clone(), Arc::new(|_| Box::pin(async { true })))
            .merge(hook(livekit.clone(), events.clone()));
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        server.ready(Duration::from_secs(20)).await.expect("a LiveKit server that answers");
        Self { _dir: dir, livekit, server, ports, stop, origin, events }
    }

    pub fn token(&self, room: &str) -> String {
        let grant = Grant {
            room: room.into(),
            identity: "somebody".into(),
            name: "Somebody".into(),
            admin: false,
            sources: Source::ALL.to_vec(),
            data: true,
            role: None,
            authenticated: false,
            color: "hsl(1, 2%, 3%)".into(),
            lifetime: LIFETIME,
        };
        self.livekit.token(&grant).expect("a token")
    }

    /// Joins through the forwarder; the status if LiveKit refuses.
    pub async fn join(&self, room: &str) -> Result<Socket, u16> {
        let query = format!("access_token={}&protocol=15&auto_subscribe=1&sdk=js&version=2.0.0", self.token(room));
        match connect_async(format!("ws://{}/livekit/rtc?{query}", self.origin)).await {
            Ok((socket, _)) => Ok(socket),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(other) => panic!("no answer through the forwarder: {other}"),
        }
    }

    pub async fn end(self) {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(5), self.server.stopped()).await.expect("LiveKit stops in time");
    }
}

fn hook(livekit: LiveKit, events: Arc<Mutex<Vec<Event>>>) -> Router {
    let take = async move |headers: HeaderMap, body: Bytes| {
        let authorization = headers.get("authorization").and_then(|value| value.to_str().ok());
        events.lock().push(livekit.webhook(authorization, &body).expect("a good webhook").event);
    };
    Router::new().route("/hook", post(take))
}

/// All that LiveKit says within `span`, as one text: what is protobuf around strings does not matter here.
pub async fn listen(socket: &mut Socket, span: Duration) -> String {
    let mut heard = String::new();
    let all = async {
        while let Some(Ok(message)) = socket.next().await {
            heard.push_str(&String::from_utf8_lossy(&message.into_data()));
        }
    };
    let _ = tokio::time::timeout(span, all).await;
    heard
}

/// Waits for something to become true.
pub async fn eventually(what: &str, within: Duration, mut check: impl FnMut() -> bool) {
    let poll = async {
        while !check() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(within, poll).await.is_ok(), "not within {within:?}: {what}");
}
