//! What LiveKit says first to who joins: for `visavis doctor`, which wants to know that the whole way works, and what LiveKit is.

use anyhow::{Context, ensure};
use livekit_protocol::{SignalResponse, signal_response::Message};
use prost::Message as _;
use tokio::io::{AsyncRead, AsyncReadExt};

/// Longest first message that is read.
const MOST: u64 = 1 << 20;

/// LiveKit's own account of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Its version.
    pub version: String,
    /// The STUN and TURN servers that it sends browsers to, as URLs.
    pub ice_servers: Vec<String>,
}

/// Reads the first message of a WebSocket that LiveKit has opened.
pub async fn hello(mut socket: impl AsyncRead + Unpin) -> anyhow::Result<Hello> {
    let mut head = [0; 2];
    socket.read_exact(&mut head).await.context("LiveKit ended the call at once")?;
    // RFC 6455 §5.2: final, binary, and what a server says is not masked.
    ensure!(head[0] == 0x82 && head[1] & 0x80 == 0, "LiveKit's first message is none");
    let length = match head[1] {
        126 => u64::from(socket.read_u16().await?),
        127 => socket.read_u64().await?,
        short => u64::from(short),
    };
    ensure!(length <= MOST, "LiveKit's first message is too long");
    let mut text = Vec::new();
    socket.take(length).read_to_end(&mut text).await?;
    match SignalResponse::decode(text.as_slice())?.message {
        Some(Message::Join(join)) => Ok(Hello {
            version: join.server_info.map_or(join.server_version, |info| info.version),
            ice_servers: join.ice_servers.into_iter().flat_map(|server| server.urls).collect(),
        }),
        _ => anyhow::bail!("LiveKit's first message is not the one that a join begins with"),
    }
}
