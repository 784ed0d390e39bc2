//! The real LiveKit, by its own client library.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use livekit_api::services::{
    ServerError, ServerErrorCode, ServiceError,
    room::{CreateRoomOptions, RoomClient, SendDataOptions, UpdateParticipantOptions},
};
use livekit_protocol::{
    self as proto,
    participant_info::{Kind, State},
};

use super::{Failure, ParticipantChange, ParticipantInfo, Permission, RoomInfo, RoomOptions, RoomService, TrackInfo};
use crate::livekit::{Settings, Source};

/// Speaks to a LiveKit server.
#[derive(Debug)]
pub(in crate::livekit) struct Remote {
    rooms: RoomClient,
}

impl Remote {
    pub(in crate::livekit) fn new(settings: &Settings) -> Self {
        let rooms = RoomClient::with_api_key(settings.internal_url.as_str(), &settings.api_key, &settings.api_secret)
            .with_failover(false)
            .with_request_timeout(settings.timeout);
        Self { rooms }
    }
}

#[async_trait]
impl RoomService for Remote {
    async fn create_room(&self, name: &str, options: &RoomOptions) -> Result<RoomInfo, Failure> {
        let options = CreateRoomOptions {
            empty_timeout: seconds(options.empty_timeout),
            departure_timeout: seconds(options.departure_timeout),
            max_participants: options.max_participants.unwrap_or(0),
            metadata: options.metadata.clone(),
            ..Default::default()
        };
        let room = self.rooms.create_room(name, options).await.map_err(failure)?;
        Ok(room.into())
    }

    async fn list_rooms(&self, names: &[String]) -> Result<Vec<RoomInfo>, Failure> {
        let rooms = self.rooms.list_rooms(names.to_vec()).await.map_err(failure)?;
        Ok(rooms.into_iter().map(Into::into).collect())
    }

    async fn delete_room(&self, name: &str) -> Result<(), Failure> {
        self.rooms.delete_room(name).await.map_err(failure)
    }

    async fn update_room_metadata(&self, name: &str, metadata: &str) -> Result<(), Failure> {
        self.rooms.update_room_metadata(name, metadata).await.map(drop).map_err(failure)
    }

    async fn list_participants(&self, room: &str) -> Result<Vec<ParticipantInfo>, Failure> {
        let inside = self.rooms.list_participants(room).await.map_err(failure)?;
        Ok(inside.into_iter().map(Into::into).collect())
    }

    async fn get_participant(&self, room: &str, identity: &str) -> Result<ParticipantInfo, Failure> {
        self.rooms.get_participant(room, identity).await.map(Into::into).map_err(failure)
    }

    async fn update_participant(&self, room: &str, identity: &str, change: &ParticipantChange) -> Result<(), Failure> {
        // Empty means "as it is" to LiveKit, for name and metadata.
        let options = UpdateParticipantOptions {
            name: change.name.clone().unwrap_or_default(),
            attributes: change.attributes.clone().into_iter().collect(),
            permission: change.permission.as_ref().map(Into::into),
            metadata: change.metadata.clone().unwrap_or_default(),
        };
        self.rooms.update_participant(room, identity, options).await.map(drop).map_err(failure)
    }

    /// LiveKit does not answer at all when the room is not there (seen: 1.13.5), so we look first.
    async fn send_data(&self, room: &str, payload: &[u8], to: &[String]) -> Result<(), Failure> {
        if self.rooms.list_rooms(vec![room.to_owned()]).await.map_err(failure)?.is_empty() {
            return Err(Failure::NotFound);
        }
        let options = SendDataOptions { destination_identities: to.to_vec(), ..SendDataOptions::default() };
        self.rooms.send_data(room, payload.to_vec(), options).await.map_err(failure)
    }

    async fn remove_participant(&self, room: &str, identity: &str) -> Result<(), Failure> {
        self.rooms.remove_participant(room, identity).await.map_err(failure)
    }

    async fn mute_track(&self, room: &str, identity: &str, track_sid: &str) -> Result<(), Failure> {
        self.rooms.mute_published_track(room, identity, track_sid, true).await.map(drop).map_err(failure)
    }
}

