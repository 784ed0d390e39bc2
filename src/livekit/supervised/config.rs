//! LiveKit's configuration. JSON is YAML, so nothing here has to quote.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    path::Path,
};

use anyhow::Context;
use serde_json::json;

use super::{Options, Ports};

/// The configuration's text. `own` is the address that STUN and TURN are told to browsers with.
///
/// - `auto_create: false`: we alone make rooms.
/// - Without STUN servers of ours LiveKit would send browsers to third parties, and ask those itself. So it answers STUN
///   itself, through its embedded TURN server, and is told to use that one too.
/// - TURN relays to this very address only: any guest gets credentials for it, and must not reach other hosts through us.
/// - `use_external_ip: false`: asking for the public address would be such a third-party request. `node_ip` is for that.
/// - Loopback candidates, so that a call works on a machine without network.
pub(super) fn text(options: &Options, ports: Ports, own: IpAddr) -> String {
    let mut rtc = json!({
        "tcp_port": ports.rtc_tcp,
        "udp_port": ports.rtc_udp,
        "use_external_ip": false,
        "enable_loopback_candidate": options.node_ip.is_none(),
        "stun_servers": [SocketAddr::new(own, ports.turn_udp).to_string()],
    });
    if let Some(ip) = options.node_ip {
        rtc["node_ip"] = json!(ip.to_string());
    }
    let config = json!({
        "port": ports.api,
        "bind_addresses": ["127.0.0.1"],
        "rtc": rtc,
        "turn": {
            "enabled": true,
            "udp_port": ports.turn_udp,
            "bind_addresses": [if own.is_ipv4() { "0.0.0.0" } else { "::" }],
            "allow_restricted_peer_cidrs": [host(own)],
            "deny_peer_cidrs": all_but(own),
        },
        "room": { "auto_create": false },
        "keys": { (&options.api_key): options.api_secret },
        "webhook": { "api_key": options.api_key, "urls": [options.webhook_url] },
        "logging": { "level": "warn", "json": true },
    });
    format!("# Written by visavis at each start: changes here are lost.\n{config:#}\n")
}

/// The ports in such a text.
pub(super) fn ports(text: &str) -> Option<Ports> {
    let config: serde_json::Value = serde_json::from_str(text.split_once('\n')?.1).ok()?;
    let port = |value: &serde_json::Value| u16::try_from(value.as_u64()?).ok();
    Some(Ports {
        api: port(&config["port"])?,
        rtc_tcp: port(&config["rtc"]["tcp_port"])?,
        rtc_udp: port(&config["rtc"]["udp_port"])?,
        turn_udp: port(&config["turn"]["udp_port"])?,
    })
}

/// Readable by us alone: it holds the key.
pub(super) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh);
    let mut open = OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let written = open.open(&fresh).and_then(|mut file| file.write_all(text.as_bytes()));
    written.and_then(|()| fs::rename(&fresh, path)).with_context(|| format!("{} cannot be written", path.display()))
}

/// The address by which others on the network reach this machine: the one it would send from. Nothing is sent.
pub(super) fn own_address(node_ip: Option<IpAddr>) -> IpAddr {
    let would_send_from = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        // An address reserved for documentation: any that is not local does.
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    node_ip.or_else(would_send_from).filter(|ip| !ip.is_unspecified()).unwrap_or(Ipv4Addr::LOCALHOST.into())
}

fn host(ip: IpAddr) -> String {
    format!("{ip}/{}", if ip.is_ipv4() { 32 } else { 128 })
}

/// Networks that together are every address but `ip`: for each bit, those that share what is before it and differ in it.
fn all_but(ip: IpAddr) -> Vec<String> {
    match ip {
        IpAddr::V4(v4) => {
            let bits = u32::from(v4);
            let network = |length: u32| {
                let flipped = bits ^ (1 << (32 - length));
                format!("{}/{length}", Ipv4Addr::from(flipped & (u32::MAX << (32 - length))))
            };
            (1..=32).map(network).chain(["::/0".to_owned()]).collect()
        }
        IpAddr::V6(v6) => {
            let bits = u128::from(v6);
            let network = |length: u32| {
                let flipped = bits ^ (1 << (128 - length));
                format!("{}/{length}", Ipv6Addr::from(flipped & (u128::MAX << (128 - length))))
            };
            (1..=128).map(network).chain(["0.0.0.0/0".to_owned()]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_but_one_is_denied() {
        let networks = all_but(IpAddr::from([10, 0, 0, 5]));
        assert_eq!(networks.len(), 33);
        assert_eq!(&networks[..3], ["128.0.0.0/1", "64.0.0.0/2", "32.0.0.0/3"]);
        assert_eq!(&networks[30..], ["10.0.0.6/31", "10.0.0.4/32", "::/0"]);
        assert_eq!(all_but("::1".parse().expect("an address"))[127], "::/128");
    }

    fn written(node_ip: Option<IpAddr>, own: &str) -> serde_json::Value {
        let options = Options {
            bin: None,
            data_dir: "/nowhere".into(),
            api_key: "key: with 'quotes'".into(),
            api_secret: "secret".into(),
            webhook_url: "http://127.0.0.1:8080/hook".into(),
            node_ip,
            ports: Ports::default(),
        };
        let text = text(&options, options.ports, own.parse().expect("an address"));
        assert_eq!(ports(&text), Some(options.ports));
        let (comment, json) = text.split_once('\n').expect("two lines");
        assert!(comment.starts_with('#'));
        serde_json::from_str(json).expect("JSON")
    }

    #[test]
    fn rooms_are_ours_to_make_and_addresses_are_our_own() {
        let config = written(None, "192.168.1.5");
        assert_eq!(config["room"]["auto_create"], false);
        assert_eq!(config["bind_addresses"], json!(["127.0.0.1"]));
        assert_eq!(config["rtc"]["stun_servers"], json!(["192.168.1.5:3478"]));
        assert_eq!(config["rtc"]["enable_loopback_candidate"], true);
        assert_eq!(config["turn"]["allow_restricted_peer_cidrs"], json!(["192.168.1.5/32"]));
        assert_eq!(config["keys"]["key: with 'quotes'"], "secret");
    }

    #[test]
    fn behind_nat_only_the_public_address_is_told() {
        let config = written(Some("2001:db8::1".parse().expect("an address")), "2001:db8::1");
        assert_eq!(config["rtc"]["node_ip"], "2001:db8::1");
        assert_eq!(config["rtc"]["enable_loopback_candidate"], false);
        assert_eq!(config["rtc"]["stun_servers"], json!(["[2001:db8::1]:3478"]));
        assert_eq!(config["turn"]["bind_addresses"], json!(["::"]));
    }

    #[test]
    fn nobody_else_may_read_what_is_written() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.yaml");
        for text in ["one", "two"] {
            write(&path, text).expect("written");
        }
        assert_eq!(fs::read_to_string(&path).expect("read"), "two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().expect("metadata").permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn the_stun_server_is_the_node_s_own() {
        let node: IpAddr = "203.0.113.9".parse().expect("an address");
        assert_eq!(own_address(Some(node)), node);
        assert!(!own_address(None).is_unspecified());
    }
}
