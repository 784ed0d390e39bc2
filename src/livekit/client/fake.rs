//! A LiveKit for tests: answers as told, and remembers what it was asked.

use std::collections::HashMap;

use async_trait::async_trait;
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use parking_lot::Mutex;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::{Failure, ParticipantChange, ParticipantInfo, RoomInfo, RoomOptions, RoomService};
use crate::livekit::Settings;

/// How the fake answers from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// As a healthy server would.
    #[default]
    Ok,
    /// Refuses our key.
    Refuse,
    /// As if nobody listened.
    Unreachable,
    /// Does not know what it is asked about.
    NotFound,
    /// Never.
    Hang,
    /// As a healthy server would, once [`Fake::release`] allows one more.
    Hold,
}

/// What the fake was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// [`RoomService::create_room`].
    CreateRoom {
        /// The room.
        name: String,
        /// How many it takes.
        most: Option<u32>,
    },
    /// [`RoomService::list_rooms`].
    ListRooms {
        /// The rooms asked for.
        names: Vec<String>,
    },
    /// [`RoomService::delete_room`].
    DeleteRoom {
        /// The room.
        name: String,
    },
    /// [`RoomService::update_room_metadata`].
    UpdateRoomMetadata {
        /// The room.
        name: String,
        /// What it says from now on.
        metadata: String,
    },
    /// [`RoomService::list_participants`].
    ListParticipants {
        /// The room.
        room: String,
    },
    /// [`RoomService::get_participant`].
    GetParticipant {
        /// The room.
        room: String,
        /// Who.
        identity: String,
    },
    /// [`RoomService::update_participant`].
    UpdateParticipant {
        /// The room.
        room: String,
        /// Who.
        identity: String,
        /// What is to change.
        change: ParticipantChange,
    },
    /// [`RoomService::send_data`].
    SendData {
        /// The room.
        room: String,
        /// What was sent, as text.
        payload: String,
    },
    /// [`RoomService::send_data`] to some alone.
    SendDataTo {
        /// The room.
        room: String,
        /// What was sent, as text.
        payload: String,
        /// To whom.
        to: Vec<String>,
    },
    /// [`RoomService::remove_participant`].
    RemoveParticipant {
        /// The room.
        room: String,
        /// Who.
        identity: String,
    },
    /// [`RoomService::mute_track`].
    MuteTrack {
        /// The room.
        room: String,
        /// Who.
        identity: String,
        /// What.
        track_sid: String,
    },
}

/// What is known of a room.
#[derive(Clone, Debug)]
struct Kept {
    sid: String,
    metadata: String,
    inside: Vec<ParticipantInfo>,
    most: Option<u32>,
}

impl Kept {
    fn new(name: &str) -> Self {
        Self { sid: format!("RM_{name}"), metadata: String::new(), inside: Vec::new(), most: None }
    }

    fn info(&self, name: &str) -> RoomInfo {
        RoomInfo {
            sid: self.sid.clone(),
            name: name.to_owned(),
            metadata: self.metadata.clone(),
            participants: u32::try_from(self.inside.len()).unwrap_or(u32::MAX),
            max_participants: self.most,
            created_at: None,
        }
    }
}

/// A scripted [`RoomService`] that keeps its rooms in memory.
#[derive(Debug)]
pub struct Fake {
    answer: Mutex<Answer>,
    calls: Mutex<Vec<Call>>,
    rooms: Mutex<HashMap<String, Kept>>,
    gate: Semaphore,
}

impl Default for Fake {
    fn default() -> Self {
        Self { answer: Mutex::default(), calls: Mutex::default(), rooms: Mutex::default(), gate: Semaphore::new(0) }
    }
}

impl Fake {
    /// From now on, answers like this.
    pub fn answer(&self, answer: Answer) {
        *self.answer.lock() = answer;
    }

    /// Lets one call that is held (or the next that will be) go on.
    pub fn release(&self) {
        self.gate.add_permits(1);
    }

    /// Everything it was asked, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().clone()
    }

    /// How often a room was to be made.
    pub fn creations(&self) -> usize {
        self.calls.lock().iter().filter(|call| matches!(call, Call::CreateRoom { .. })).count()
    }

    /// A room's metadata; `None` without the room.
    pub fn metadata(&self, name: &str) -> Option<String> {
        self.rooms.lock().get(name).map(|room| room.metadata.clone())
    }

    /// Lets somebody else have written a room's metadata, and the room be there.
    pub fn set_metadata(&self, name: &str, metadata: &str) {
        let mut rooms = self.rooms.lock();
        metadata.clone_into(&mut rooms.entry(name.to_owned()).or_insert_with(|| Kept::new(name)).metadata);
    }

    /// Lets the room be there, as this session and with these inside.
    pub fn set_room(&self, name: &str, sid: &str, inside: &[ParticipantInfo]) {
        let kept = Kept { sid: sid.to_owned(), inside: inside.to_vec(), ..Kept::new(name) };
        self.rooms.lock().insert(name.to_owned(), kept);
    }

    /// Lets the room be gone.
    pub fn remove_room(&self, name: &str) {
        self.rooms.lock().remove(name);
    }

    async fn take(&self, call: Call) -> Result<(), Failure> {
        self.calls.lock().push(call);
        let answer = *self.answer.lock();
        match answer {
            Answer::Ok => Ok(()),
            Answer::Refuse => Err(Failure::KeyRefused),
            Answer::Unreachable => Err(Failure::Unreachable("connection refused".into())),
            Answer::NotFound => Err(Failure::NotFound),
            Answer::Hang => std::future::pending().await,
            Answer::Hold => {
                if let Ok(permit) = self.gate.acquire().await {
                    permit.forget();
                }
                Ok(())
            }
        }
    }
}

