//! A mail server that keeps what it is given: the real thing, one for each test.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Names the program; `make test` sets it.
const PROGRAM: &str = "VISAVIS_TEST_MAILPIT";

pub struct Mailpit {
    child: Child,
    pub smtp: u16,
    api: u16,
    _folder: TempDir,
}

impl Drop for Mailpit {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that is free now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

impl Mailpit {
    pub async fn start() -> Self {
        Self::start_on(free_port()).await
    }

    pub async fn start_on(smtp: u16) -> Self {
        let program = std::env::var(PROGRAM)
            .unwrap_or_else(|_| panic!("{PROGRAM} is not set: run `make test`, or {PROGRAM}=$(scripts/setup-smtp.sh)"));
        let folder = tempfile::tempdir().expect("a folder");
        let api = free_port();
        let child = Command::new(program)
            .args(["--quiet", "--disable-version-check"])
            .args(["--smtp", &format!("127.0.0.1:{smtp}"), "--listen", &format!("127.0.0.1:{api}")])
            .arg("--database")
            .arg(folder.path().join("mail.db"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("mailpit starts");
        let started = Self { child, smtp, api, _folder: folder };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", smtp)).await.is_ok()
                && TcpStream::connect(("127.0.0.1", api)).await.is_ok()
            {
                return started;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("mailpit does not answer");
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.smtp)
    }

    /// Every mail, the oldest first, with its text, page and headers.
    pub async fn mails(&self) -> Vec<Value> {
        let list: Value = serde_json::from_str(&self.get("/api/v1/messages?limit=200").await).expect("JSON");
        let mut found = Vec::new();
        for each in list["messages"].as_array().expect("a list").iter().rev() {
            let id = each["ID"].as_str().expect("an id");
            let text = self.get(&format!("/api/v1/message/{id}")).await;
            found.push(serde_json::from_str(&text).expect("JSON"));
        }
        found
    }

    /// A mail as it came over the wire.
    pub async fn raw(&self, mail: &Value) -> String {
        self.get(&format!("/api/v1/message/{}/raw", mail["ID"].as_str().expect("an id"))).await
    }

    /// The parts of a mail that are files, or calendars, as text: what they are, and what is in them.
    pub async fn parts(&self, mail: &Value) -> Vec<(String, String)> {
        let id = mail["ID"].as_str().expect("an id");
        let mut found = Vec::new();
        for part in ["Attachments", "Inline"].into_iter().flat_map(|kind| mail[kind].as_array().expect("a list")) {
            let (kind, part) = (&part["ContentType"], part["PartID"].as_str().expect("an id"));
            let text = self.get(&format!("/api/v1/message/{id}/part/{part}")).await;
            found.push((kind.as_str().expect("a type").to_owned(), text));
        }
        found
    }

    async fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.api)).await.expect("it answers");
        let ask = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
        stream.write_all(ask.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
        assert!(head.contains(" 200 "), "{path}: {head}");
        body.to_owned()
    }
}
