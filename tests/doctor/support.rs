//! An instance to examine, a real LiveKit beside it, and things that go wrong.

use std::{collections::BTreeMap, net::TcpListener, path::Path, time::Duration};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_util::sync::CancellationToken;
use visavis::{
    clock::Clock,
    config::{Settings, Source},
    db::Db,
    doctor::{Check, State},
    livekit::{
        LiveKit,
        supervised::{self, Options, Ports, Supervised},
    },
};

use crate::livekit::support::{KEY, SECRET, binary};

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

/// The settings of an instance in `folder`; its data folder is one that we make.
pub fn load(folder: &Path, given: &[(&str, &str)]) -> Settings {
    let mut flags = BTreeMap::from([("data_dir".to_owned(), folder.join("data").display().to_string())]);
    flags.extend(given.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    Settings::load(&mut Source::new(flags, std::iter::empty())).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// A set-up without fault: a LiveKit that runs elsewhere and reports to the address where the server is to be.
pub struct Sound {
    pub folder: TempDir,
    pub port: u16,
    pub url: String,
    stop: CancellationToken,
    livekit: Supervised,
}

impl Sound {
    pub async fn set() -> Self {
        let port = free_port();
        Self::reporting_to(port, port).await
    }

    pub async fn reporting_to(port: u16, webhook: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let stop = CancellationToken::new();
        let options = Options {
            bin: Some(binary()),
            data_dir: folder.path().join("elsewhere"),
            api_key: KEY.into(),
            api_secret: SECRET.into(),
            webhook_url: format!("http://127.0.0.1:{webhook}{}", visavis::webhooks::livekit::PATH),
            node_ip: None,
            ports: Ports::ANY,
        };
        let prepared = supervised::prepare(options).await.expect("a LiveKit");
        let url = prepared.internal_url();
        let told = visavis::livekit::Settings::new(url.clone(), KEY, SECRET);
        let livekit = prepared.start(LiveKit::new(told, Clock::System), stop.clone());
        livekit.ready(Duration::from_secs(20)).await.expect("a LiveKit that answers");
        let settings = load(folder.path(), &[]);
        let db = Db::connect(&settings.database.url).await.expect("a database");
        db.migrate().await.expect("tables");
        db.close().await;
        Self { folder, port, url: url.to_string(), stop, livekit }
    }

    /// The settings of this set-up, with these instead.
    pub fn settings(&self, instead: &[(&str, &str)]) -> Settings {
        let listen = format!("127.0.0.1:{}", self.port);
        let mut given = vec![
            ("listen", listen.as_str()),
            ("dev", "true"),
            ("livekit.internal_url", &self.url),
            ("livekit.api_key", KEY),
            ("livekit.api_secret", SECRET),
        ];
        given.extend_from_slice(instead);
        load(self.folder.path(), &given)
    }

    pub async fn end(self) {
        self.stop.cancel();
        self.livekit.stopped().await;
    }
}

/// Answers every request with this text, `Date` and all.
pub async fn other_program(answer: &'static str) -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut asked = [0; 2048];
                let _ = stream.read(&mut asked).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    port
}

/// The check of this name.
pub fn check<'a>(checks: &'a [Check], name: &str) -> &'a Check {
    checks.iter().find(|check| check.name == name).unwrap_or_else(|| panic!("no check {name} in {checks:#?}"))
}

/// Fails unless the check of this name failed, with these words and this setting.
pub fn assert_names(checks: &[Check], name: &str, words: &str, setting: &str) {
    let all = || checks.iter().filter(|check| check.name == name && check.state == State::Failed);
    let found = all()
        .any(|check| check.sentence.contains(words) && check.setting.as_deref().is_some_and(|s| s.contains(setting)));
    assert!(found, "expected {name} to fail with “{words}”, {setting}: {checks:#?}");
}

pub fn failures(checks: &[Check]) -> Vec<&Check> {
    checks.iter().filter(|check| check.state == State::Failed).collect()
}
