//! A STUN binding request (RFC 8489): the least that a STUN or TURN server answers.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use tokio::{net::UdpSocket, time::timeout};

use crate::random::Random;

const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
/// UDP may get lost: asked this often.
const TRIES: usize = 3;

/// Whether a STUN server answers there.
pub(super) async fn answers(server: SocketAddr) -> std::io::Result<bool> {
    let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).await?;
    socket.connect(server).await?;
    let transaction = Random::from_os().bytes::<12>();
    let request = [&[0, 1, 0, 0][..], &COOKIE, &transaction].concat();
    let mut answer = [0; 512];
    for _ in 0..TRIES {
        socket.send(&request).await?;
        match timeout(Duration::from_millis(500), socket.recv(&mut answer)).await {
            // A port where nobody listens is told at once.
            Ok(Err(_)) => return Ok(false),
            Ok(Ok(length)) if length >= 20 && answer[..2] == [1, 1] && answer[8..20] == transaction => return Ok(true),
            Ok(Ok(_)) | Err(_) => {}
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_repeats_the_transaction_answers_and_who_does_not_is_silent() {
        let server = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let address = server.local_addr().expect("an address");
        let serve = tokio::spawn(async move {
            let mut heard = [0; 64];
            let (length, from) = server.recv_from(&mut heard).await.expect("asked");
            assert_eq!((length, &heard[..8]), (20, &[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42][..]));
            heard[..2].copy_from_slice(&[1, 1]);
            server.send_to(&heard[..20], from).await.expect("answered");
        });
        assert!(answers(address).await.expect("a socket"));
        serve.await.expect("served");
        assert!(!answers(address).await.expect("a socket"), "nobody listens any more");
    }
}
