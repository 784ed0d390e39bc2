//! Requests over the wire, to one process or the other.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines},
    net::TcpStream,
    time::timeout,
};

/// Longer than anything may take.
const LIMIT: Duration = Duration::from_secs(20);

const PAGE: &str = "text/html";

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// A cookie that was set.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
        let mut pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The session that was begun.
    pub fn session(&self) -> String {
        let id = self.head.split("sessionid=").nth(1).and_then(|rest| rest.split(';').next());
        id.unwrap_or_else(|| panic!("no session: {} {}", self.status, self.head)).to_owned()
    }
}

/// Sends a request of a person with that session (or none). An error: the connection failed.
pub async fn send(
    to: SocketAddr,
    method: &str,
    path: &str,
    session: &str,
    kind: &str,
    body: &str,
) -> std::io::Result<Answer> {
    let session = if session.is_empty() { String::new() } else { format!("sessionid={session}; ") };
    with_cookies(to, method, path, &session, kind, body).await
}

/// The same with whatever cookies; each ends in `; `.
pub async fn with_cookies(
    to: SocketAddr,
    method: &str,
    path: &str,
    cookies: &str,
    kind: &str,
    body: &str,
) -> std::io::Result<Answer> {
    let accept = if kind == PAGE { PAGE } else { "*/*" };
    // HTTP/1.0: the answer comes in one piece, and ends with the connection.
    let request = format!(
        "{method} {path} HTTP/1.0\r\nhost: localhost:8080\r\naccept-language: en\r\naccept: {accept}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
         cookie: {cookies}csrftoken=t\r\nx-csrftoken: t\r\n\r\n{body}",
        body.len()
    );
    let exchange = async {
        let mut stream = TcpStream::connect(to).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        Ok(bytes)
    };
    let bytes: std::io::Result<Vec<u8>> = timeout(LIMIT, exchange).await?;
    let text = String::from_utf8_lossy(&bytes?).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok(Answer { status: status.expect("a status"), head: head.to_owned(), body: body.to_owned() })
}

pub async fn get(to: SocketAddr, path: &str, session: &str) -> Answer {
    send(to, "GET", path, session, "text/plain", "").await.expect("an answer")
}

/// As somebody who looks at it in a browser.
pub async fn page(to: SocketAddr, path: &str, session: &str) -> Answer {
    send(to, "GET", path, session, PAGE, "").await.expect("an answer")
}

pub async fn post(to: SocketAddr, path: &str, session: &str, json: &serde_json::Value) -> Answer {
    send(to, "POST", path, session, "application/json", &json.to_string()).await.expect("an answer")
}

pub async fn form(to: SocketAddr, path: &str, session: &str, fields: &str) -> Answer {
    send(to, "POST", path, session, "application/x-www-form-urlencoded", fields).await.expect("an answer")
}

/// An answer that goes on: server-sent events.
pub struct Events(Lines<BufReader<TcpStream>>);

impl Events {
    /// Begins to listen, with these cookies.
    pub async fn open(to: SocketAddr, path: &str, cookies: &str) -> Self {
        let mut stream = TcpStream::connect(to).await.expect("connected");
        let request = format!(
            "GET {path} HTTP/1.0\r\nhost: localhost:8080\r\naccept: text/event-stream\r\naccept-language: en\r\ncookie: {cookies}csrftoken=t\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut lines = BufReader::new(stream).lines();
        let head = lines.next_line().await.expect("read").expect("an answer");
        assert!(head.contains(" 200 "), "{head}");
        Self(lines)
    }

    /// What is said next, besides "still there"; none: it is over.
    pub async fn next(&mut self) -> Option<serde_json::Value> {
        let next = async {
            while let Ok(Some(line)) = self.0.next_line().await {
                if let Some(news) = line.strip_prefix("data: ").filter(|news| news.starts_with('{')) {
                    return Some(serde_json::from_str(news).expect("JSON"));
                }
            }
            None
        };
        timeout(LIMIT, next).await.expect("something is heard in time")
    }
}
