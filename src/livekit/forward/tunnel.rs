//! A WebSocket, passed on byte by byte: nothing here reads what is said.

use axum::extract::Request;
use hyper::{header, upgrade::OnUpgrade};
use hyper_util::rt::TokioIo;
use tokio_util::sync::CancellationToken;

/// Does the browser ask for a WebSocket?
pub(super) fn asks(request: &Request) -> bool {
    let has = |name, wanted: &str| {
        let values = request.headers().get_all(name);
        let mut words = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        words.any(|word| word.trim().eq_ignore_ascii_case(wanted))
    };
    has(header::CONNECTION, "upgrade") && has(header::UPGRADE, "websocket")
}

/// Joins both ends as soon as both have switched, until either closes or we stop.
pub(super) fn open(browser: OnUpgrade, livekit: OnUpgrade, stop: CancellationToken) {
    tokio::spawn(async move {
        let copy = async {
            let (browser, livekit) = tokio::try_join!(browser, livekit).map_err(std::io::Error::other)?;
            tokio::io::copy_bidirectional(&mut TokioIo::new(browser), &mut TokioIo::new(livekit)).await
        };
        let ended = tokio::select! {
            ended = copy => ended,
            () = stop.cancelled() => return,
        };
        if let Err(error) = ended {
            // Browsers that are closed or lose the network end like this; it is nobody's fault.
            tracing::debug!(%error, "a signalling connection broke");
        }
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };
    use tokio_util::sync::CancellationToken;
    use url::Url;

    use crate::{
        clock::Clock,
        livekit::{LiveKit, Settings, forward},
    };

    /// Switches protocols, whatever it is asked, and then repeats what it hears.
    async fn echo(listener: TcpListener) {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        head(&mut stream).await;
        let answer =
            "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nx-kept: 1\r\n\r\n";
        stream.write_all(answer.as_bytes()).await.expect("written");
        let (mut from, mut to) = stream.split();
        let _ = tokio::io::copy(&mut from, &mut to).await;
    }

    async fn head(stream: &mut TcpStream) -> String {
        let mut head = vec![];
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("more of the head"));
        }
        String::from_utf8(head).expect("text")
    }

    #[tokio::test]
    async fn bytes_pass_both_ways_until_we_stop() {
        let upstream = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = Url::parse(&format!("http://{}", upstream.local_addr().expect("an address"))).expect("a URL");
        tokio::spawn(echo(upstream));
        let stop = CancellationToken::new();
        let livekit = LiveKit::new(Settings::new(url, "key", "secret"), Clock::System);
        let app = forward::router::<()>(livekit, stop.clone(), std::sync::Arc::new(|_| Box::pin(async { true })));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mut browser = TcpStream::connect(listener.local_addr().expect("an address")).await.expect("connected");
        tokio::spawn(async move { axum::serve(listener, app).await });

        let ask =
            "GET /livekit/rtc HTTP/1.1\r\nhost: x\r\nconnection: keep-alive, Upgrade\r\nupgrade: websocket\r\n\r\n";
        browser.write_all(ask.as_bytes()).await.expect("written");
        let answer = head(&mut browser).await;
        assert!(answer.starts_with("HTTP/1.1 101") && answer.contains("x-kept: 1"), "{answer}");
        browser.write_all(b"hello").await.expect("written");
        let mut heard = [0; 5];
        browser.read_exact(&mut heard).await.expect("an echo");
        assert_eq!(&heard, b"hello");
        stop.cancel();
        let end = tokio::time::timeout(Duration::from_secs(1), browser.read(&mut heard)).await;
        assert_eq!(end.expect("in time").expect("an orderly end"), 0);
    }
}
