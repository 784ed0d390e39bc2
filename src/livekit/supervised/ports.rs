//! Which ports the server gets: the usual ones, because people open those in firewalls, or free ones.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};

use anyhow::Context;

/// The ports of a LiveKit server. 0 means any free one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// API and signalling, on 127.0.0.1 only: browsers come through us.
    pub api: u16,
    /// Media over TCP, for networks that let no UDP through.
    pub rtc_tcp: u16,
    /// Media.
    pub rtc_udp: u16,
    /// STUN and TURN.
    pub turn_udp: u16,
}

impl Default for Ports {
    /// LiveKit's own defaults, and STUN's.
    fn default() -> Self {
        Self { api: 7880, rtc_tcp: 7881, rtc_udp: 7882, turn_udp: 3478 }
    }
}

impl Ports {
    /// Free ones throughout. For tests, and for several servers on one machine.
    pub const ANY: Self = Self { api: 0, rtc_tcp: 0, rtc_udp: 0, turn_udp: 0 };
}

/// Each wanted port if it is free, else another, with a warning. All probes stay bound until all are chosen, so that no
/// port is given twice.
pub(super) fn choose(wanted: Ports) -> anyhow::Result<Ports> {
    let (api, _api) = tcp(Ipv4Addr::LOCALHOST, wanted.api, "LiveKit's API")?;
    let (rtc_tcp, _tcp) = tcp(Ipv4Addr::UNSPECIFIED, wanted.rtc_tcp, "media over TCP")?;
    let (rtc_udp, _udp) = udp(wanted.rtc_udp, "media")?;
    let (turn_udp, _turn) = udp(wanted.turn_udp, "STUN and TURN")?;
    Ok(Ports { api, rtc_tcp, rtc_udp, turn_udp })
}

fn tcp(address: Ipv4Addr, wanted: u16, what: &str) -> anyhow::Result<(u16, TcpListener)> {
    let bound = TcpListener::bind((address, wanted)).or_else(|_| TcpListener::bind((address, 0)));
    let bound = bound.with_context(|| format!("no TCP port is free for {what}"))?;
    Ok((chosen(bound.local_addr()?, wanted, what), bound))
}

fn udp(wanted: u16, what: &str) -> anyhow::Result<(u16, UdpSocket)> {
    let all = IpAddr::from(Ipv4Addr::UNSPECIFIED);
    let bound = UdpSocket::bind((all, wanted)).or_else(|_| UdpSocket::bind((all, 0)));
    let bound = bound.with_context(|| format!("no UDP port is free for {what}"))?;
    Ok((chosen(bound.local_addr()?, wanted, what), bound))
}

fn chosen(got: SocketAddr, wanted: u16, what: &str) -> u16 {
    if wanted != 0 && got.port() != wanted {
        tracing::warn!(wanted, got = got.port(), "the port for {what} is taken, using another: mind your firewall");
    }
    got.port()
}