/// The `Authorization` that a LiveKit of these settings would send with this body.
pub fn sign(settings: &Settings, now: DateTime<Utc>, body: &str) -> String {
    let (at, hash) = (now.timestamp(), BASE64_STANDARD.encode(Sha256::digest(body)));
    let claims = json!({ "iss": settings.api_key, "iat": at, "nbf": at, "exp": at + 300, "sha256": hash });
    let key = EncodingKey::from_secret(settings.api_secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap_or_default()
}

#[async_trait]
impl RoomService for Fake {
    async fn create_room(&self, name: &str, options: &RoomOptions) -> Result<RoomInfo, Failure> {
        self.take(Call::CreateRoom { name: name.to_owned(), most: options.max_participants }).await?;
        // As a room is made so it stays (seen: 1.13.5).
        let made = || Kept { most: options.max_participants, ..Kept::new(name) };
        Ok(self.rooms.lock().entry(name.to_owned()).or_insert_with(made).info(name))
    }

    async fn list_rooms(&self, names: &[String]) -> Result<Vec<RoomInfo>, Failure> {
        self.take(Call::ListRooms { names: names.to_vec() }).await?;
        let rooms = self.rooms.lock();
        let wanted = rooms.iter().filter(|(room, _)| names.is_empty() || names.contains(room));
        Ok(wanted.map(|(name, kept)| kept.info(name)).collect())
    }

    async fn delete_room(&self, name: &str) -> Result<(), Failure> {
        self.take(Call::DeleteRoom { name: name.to_owned() }).await?;
        self.rooms.lock().remove(name).map(drop).ok_or(Failure::NotFound)
    }

    async fn update_room_metadata(&self, name: &str, metadata: &str) -> Result<(), Failure> {
        self.take(Call::UpdateRoomMetadata { name: name.to_owned(), metadata: metadata.to_owned() }).await?;
        let mut rooms = self.rooms.lock();
        let room = rooms.get_mut(name).ok_or(Failure::NotFound)?;
        metadata.clone_into(&mut room.metadata);
        Ok(())
    }

    async fn list_participants(&self, room: &str) -> Result<Vec<ParticipantInfo>, Failure> {
        self.take(Call::ListParticipants { room: room.to_owned() }).await?;
        self.rooms.lock().get(room).map(|kept| kept.inside.clone()).ok_or(Failure::NotFound)
    }

    async fn get_participant(&self, room: &str, identity: &str) -> Result<ParticipantInfo, Failure> {
        self.take(Call::GetParticipant { room: room.to_owned(), identity: identity.to_owned() }).await?;
        let rooms = self.rooms.lock();
        let inside = rooms.get(room).and_then(|kept| kept.inside.iter().find(|one| one.identity == identity));
        inside.cloned().ok_or(Failure::NotFound)
    }

    async fn update_participant(&self, room: &str, identity: &str, change: &ParticipantChange) -> Result<(), Failure> {
        let (named, who) = (room.to_owned(), identity.to_owned());
        self.take(Call::UpdateParticipant { room: named, identity: who, change: change.clone() }).await?;
        let mut rooms = self.rooms.lock();
        let inside = rooms.get_mut(room).and_then(|kept| kept.inside.iter_mut().find(|one| one.identity == identity));
        let one = inside.ok_or(Failure::NotFound)?;
        if let Some(name) = &change.name {
            name.clone_into(&mut one.name);
        }
        for (key, value) in &change.attributes {
            match value.as_str() {
                "" => drop(one.attributes.remove(key)),
                value => drop(one.attributes.insert(key.clone(), value.to_owned())),
            }
        }
        if let Some(permission) = &change.permission {
            permission.clone_into(&mut one.permission);
        }
        Ok(())
    }

    async fn remove_participant(&self, room: &str, identity: &str) -> Result<(), Failure> {
        self.take(Call::RemoveParticipant { room: room.to_owned(), identity: identity.to_owned() }).await?;
        let mut rooms = self.rooms.lock();
        let kept = rooms.get_mut(room).ok_or(Failure::NotFound)?;
        let before = kept.inside.len();
        kept.inside.retain(|one| one.identity != identity);
        if kept.inside.len() < before { Ok(()) } else { Err(Failure::NotFound) }
    }

    async fn mute_track(&self, room: &str, identity: &str, track_sid: &str) -> Result<(), Failure> {
        let (named, who, track) = (room.to_owned(), identity.to_owned(), track_sid.to_owned());
        self.take(Call::MuteTrack { room: named, identity: who, track_sid: track }).await?;
        let mut rooms = self.rooms.lock();
        let inside = rooms.get_mut(room).and_then(|kept| kept.inside.iter_mut().find(|one| one.identity == identity));
        let track = inside.and_then(|one| one.tracks.iter_mut().find(|track| track.sid == track_sid));
        track.ok_or(Failure::NotFound)?.muted = true;
        Ok(())
    }

    async fn send_data(&self, room: &str, payload: &[u8], to: &[String]) -> Result<(), Failure> {
        let (text, named) = (String::from_utf8_lossy(payload).into_owned(), room.to_owned());
        self.take(match to {
            [] => Call::SendData { room: named, payload: text },
            to => Call::SendDataTo { room: named, payload: text, to: to.to_vec() },
        })
        .await?;
        if self.rooms.lock().contains_key(room) { Ok(()) } else { Err(Failure::NotFound) }
    }
}
