//! Where mail goes out, and from whom, as settings spell it.

use std::str::FromStr;

use lettre::message::Mailbox;
use url::Url;

/// A mail server: `smtps://user:password@host` is encrypted from the first byte on (port 465), `smtp://…` after it said hello
/// (STARTTLS, port 587), and never goes on without. `?tls=none` is for a server on this machine.
#[derive(Clone)]
pub struct Server(Url);

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}

impl FromStr for Server {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let url = Url::parse(text).map_err(drop)?;
        let fine =
            matches!((url.scheme(), url.query()), ("smtps", None) | ("smtp", None | Some("tls=required" | "tls=none")));
        let whole = url.host_str().is_some_and(|host| !host.is_empty()) && matches!(url.path(), "" | "/");
        if fine && whole && url.fragment().is_none() { Ok(Self(url)) } else { Err(()) }
    }
}

impl Server {
    /// The same for lettre, which would go without encryption unless it is told otherwise.
    pub(super) fn for_lettre(&self) -> String {
        let mut url = self.0.clone();
        match (url.scheme(), url.query()) {
            ("smtp", Some("tls=none")) => url.set_query(None),
            ("smtp", _) => url.set_query(Some("tls=required")),
            _ => {}
        }
        url.to_string()
    }
}

/// From whom mails come: `Visavis <visavis@example.org>`, or the address alone.
#[derive(Clone, Debug)]
pub struct Sender(pub(super) Mailbox);

impl FromStr for Sender {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.chars().any(char::is_control) { Err(()) } else { text.parse().map(Self).map_err(drop) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_unless_it_says_otherwise() {
        let cases = [
            ("smtp://mail.example.org", "smtp://mail.example.org?tls=required"),
            ("smtp://u:p%40@mail.example.org:2525?tls=required", "smtp://u:p%40@mail.example.org:2525?tls=required"),
            ("smtp://localhost:25?tls=none", "smtp://localhost:25"),
            ("smtps://u:p@mail.example.org", "smtps://u:p@mail.example.org"),
        ];
        for (given, expected) in cases {
            let server: Server = given.parse().expect(given);
            assert_eq!(server.for_lettre(), expected);
            assert!(!format!("{server:?}").contains("u:p"), "{server:?}");
        }
        for wrong in [
            "mail.example.org",
            "http://mail.example.org",
            "smtp://",
            "smtp:///x",
            "smtp://h?tls=maybe",
            "smtps://h?tls=none",
        ] {
            assert!(wrong.parse::<Server>().is_err(), "{wrong}");
        }
        for wrong in ["", "Visavis", "a@b.org\r\nBcc: x@y.zz", "Visavis <>"] {
            assert!(wrong.parse::<Sender>().is_err(), "{wrong:?}");
        }
        assert!("Visavis <visavis@example.org>".parse::<Sender>().is_ok());
    }
}
