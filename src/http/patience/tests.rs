//! Connections that take their time.

use std::net::SocketAddr;

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::*;

async fn server() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let address = listener.local_addr().expect("bound");
    let limits = Duration::from_millis(300);
    let mut server = axum_server::from_tcp(listener).expect("a server").map(|inner| Opening::of(inner, limits));
    limit(server.http_builder(), limits);
    let router = Router::new().route("/", get(async || "fine"));
    tokio::spawn(server.serve(router.into_make_service()));
    address
}

/// Everything that is answered until the connection ends, which it must.
async fn answer(sent: &str) -> String {
    let mut stream = TcpStream::connect(server().await).await.expect("connects");
    stream.write_all(sent.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    // A reset is an end as well.
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await.expect("it ends");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn half_a_head_is_not_waited_for() {
    assert!(!answer("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.contains("fine"));
    assert!(answer("GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.contains("fine"), "a whole one is answered, then ends");
}

#[tokio::test]
async fn a_connection_that_says_nothing_ends() {
    assert_eq!(answer("").await, "");
    assert_eq!(answer("PRI * HT").await, "", "half of how HTTP/2 begins");
}

#[tokio::test]
async fn too_many_and_too_large_headers_are_refused() {
    let many = (0..MOST).map(|n| format!("X-{n}: 1\r\n")).collect::<String>();
    assert!(answer(&format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n")).await.starts_with("HTTP/1.1 431"));
    let large = "x".repeat(HEAD);
    assert!(
        answer(&format!("GET / HTTP/1.1\r\nHost: x\r\nX-Large: {large}\r\n\r\n")).await.starts_with("HTTP/1.1 431")
    );
    assert!(answer(&format!("GET /{large} HTTP/1.1\r\nHost: x\r\n\r\n")).await.starts_with("HTTP/1.1 4"));
}
