//! LiveKit's room API. A trait, because tests script the remote side ([`fake::Fake`]); every call is bounded in time.

pub mod fake;
mod remote;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    future::Future,
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::tokens::Source;
use crate::error::Error;
pub(super) use remote::Remote;

/// How a room is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomOptions {
    /// How long LiveKit keeps it while nobody has come yet.
    pub empty_timeout: Duration,
    /// How long LiveKit keeps it after the last one left.
    pub departure_timeout: Duration,
    /// How many come in; LiveKit refuses more.
    pub max_participants: Option<u32>,
    /// The room's metadata, empty for none.
    pub metadata: String,
}

impl Default for RoomOptions {
    /// Five minutes for the first to arrive: who is admitted still looks at the camera's picture, and a room that is
    /// gone by then costs one more admission. Twenty seconds after the last left: a reload or a short loss of the
    /// network finds the same room (and session) again, yet an abandoned room soon counts as over.
    fn default() -> Self {
        Self {
            empty_timeout: Duration::from_secs(300),
            departure_timeout: Duration::from_secs(20),
            max_participants: None,
            metadata: String::new(),
        }
    }
}

/// A room that exists on LiveKit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomInfo {
    /// LiveKit's id of this session of the room.
    pub sid: String,
    /// The name.
    pub name: String,
    /// The metadata, empty for none.
    pub metadata: String,
    /// How many are inside.
    pub participants: u32,
    /// How many it lets in, until it is gone; none: everybody.
    pub max_participants: Option<u32>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
}

/// Somebody, or something, that LiveKit lists in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParticipantInfo {
    /// LiveKit's id of this stay; a reload gets a new one.
    pub sid: String,
    /// See [`super::Identity`].
    pub identity: String,
    /// The name the others see.
    pub name: String,
    /// As webhooks spell it: `STANDARD`, `SIP`, `EGRESS`, `INGRESS`, `AGENT` …
    pub kind: String,
    /// Since when it is inside.
    pub joined_at: Option<DateTime<Utc>>,
    /// Whether it is really inside: not on its way in, and not on its way out.
    pub active: bool,
    /// What it may do.
    pub permission: Permission,
    /// What our server says of it to everybody.
    pub attributes: BTreeMap<String, String>,
    /// What it sends.
    pub tracks: Vec<TrackInfo>,
}

/// Something that a participant sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackInfo {
    /// LiveKit's id of it.
    pub sid: String,
    /// What it is; none: something we do not know.
    pub source: Option<Source>,
    /// Whether nothing goes out at this moment.
    pub muted: bool,
}

/// What is to change about somebody who is in a room. What is not said stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParticipantChange {
    /// Another name.
    pub name: Option<String>,
    /// Attributes to set; an empty text takes one away. The others stay.
    pub attributes: BTreeMap<String, String>,
    /// All rights anew: what is not among them is taken away.
    pub permission: Option<Permission>,
    /// Other metadata.
    pub metadata: Option<String>,
}

/// What somebody may do in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// Receive the others.
    pub can_subscribe: bool,
    /// Send sound and pictures.
    pub can_publish: bool,
    /// Send messages.
    pub can_publish_data: bool,
    /// What of sound and pictures; empty means all.
    pub sources: Vec<Source>,
}

impl Permission {
    /// Whether both allow the same, however it is written: in any order, and everything by naming nothing.
    pub fn equals(&self, other: &Self) -> bool {
        let sources = |one: &Self| -> BTreeSet<Source> {
            match one.sources.as_slice() {
                _ if !one.can_publish => BTreeSet::new(),
                [] => Source::ALL.into(),
                some => some.iter().copied().collect(),
            }
        };
        let rest = |one: &Self| (one.can_subscribe, one.can_publish, one.can_publish_data);
        rest(self) == rest(other) && sources(self) == sources(other)
    }
}

/// Why a call to LiveKit failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No answer: refused, unreachable, or too slow.
    #[error("LiveKit cannot be reached: {0}")]
    Unreachable(String),
    /// LiveKit does not know our key, or the secret is another one.
    #[error("LiveKit refuses our key")]
    KeyRefused,
    /// What the call is about does not exist on LiveKit.
    #[error("LiveKit does not know it")]
    NotFound,
    /// Anything else it answered.
    #[error("LiveKit answered: {0}")]
    Other(String),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => Self::NotFound,
            other => Self::Upstream(other.into()),
        }
    }
}

/// What we ask of LiveKit's room service.
#[async_trait]
pub trait RoomService: fmt::Debug + Send + Sync {
    /// Makes the room, or leaves it as it is where it exists.
    async fn create_room(&self, name: &str, options: &RoomOptions) -> Result<RoomInfo, Failure>;
    /// Those of `names` that exist; all rooms if `names` is empty.
    async fn list_rooms(&self, names: &[String]) -> Result<Vec<RoomInfo>, Failure>;
    /// Ends the room for everybody inside.
    async fn delete_room(&self, name: &str) -> Result<(), Failure>;
    /// Writes the room's metadata, which everybody inside hears.
    async fn update_room_metadata(&self, name: &str, metadata: &str) -> Result<(), Failure>;
    /// Everything that is in the room.
    async fn list_participants(&self, room: &str) -> Result<Vec<ParticipantInfo>, Failure>;
    /// Whoever is in the room under this identity.
    async fn get_participant(&self, room: &str, identity: &str) -> Result<ParticipantInfo, Failure>;
    /// Changes somebody who is inside, which everybody inside hears.
    async fn update_participant(&self, room: &str, identity: &str, change: &ParticipantChange) -> Result<(), Failure>;
    /// Puts somebody out. Their token still opens LiveKit's door: who must stay out is refused by us, and put out again.
    async fn remove_participant(&self, room: &str, identity: &str) -> Result<(), Failure>;
    /// Stops something that somebody sends, until they send again.
    async fn mute_track(&self, room: &str, identity: &str, track_sid: &str) -> Result<(), Failure>;
    /// Sends a message to those of these identities who are inside, or to everybody if there are none, reliably, without a topic.
    async fn send_data(&self, room: &str, payload: &[u8], to: &[String]) -> Result<(), Failure>;
}

