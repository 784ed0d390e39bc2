//! Which proxies before us are believed, and where they say whose request it is.

use std::{net::IpAddr, str::FromStr};

use ipnet::IpNet;

use super::{Source, setting::settings};

settings! {
    /// Proxies before us whose word on the visitor's address, and on the host and scheme that were asked for, is believed. Nobody
    /// else's is.
    TRUSTED: "trusted_proxies", "addresses or networks such as 127.0.0.1,10.0.0.0/8,fd00::/8";
    /// The header in which these proxies tell the visitor's address; they must add to it or replace it, never just pass it on.
    HEADER: "proxy_header", "x-forwarded-for or forwarded", default "x-forwarded-for";
}

/// The proxies before us.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    trusted: Vec<IpNet>,
    /// Where they tell the visitor's address.
    pub header: ProxyHeader,
}

/// Only one header is read: of two, a proxy would write one and pass on what the visitor put into the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`, with `X-Forwarded-Host` and `X-Forwarded-Proto`.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl FromStr for ProxyHeader {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "x-forwarded-for" => Ok(Self::XForwardedFor),
            "forwarded" => Ok(Self::Forwarded),
            _ => Err(()),
        }
    }
}

/// A network, or a single address.
#[derive(Debug)]
struct Network(IpNet);

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse()
            .or_else(|_| text.parse().map(|address: IpAddr| address.to_canonical().into()))
            .map(Self)
            .map_err(drop)
    }
}

impl Proxies {
    pub(super) fn read(source: &mut Source) -> Self {
        let trusted: Vec<Network> = source.list(&TRUSTED);
        Self { trusted: trusted.into_iter().map(|network| network.0).collect(), header: source.value(&HEADER) }
    }

    /// Whether the word of whoever has this address is believed.
    pub fn trust(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_networks() {
        let trusted = ["192.0.2.1", "10.0.0.0/8", "fd00::/8", "::ffff:198.51.100.1"];
        let trusted = trusted.map(|text| text.parse::<Network>().expect("fine").0).to_vec();
        let proxies = Proxies { trusted, header: ProxyHeader::default() };
        for (address, expected) in [
            ("192.0.2.1", true),
            ("192.0.2.2", false),
            ("10.255.0.1", true),
            ("::ffff:10.0.0.1", true),
            ("fd12::1", true),
            ("198.51.100.1", true),
            ("::1", false),
        ] {
            assert_eq!(proxies.trust(address.parse().expect("an address")), expected, "{address}");
        }
        assert!("10.0.0.0/33".parse::<Network>().is_err() && "proxy.example".parse::<Network>().is_err());
    }
}
