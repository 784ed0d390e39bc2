//! Who may read the numbers of `/metrics`.

use std::net::SocketAddr;

use super::{Source, secrets::refuse_weak, setting::settings};

settings! {
    /// Address and port of a listener that serves `/metrics` alone; the public port then does not.
    LISTEN: "metrics.listen", "an address and port such as 127.0.0.1:9464";
    /// What must be sent as `Authorization: Bearer …` to read `/metrics`; without this and `metrics.listen` there is no `/metrics`.
    TOKEN: "metrics.token", "at least 32 random characters", secret;
}

/// Where `/metrics` is, and behind what.
#[derive(Clone, Default)]
pub struct Metrics {
    /// A listener of its own.
    pub listen: Option<SocketAddr>,
    /// What opens it.
    pub token: Option<String>,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let token = self.token.as_ref().map(|_| "…");
        f.debug_struct("Metrics").field("listen", &self.listen).field("token", &token).finish()
    }
}

impl Metrics {
    pub(super) fn read(source: &mut Source, dev: bool) -> Self {
        let token = source.text(&TOKEN);
        if let Some(token) = &token {
            refuse_weak(source, &TOKEN, token, dev);
        }
        Self { listen: source.optional(&LISTEN), token }
    }
}
