//! Several `visavis` processes over what they share.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

use axum::{Router, routing::post};
use serde_json::json;
use tempfile::TempDir;
use visavis::{
    clock::Clock,
    livekit::{LiveKit, Settings},
};

use super::http;

pub const BIN: &str = env!("CARGO_BIN_EXE_visavis");
pub const KEY: &str = "APItest";
pub const SECRET: &str = "Xq3vTz8LmN0pRw5yKd7sBf2hJc9gUe4a";

/// What the processes share: their settings. Each has a data folder of its own, by its name.
pub struct Stage {
    env: Vec<(String, String)>,
    pub folder: TempDir,
}

impl Stage {
    /// One process with the embedded database.
    pub fn embedded(livekit: &str) -> Self {
        let settings = [
            ("LOG", "warn,visavis_app=info"),
            ("PUBLIC_URL", "http://localhost:8080"),
            ("LIVEKIT_INTERNAL_URL", livekit),
            ("LIVEKIT_API_KEY", KEY),
            ("LIVEKIT_API_SECRET", SECRET),
        ];
        Self::of(&settings)
    }

    pub fn new(database: &str, redis: &str, livekit: &str) -> Self {
        let prefix = format!("test:{}:", Clock::System.now().timestamp_micros());
        let settings = [
            ("LOG", "warn,visavis_app=info,visavis::cache=info"),
            ("PUBLIC_URL", "http://localhost:8080"),
            ("DATABASE_URL", database),
            ("REDIS_URL", redis),
            ("REDIS_PREFIX", &prefix),
            ("SECRET_KEY", SECRET),
            ("LIVEKIT_INTERNAL_URL", livekit),
            ("LIVEKIT_API_KEY", KEY),
            ("LIVEKIT_API_SECRET", SECRET),
        ];
        Self::of(&settings)
    }

    fn of(settings: &[(&str, &str)]) -> Self {
        let env = settings.iter().map(|(name, value)| (format!("VISAVIS_{name}"), (*value).to_owned())).collect();
        Self { env, folder: tempfile::tempdir().expect("a folder") }
    }

    /// One setting more, or another value.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.env.push((format!("VISAVIS_{name}"), value.to_owned()));
        self
    }

    pub fn data(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, data: &str) -> Command {
        let mut command = Command::new(BIN);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.env.iter().cloned()).env("VISAVIS_DATA_DIR", self.data(data));
        command
    }

    /// Runs a command on a data folder; what it said, or how it complained.
    pub fn try_cli(&self, data: &str, arguments: &[&str]) -> Result<String, String> {
        let output = self.command(data).args(arguments).output().expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// Runs a command beside the servers that share everything; what it said.
    pub fn cli(&self, arguments: &[&str]) -> String {
        self.try_cli("cli", arguments).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    }

    /// A path that signs this account in once.
    pub fn link(&self, email: &str) -> String {
        self.link_of("cli", email)
    }

    /// The same on a data folder.
    pub fn link_of(&self, data: &str, email: &str) -> String {
        let url = self.try_cli(data, &["user", "link", email]).expect("a link");
        url.lines().last().and_then(|url| url.split("localhost:8080").nth(1)).expect("a link").to_owned()
    }

    /// Starts a server and waits until it listens. `port` 0 takes any.
    pub async fn serve(&self, name: &str, port: u16) -> Process {
        let log = self.folder.path().join(format!("{name}.log"));
        let file = std::fs::File::create(&log).expect("a log");
        let mut command = self.command(name);
        command.arg("serve").env("VISAVIS_LISTEN", format!("127.0.0.1:{port}"));
        let child = command.stdout(Stdio::null()).stderr(file).spawn().expect("it starts");
        let mut process = Process { child, address: ([127, 0, 0, 1], port).into(), log };
        for _ in 0..600 {
            let said = process.log();
            if let Some(rest) = said.split("Listening on ").nth(1) {
                process.address =
                    rest.split_whitespace().next().and_then(|text| text.parse().ok()).expect("an address");
                return process;
            }
            assert!(process.child.try_wait().expect("a state").is_none(), "it ended: {said}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not listen: {}", process.log());
    }
}

/// A server; killed when dropped.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
    log: std::path::PathBuf,
}

impl Process {
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// As the kernel or an operator in despair does it.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// As a service manager does it; waits for the end.
    pub async fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", "TERM", &id]).status().expect("kill").success());
        for _ in 0..200 {
            if let Some(status) = self.child.try_wait().expect("a state") {
                assert!(status.success(), "{status}: {}", self.log());
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not stop: {}", self.log());
    }

    /// Waits until `/readyz` says that all is well, or names exactly what is not.
    pub async fn ready(&self, failing: &[&str]) {
        let mut last = String::new();
        for _ in 0..300 {
            let answer = http::get(self.address, "/readyz", "").await;
            let named = answer.json()["failing"].clone();
            let expected = if failing.contains(&"database") { 503 } else { 200 };
            if answer.status == expected && (named == json!(failing) || (named.is_null() && failing.is_empty())) {
                return;
            }
            last = answer.body;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{last} instead of {failing:?}: {}", self.log());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A LiveKit that takes everything, for tests of what we depend on besides.
pub async fn easy_livekit() -> String {
    let answer = post(async || [("content-type", "application/protobuf")]);
    let app = Router::new().route("/twirp/livekit.RoomService/{method}", answer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// The API of the LiveKit that they share.
pub fn livekit(url: &str) -> LiveKit {
    LiveKit::new(Settings::new(url.parse().expect("a URL"), KEY, SECRET), Clock::System)
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}