/// Why [`super::LiveKit::probe`] is not content. `Display` is a sentence for the administrator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Probe {
    /// Nobody answers there.
    #[error("LiveKit cannot be reached ({0}). Is it running, and is the internal LiveKit URL right?")]
    Unreachable(String),
    /// It is there and does not accept our key.
    #[error(
        "LiveKit refuses our API key: key and secret must be a pair that its configuration lists under `keys` \
         (or the internal LiveKit URL leads to something that is not LiveKit)"
    )]
    KeyRefused,
    /// Something answers that does not behave like LiveKit.
    #[error("what answers at the internal LiveKit URL does not behave like LiveKit: {0}")]
    Failed(String),
}

/// The calls of [`RoomService`], each within the time limit.
#[derive(Clone, Debug)]
pub struct Client {
    service: Arc<dyn RoomService>,
    limit: Duration,
}

impl Client {
    pub(super) fn new(service: Arc<dyn RoomService>, limit: Duration) -> Self {
        Self { service, limit }
    }

    /// [`RoomService::create_room`].
    pub async fn create_room(&self, name: &str, options: &RoomOptions) -> Result<RoomInfo, Failure> {
        self.within(self.service.create_room(name, options)).await
    }

    /// [`RoomService::list_rooms`].
    pub async fn list_rooms(&self, names: &[String]) -> Result<Vec<RoomInfo>, Failure> {
        self.within(self.service.list_rooms(names)).await
    }

    /// [`RoomService::delete_room`].
    pub async fn delete_room(&self, name: &str) -> Result<(), Failure> {
        self.within(self.service.delete_room(name)).await
    }

    /// [`RoomService::update_room_metadata`].
    pub async fn update_room_metadata(&self, name: &str, metadata: &str) -> Result<(), Failure> {
        self.within(self.service.update_room_metadata(name, metadata)).await
    }

    /// [`RoomService::list_participants`].
    pub async fn list_participants(&self, room: &str) -> Result<Vec<ParticipantInfo>, Failure> {
        self.within(self.service.list_participants(room)).await
    }

    /// [`RoomService::get_participant`].
    pub async fn get_participant(&self, room: &str, identity: &str) -> Result<ParticipantInfo, Failure> {
        self.within(self.service.get_participant(room, identity)).await
    }

    /// [`RoomService::update_participant`].
    pub async fn update_participant(
        &self,
        room: &str,
        identity: &str,
        change: &ParticipantChange,
    ) -> Result<(), Failure> {
        self.within(self.service.update_participant(room, identity, change)).await
    }

    /// [`RoomService::remove_participant`].
    pub async fn remove_participant(&self, room: &str, identity: &str) -> Result<(), Failure> {
        self.within(self.service.remove_participant(room, identity)).await
    }

    /// [`RoomService::mute_track`].
    pub async fn mute_track(&self, room: &str, identity: &str, track_sid: &str) -> Result<(), Failure> {
        self.within(self.service.mute_track(room, identity, track_sid)).await
    }

    /// [`RoomService::send_data`].
    pub async fn send_data(&self, room: &str, payload: &[u8], to: &[String]) -> Result<(), Failure> {
        self.within(self.service.send_data(room, payload, to)).await
    }

    /// Asks for a room that cannot exist: cheap, and needs an accepted key.
    pub(super) async fn probe(&self) -> Result<(), Probe> {
        match self.list_rooms(&["\u{2060}probe".to_owned()]).await {
            Ok(_) | Err(Failure::NotFound) => Ok(()),
            Err(Failure::Unreachable(why)) => Err(Probe::Unreachable(why)),
            Err(Failure::KeyRefused) => Err(Probe::KeyRefused),
            Err(Failure::Other(why)) => Err(Probe::Failed(why)),
        }
    }

    async fn within<T>(&self, call: impl Future<Output = Result<T, Failure>> + Send) -> Result<T, Failure> {
        tokio::time::timeout(self.limit, call)
            .await
            .unwrap_or_else(|_| Err(Failure::Unreachable(format!("no answer within {:?}", self.limit))))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        fake::{Answer, Fake},
        *,
    };

    #[tokio::test]
    async fn the_probe_tells_apart_what_is_wrong() {
        let fake = Arc::new(Fake::default());
        let client = Client::new(fake.clone(), Duration::from_millis(20));
        assert_eq!(client.probe().await, Ok(()));
        fake.answer(Answer::Refuse);
        assert_eq!(client.probe().await, Err(Probe::KeyRefused));
        fake.answer(Answer::Unreachable);
        assert!(matches!(client.probe().await, Err(Probe::Unreachable(_))));
        fake.answer(Answer::Hang);
        assert!(matches!(client.probe().await, Err(Probe::Unreachable(_))));
    }

    #[test]
    fn failures_become_the_house_s_errors() {
        assert_eq!(Error::from(Failure::NotFound).status(), 404);
        assert_eq!(Error::from(Failure::KeyRefused).status(), 502);
    }
}