impl From<proto::Room> for RoomInfo {
    fn from(room: proto::Room) -> Self {
        Self {
            sid: room.sid,
            name: room.name,
            metadata: room.metadata,
            participants: room.num_participants,
            max_participants: (room.max_participants > 0).then_some(room.max_participants),
            created_at: moment(room.creation_time, room.creation_time_ms),
        }
    }
}

impl From<proto::ParticipantInfo> for ParticipantInfo {
    fn from(info: proto::ParticipantInfo) -> Self {
        Self {
            kind: Kind::try_from(info.kind).map_or_else(|_| String::new(), |kind| kind.as_str_name().to_owned()),
            joined_at: moment(info.joined_at, info.joined_at_ms),
            active: info.state == State::Active as i32,
            permission: info.permission.as_ref().map(Into::into).unwrap_or_default(),
            attributes: info.attributes.into_iter().collect(),
            tracks: info.tracks.iter().map(Into::into).collect(),
            sid: info.sid,
            identity: info.identity,
            name: info.name,
        }
    }
}

fn source(number: i32) -> Option<Source> {
    match proto::TrackSource::try_from(number) {
        Ok(proto::TrackSource::Camera) => Some(Source::Camera),
        Ok(proto::TrackSource::Microphone) => Some(Source::Microphone),
        Ok(proto::TrackSource::ScreenShare) => Some(Source::ScreenShare),
        Ok(proto::TrackSource::ScreenShareAudio) => Some(Source::ScreenShareAudio),
        _ => None,
    }
}

impl From<&proto::TrackInfo> for TrackInfo {
    fn from(told: &proto::TrackInfo) -> Self {
        Self { sid: told.sid.clone(), source: source(told.source), muted: told.muted }
    }
}

impl From<&proto::ParticipantPermission> for Permission {
    fn from(told: &proto::ParticipantPermission) -> Self {
        Self {
            can_subscribe: told.can_subscribe,
            can_publish: told.can_publish,
            can_publish_data: told.can_publish_data,
            sources: told.can_publish_sources.iter().filter_map(|number| source(*number)).collect(),
        }
    }
}

impl From<&Permission> for proto::ParticipantPermission {
    fn from(permission: &Permission) -> Self {
        let source = |source: &Source| match source {
            Source::Camera => proto::TrackSource::Camera,
            Source::Microphone => proto::TrackSource::Microphone,
            Source::ScreenShare => proto::TrackSource::ScreenShare,
            Source::ScreenShareAudio => proto::TrackSource::ScreenShareAudio,
        };
        Self {
            can_subscribe: permission.can_subscribe,
            can_publish: permission.can_publish,
            can_publish_data: permission.can_publish_data,
            can_publish_sources: permission.sources.iter().map(|one| source(one).into()).collect(),
            ..Self::default()
        }
    }
}

/// A time that LiveKit gives in seconds and, since lately, in milliseconds as well; zero is none.
fn moment(seconds: i64, milliseconds: i64) -> Option<DateTime<Utc>> {
    match (seconds, milliseconds) {
        (0, 0) => None,
        (seconds, 0) => DateTime::from_timestamp(seconds, 0),
        (_, milliseconds) => DateTime::from_timestamp_millis(milliseconds),
    }
}

fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs()).unwrap_or(u32::MAX)
}

fn failure(error: ServiceError) -> Failure {
    match error {
        ServiceError::Twirp(ServerError::Twirp(answer)) => match answer.code.as_str() {
            ServerErrorCode::NOT_FOUND => Failure::NotFound,
            ServerErrorCode::UNAUTHENTICATED => Failure::KeyRefused,
            _ => Failure::Other(answer.to_string()),
        },
        // LiveKit refuses an unknown key or a wrong signature before its API is reached, in plain text where the client
        // library expects JSON; the status is lost with it. Nothing else that is LiveKit answers so.
        ServiceError::Twirp(ServerError::Request(error)) if error.is_decode() => Failure::KeyRefused,
        ServiceError::Twirp(ServerError::Request(error)) => Failure::Unreachable(chain(&error)),
        other => Failure::Other(other.to_string()),
    }
}

/// The error with its causes: the outermost alone says only that sending failed.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
