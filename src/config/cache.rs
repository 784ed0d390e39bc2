//! Where counts and messages go that several processes share.

use super::{Source, setting::settings};

settings! {
    /// The Redis that several processes share: limits are counted and changes told there. Without one, in this process.
    REDIS_URL: "redis_url", "redis://…, rediss://… (TLS) or unix://PATH", secret_url;
    /// What every key in Redis begins with, so that others can use the same one.
    REDIS_PREFIX: "redis_prefix", "a word", default "visavis:";
}

/// The cache.
#[derive(Clone)]
pub struct Cache {
    /// `redis://…`, `rediss://…` or `unix://…`; may hold a password. `None`: in this process.
    pub redis_url: Option<String>,
    /// What every key begins with, so that others can use the same Redis.
    pub redis_prefix: String,
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cache")
            .field("redis", &self.redis_url.is_some())
            .field("prefix", &self.redis_prefix)
            .finish_non_exhaustive()
    }
}

impl Cache {
    pub(super) fn read(source: &mut Source) -> Self {
        let redis_url = source.text(&REDIS_URL);
        if let Some(url) = &redis_url
            && !["redis://", "rediss://", "unix://"].iter().any(|start| url.starts_with(start))
        {
            source.problem(&REDIS_URL, format!("expected {}", REDIS_URL.kind));
        }
        Self { redis_url, redis_prefix: source.value(&REDIS_PREFIX) }
    }
}
