//! The ports of sound and picture, and the servers that help browsers find a way to them.

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, TcpListener, UdpSocket},
    time::Duration,
};

use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{report::Report, stun};
use crate::{
    config::Settings,
    livekit::{hello::Hello, supervised},
};

const TCP: &str = "VISAVIS_LIVEKIT_TCP_PORT";
const UDP: &str = "VISAVIS_LIVEKIT_UDP_PORT";
const TURN: &str = "VISAVIS_LIVEKIT_TURN_PORT";
/// Whose servers LiveKit names when nobody chose any. They are not asked.
const STRANGERS: [&str; 2] = ["google.com", "twilio.com"];

/// The ports of the LiveKit that we start.
pub(super) async fn media(settings: &Settings, runs: bool, report: &mut Report) {
    const NAME: &str = "media ports";
    if settings.livekit.external.is_some() {
        report.skipped(
            NAME,
            "LiveKit runs elsewhere: its ports (`rtc` in its configuration) must be open to browsers there",
        );
        return;
    }
    let wanted = &settings.livekit.supervised;
    let used = if runs { supervised::written_ports(&settings.data_dir) } else { None };
    let all = |ports: Option<supervised::Ports>| {
        [
            ("TCP", TCP, wanted.tcp_port, ports.map(|ports| ports.rtc_tcp)),
            ("UDP", UDP, wanted.udp_port, ports.map(|ports| ports.rtc_udp)),
            ("UDP", TURN, wanted.turn_port, ports.map(|ports| ports.turn_udp)),
        ]
    };
    let mut wrong = false;
    for (kind, setting, wanted, used) in all(used) {
        let sentence = match used {
            Some(used) if wanted != 0 && used != wanted => Some(format!(
                "{kind} port {wanted} was taken when LiveKit started, so it uses {used}, which no firewall knows"
            )),
            Some(used) if taken(kind, used) == Some(true) => None,
            Some(used) => Some(format!("LiveKit does not listen on {kind} port {used}")),
            None => (wanted != 0 && taken(kind, wanted) == Some(true)).then(|| {
                format!(
                    "another program holds {kind} port {wanted}, so LiveKit will use another, which no firewall knows"
                )
            }),
        };
        if let Some(sentence) = sentence {
            report.failed(NAME, &sentence, setting);
            wrong = true;
        }
    }
    if let Some(used) = used
        && timeout(Duration::from_secs(2), TcpStream::connect((Ipv4Addr::LOCALHOST, used.rtc_tcp)))
            .await
            .map_or(true, |tried| tried.is_err())
    {
        report.failed(NAME, &format!("nobody answers on TCP port {}", used.rtc_tcp), TCP);
        wrong = true;
    }
    if !wrong {
        let (tcp, udp, turn) = (wanted.tcp_port, wanted.udp_port, wanted.turn_port);
        let sentence = if runs {
            "LiveKit has them; a firewall must let them in"
        } else {
            "they are free; a firewall must let them in"
        };
        report.fine(NAME, &format!("TCP {tcp}, UDP {udp} and {turn}: {sentence}"));
    }
}

/// Whether somebody has the port; `None`: that cannot be told.
fn taken(kind: &str, port: u16) -> Option<bool> {
    let any = (Ipv4Addr::UNSPECIFIED, port);
    let tried = if kind == "TCP" { TcpListener::bind(any).map(drop) } else { UdpSocket::bind(any).map(drop) };
    match tried {
        Ok(()) => Some(false),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Some(true),
        Err(_) => None,
    }
}

/// The STUN and TURN servers that LiveKit names to browsers.
pub(super) async fn turn(hello: Option<&Hello>, report: &mut Report) {
    const NAME: &str = "TURN";
    const SETTING: &str =
        "VISAVIS_LIVEKIT_TURN_PORT, VISAVIS_LIVEKIT_NODE_IP (or `rtc` and `turn` in LiveKit's configuration)";
    let Some(hello) = hello else { return report.skipped(NAME, "not tried: LiveKit was not reached") };
    if hello.ice_servers.is_empty() {
        return report.skipped(NAME, "LiveKit names no STUN or TURN server to browsers");
    }
    let mut wrong = false;
    for url in &hello.ice_servers {
        let stranger = STRANGERS.iter().any(|name| url.split('?').next().is_some_and(|url| url.contains(name)));
        let sentence = if stranger {
            format!("LiveKit sends browsers to {url}, which learns the address of everybody")
        } else if answers(url).await {
            continue;
        } else {
            format!("{url}, to which LiveKit sends browsers, does not answer")
        };
        report.failed(NAME, &sentence, SETTING);
        wrong = true;
    }
    if !wrong {
        report.fine(NAME, &format!("{} answers", hello.ice_servers.join(", ")));
    }
}

/// `turn:host:port?transport=udp`
async fn answers(url: &str) -> bool {
    let (scheme, rest) = url.split_once(':').unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let usual = if scheme.ends_with('s') { 5349 } else { 3478 };
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().unwrap_or(usual)),
        None => (place, usual),
    };
    let Ok(mut found) = lookup_host((host.trim_matches(['[', ']']), port)).await else { return false };
    let Some(address) = found.next() else { return false };
    if query.contains("tcp") || scheme == "turns" {
        let tried = timeout(Duration::from_secs(2), TcpStream::connect(address)).await;
        return matches!(tried, Ok(Ok(_)));
    }
    stun::answers(address).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[tokio::test]
    async fn a_turn_server_that_is_silent_or_a_stranger_s_is_named() {
        let closed = UdpSocket::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let hello = |url: &str| Hello { version: "1".into(), ice_servers: vec![url.to_owned()] };
        for (url, words) in [
            (format!("turn:127.0.0.1:{closed}?transport=udp"), "does not answer"),
            (format!("turns:127.0.0.1:{closed}?transport=tcp"), "does not answer"),
            ("stun:stun.l.google.com:19302".to_owned(), "learns the address of everybody"),
        ] {
            let mut report = Report::default();
            turn(Some(&hello(&url)), &mut report).await;
            let check = &report.checks[0];
            assert_eq!(check.state, State::Failed, "{check:?}");
            assert!(check.sentence.contains(words) && check.sentence.contains(&url), "{check:?}");
            assert!(check.setting.as_ref().is_some_and(|setting| setting.contains("VISAVIS_LIVEKIT_TURN_PORT")));
        }
    }
}
