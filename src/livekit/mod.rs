//! LiveKit: who may enter which room there (tokens), the rooms themselves, its webhooks, its signalling and, where nobody
//! gave us one, the server process. Media is LiveKit's job; deciding is ours. This folder knows no feature of the product.

pub mod client;
pub mod colour;
pub mod forward;
pub mod hello;
pub mod identity;
pub mod rooms;
pub mod supervised;
pub mod tokens;
pub mod webhook;

use std::{fmt, sync::Arc, time::Duration};

use url::Url;

use crate::{clock::Clock, error::Result};

pub use client::{Probe, RoomService, fake};
pub use colour::colour;
pub use identity::{Device, Identity};
pub use tokens::{Grant, ParticipantClaims, Source};

/// Where LiveKit is and how we prove that we may command it.
#[derive(Clone)]
pub struct Settings {
    /// Where this process reaches LiveKit, for example `http://127.0.0.1:7880`.
    pub internal_url: Url,
    /// Where browsers reach it. `None`: through our own origin, under `/livekit`.
    pub public_url: Option<String>,
    /// The key's name: the issuer of every token.
    pub api_key: String,
    /// The key itself. Never logged.
    pub api_secret: String,
    /// How long one call to LiveKit may take.
    pub timeout: Duration,
}

impl Settings {
    /// Reached through our own origin, with the usual time limit of three seconds.
    pub fn new(internal_url: Url, api_key: impl Into<String>, api_secret: impl Into<String>) -> Self {
        Self {
            internal_url,
            public_url: None,
            api_key: api_key.into(),
            api_secret: api_secret.into(),
            timeout: Duration::from_secs(3),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("internal_url", &self.internal_url.as_str())
            .field("public_url", &self.public_url)
            .field("api_key", &self.api_key)
            .field("api_secret", &"…")
            .field("timeout", &self.timeout)
            .finish()
    }
}

/// Everything we say to LiveKit and hear from it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct LiveKit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: Settings,
    clock: Clock,
    client: client::Client,
    rooms: rooms::Rooms,
}

impl LiveKit {
    /// Talks to the server that `settings` names.
    pub fn new(settings: Settings, clock: Clock) -> Self {
        let service = Arc::new(client::Remote::new(&settings));
        Self::with_service(settings, clock, service)
    }

    /// Talks to `service` instead of a server: what tests give a [`fake::Fake`].
    pub fn with_service(settings: Settings, clock: Clock, service: Arc<dyn RoomService>) -> Self {
        let client = client::Client::new(service, settings.timeout);
        let rooms = rooms::Rooms::new(client.clone());
        Self(Arc::new(Inner { settings, clock, client, rooms }))
    }

    /// What this was made from.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The calls to LiveKit's API, each within the time limit.
    pub fn client(&self) -> &client::Client {
        &self.0.client
    }

    /// Makes the participant token for one admission.
    pub fn token(&self, grant: &Grant) -> Result<String> {
        tokens::mint(&self.0.settings, self.0.clock.now(), grant)
    }

    /// Reads a participant token of ours (or one that LiveKit renewed); `Unauthorized` if it is not one or is over.
    pub fn verify(&self, token: &str) -> Result<ParticipantClaims> {
        tokens::verify(&self.0.settings, self.0.clock.now(), token)
    }

    /// Makes sure that `room` exists on LiveKit before its token is handed out: [`rooms::Rooms::ensure_live`].
    pub async fn ensure_live(&self, room: &str, again: bool) -> Result<()> {
        self.0.rooms.ensure_live(room, again).await
    }

    /// The same for a room that takes at most so many: [`rooms::Rooms::ensure_live_for`].
    pub async fn ensure_live_for(&self, room: &str, again: bool, most: Option<u32>) -> Result<()> {
        self.0.rooms.ensure_live_for(room, again, most).await
    }

    /// `room` may no longer exist on LiveKit (it finished, or a join was answered 404).
    pub fn forget(&self, room: &str) {
        self.0.rooms.forget(room);
    }

    /// No room may exist any more: LiveKit was restarted.
    pub fn forget_all(&self) {
        self.0.rooms.forget_all();
    }

    /// Is LiveKit there, and does it accept our key?
    pub async fn probe(&self) -> Result<(), Probe> {
        self.0.client.probe().await
    }

    /// Verifies and reads a webhook from its `Authorization` header and its raw body.
    pub fn webhook(&self, authorization: Option<&str>, body: &[u8]) -> Result<webhook::Delivery, webhook::Refusal> {
        webhook::receive(&self.0.settings, self.0.clock.now(), authorization, body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_secret() {
        let settings = Settings::new(Url::parse("http://127.0.0.1:7880").expect("a URL"), "key", "hush");
        let text = format!("{settings:?}");
        assert!(text.contains("key") && !text.contains("hush"), "{text}");
    }
}
