//! What kind of request a route takes, and how much of it: size, and requests per minute.

use axum::http::Method;

use crate::webhooks;

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Files, health, signalling: cheap, or limited elsewhere.
    Free,
    /// LiveKit, which proves itself and must never be told to come back later.
    Webhook,
    /// A page.
    Page,
    /// What a page's form sends.
    Form,
    /// A way in: passwords and links. Failed attempts have a much tighter limit of their own.
    SignIn,
    /// The door of a call, also for those who ask again every second until a host admits them: counted by browser.
    Enter,
    /// REST that changes nothing.
    Read,
    /// REST that does.
    Write,
}

/// How many requests of a class are answered within a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// For an account; at the door also for a browser.
    pub account: u64,
    /// For a network address without one: behind one a whole town hall may sit, and join within the same minute.
    pub address: u64,
}

impl Class {
    /// By the route's pattern; an address without a route gets a page that says so.
    pub fn of(method: &Method, route: Option<&str>) -> Self {
        let safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let route = route.unwrap_or_default();
        let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| route.starts_with(prefix));
        if route.trim_end_matches('/') == webhooks::livekit::PATH.trim_end_matches('/') {
            Self::Webhook
        } else if starts(&["/fn/", "/{slug}/wait"]) || route.trim_end_matches('/').ends_with("/request-entry") {
            Self::Enter
        } else if starts(&["/api/"]) {
            if safe { Self::Read } else { Self::Write }
        } else if starts(&["/assets/", "/favicon.", "/robots.txt", "/healthz", "/readyz", "/metrics", "/livekit/"]) {
            Self::Free
        } else if safe {
            Self::Page
        } else if starts(&["/sign-in", "/link/", "/setup/"]) {
            Self::SignIn
        } else {
            Self::Form
        }
    }

    /// Largest body, in bytes.
    pub const fn body(self) -> usize {
        match self {
            Self::Free | Self::Page | Self::Read => 8 * 1024,
            Self::SignIn | Self::Enter => 16 * 1024,
            Self::Form => 64 * 1024,
            Self::Write => 256 * 1024,
            Self::Webhook => 1024 * 1024,
        }
    }

    /// Requests per minute.
    pub const fn rate(self) -> Option<Rate> {
        Some(match self {
            Self::Free | Self::Webhook => return None,
            Self::Page => Rate { account: 600, address: 6000 },
            Self::Form => Rate { account: 120, address: 1500 },
            Self::SignIn => Rate { account: 60, address: 900 },
            // The contract's (§0.8); a first request has no cookie yet.
            Self::Enter => Rate { account: 150, address: 600 },
            Self::Read => Rate { account: 1200, address: 6000 },
            Self::Write => Rate { account: 300, address: 3000 },
        })
    }

    /// Its part of a key in the cache.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Webhook => "webhook",
            Self::Page => "page",
            Self::Form => "form",
            Self::SignIn => "sign-in",
            Self::Enter => "enter",
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_has_its_class() {
        let (get, post) = (Method::GET, Method::POST);
        for (method, route, expected) in [
            (&get, Some("/"), Class::Page),
            (&get, Some("/{slug}"), Class::Page),
            (&get, None, Class::Page),
            (&post, None, Class::Form),
            (&post, Some("/rooms"), Class::Form),
            (&get, Some("/sign-in"), Class::Page),
            (&post, Some("/sign-in"), Class::SignIn),
            (&post, Some("/sign-out"), Class::Form),
            (&post, Some("/link/{token}"), Class::SignIn),
            (&post, Some("/fn/{*name}"), Class::Enter),
            (&post, Some("/api/v1.0/rooms/{room}/request-entry/"), Class::Enter),
            (&get, Some("/{slug}/wait/events"), Class::Enter),
            (&get, Some("/api/v1.0/rooms/"), Class::Read),
            (&Method::DELETE, Some("/api/v1.0/rooms/{room}/"), Class::Write),
            (&post, Some("/api/v1.0/rooms/{room}/toggle-hand/"), Class::Write),
            (&post, Some("/api/v1.0/rooms/{room}/rename"), Class::Write),
            (&post, Some("/api/v1.0/rooms/webhooks-livekit"), Class::Webhook),
            (&get, Some("/livekit/rtc"), Class::Free),
        ] {
            assert_eq!(Class::of(method, route), expected, "{method} {route:?}");
        }
    }
}
