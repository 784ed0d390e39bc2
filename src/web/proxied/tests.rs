//! Who is believed what.

use std::collections::BTreeMap;

use super::*;
use crate::config::{Settings, Source};

fn proxies(header: &str) -> Proxies {
    let folder = tempfile::tempdir().expect("a folder");
    let flags = [
        ("data_dir", folder.path().display().to_string()),
        ("trusted_proxies", "10.0.0.0/8, fd00::1".to_owned()),
        ("proxy_header", header.to_owned()),
    ];
    let flags: BTreeMap<_, _> = flags.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Settings::load(&mut Source::new(flags, std::iter::empty())).expect("fine").proxies
}

fn told(header: &str, peer: &str, lines: &[(&'static str, &str)]) -> (String, String, String) {
    let headers = lines
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value")));
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(name, value);
    }
    let told = Told::by(&proxies(header), peer.parse().expect("an address"), &map);
    (told.address.to_string(), told.host.unwrap_or_default(), told.proto.unwrap_or_default())
}

fn address(peer: &str, lines: &[(&'static str, &str)]) -> String {
    told("x-forwarded-for", peer, lines).0
}

#[test]
fn a_stranger_is_who_it_is() {
    let lies = [
        ("x-forwarded-for", "10.0.0.1"),
        ("forwarded", "for=10.0.0.1;host=evil.example"),
        ("x-forwarded-host", "evil.example"),
    ];
    assert_eq!(told("x-forwarded-for", "192.0.2.1", &lies), ("192.0.2.1".into(), String::new(), String::new()));
    assert_eq!(told("forwarded", "192.0.2.1", &lies), ("192.0.2.1".into(), String::new(), String::new()));
}

#[test]
fn the_visitor_is_the_rightmost_that_no_trusted_proxy_has() {
    for (line, expected) in [
        ("192.0.2.7", "192.0.2.7"),
        ("203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("203.0.113.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"),
        ("203.0.113.9, _hidden", "10.0.0.1"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "10.0.0.1"),
    ] {
        assert_eq!(address("10.0.0.1", &[("x-forwarded-for", line)]), expected, "{line}");
    }
    assert_eq!(
        address("10.0.0.1", &[("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "192.0.2.7")]),
        "192.0.2.7"
    );
    assert_eq!(address("fd00::1", &[]), "fd00::1");
    assert_eq!(address("10.0.0.1", &[("forwarded", "for=192.0.2.7")]), "10.0.0.1", "the other header is not read");
}

#[test]
fn forwarded_tells_all_in_one() {
    let line = "for=203.0.113.9;host=evil.example, For=\"[2001:db8::7]:9\";Proto=https;host=meet.example, for=10.0.0.2;proto=http;host=inner";
    let expected = ("2001:db8::7".into(), "meet.example".into(), "https".into());
    assert_eq!(told("forwarded", "10.0.0.1", &[("forwarded", line), ("x-forwarded-for", "1.1.1.1")]), expected);
}

#[test]
fn host_and_scheme_are_those_of_the_outermost_trusted_proxy() {
    let lines = [
        ("x-forwarded-for", "203.0.113.9, 192.0.2.7, 10.0.0.2"),
        ("x-forwarded-host", "evil.example, meet.example, inner"),
        ("x-forwarded-proto", "https"),
    ];
    let expected = ("192.0.2.7".into(), "meet.example".into(), "https".into());
    assert_eq!(told("x-forwarded-for", "10.0.0.1", &lines), expected);
}
