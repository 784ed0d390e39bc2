//! By what the numbers are told apart. Every label has few values, whatever strangers send.

use prometheus_client::encoding::EncodeLabelSet;

/// A request.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Request {
    /// The route's pattern; empty where no route matched.
    pub route: String,
    /// The method, or `other`.
    pub method: &'static str,
    /// `2xx` and so on.
    pub status: &'static str,
}

impl Request {
    /// Anybody can invent methods: only those we serve are told apart.
    pub fn new(route: &str, method: &str, status: u16) -> Self {
        const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
        let method = METHODS.into_iter().find(|known| *known == method).unwrap_or("other");
        let status = match status {
            ..200 => "1xx",
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            500.. => "5xx",
        };
        Self { route: route.to_owned(), method, status }
    }
}

/// An entry into a call.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Join {
    /// `ok`, `refused` (the one who asked may not, or must ask otherwise) or `failed` (we or LiveKit could not).
    pub outcome: &'static str,
}

impl Join {
    /// From the status that the answer has; `None`: it was granted.
    pub fn new(status: Option<u16>) -> Self {
        let outcome = match status {
            None => "ok",
            Some(..500) => "refused",
            Some(_) => "failed",
        };
        Self { outcome }
    }
}

/// A state of follow-up work.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Job {
    /// `waiting`, `running` or `failed` (given up).
    pub state: &'static str,
}

/// A state of a connection.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Pool {
    /// `used` or `idle`.
    pub state: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_invent_no_labels() {
        assert_eq!(Request::new("/a", "BREW", 418), Request { route: "/a".into(), method: "other", status: "4xx" });
        assert_eq!(Request::new("", "GET", 101).status, "1xx");
        assert_eq!(Join::new(Some(502)).outcome, "failed");
        assert_eq!(Join::new(Some(403)).outcome, "refused");
    }
}
