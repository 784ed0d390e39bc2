//! `POST /api/v1.0/rooms/webhooks-livekit/` (contract §3.4): verified, then stored with a job for each feature that acts upon it, and
//! only then accepted; while the database is away LiveKit is told to come again. Rooms that are not ours, unknown events and
//! repetitions are accepted and change nothing.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::trial;
use crate::{
    cache::Heard,
    error::Result,
    jobs,
    livekit::webhook::{Delivery, Event, Refusal},
    moderation,
    presence::{
        ended::{self, Ended},
        model::{Kind, Report, What, room_of},
        service::KIND,
        store,
    },
    rooms, spotlight,
    state::AppState,
    web::{
        openapi::{Operation, reference},
        reply,
    },
};

/// The path that LiveKit is told.
pub const PATH: &str = "/api/v1.0/rooms/webhooks-livekit/";

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new().route(PATH, post(receive)).route(PATH.trim_end_matches('/'), post(receive))
}

/// LiveKit tells one process; the others must not believe any longer that the room is there.
pub async fn hear_of_ends(state: AppState, stop: CancellationToken) {
    let mut ends = state.cache.subscribe(ended::CHANNEL);
    while let Some(Some(heard)) = stop.run_until_cancelled(ends.next()).await {
        match heard {
            Heard::Message(room) => state.livekit.forget(&room),
            Heard::Missed => state.livekit.forget_all(),
        }
    }
}

/// What the document of the API says of it.
pub fn operations() -> Vec<Operation> {
    let status = || reference("Status");
    let told = Operation::open("post", PATH, "LiveKit tells what happened, signed in `Authorization`")
        .unlimited()
        .answers(200, "Heard.", status())
        .answers(400, "Not signed by LiveKit, or not readable.", status())
        .answers(401, "No signature.", status())
        .answers(413, "The body is too large.", reference("Problem"))
        .answers(500, "Not stored: say it again.", status());
    vec![told]
}

async fn receive(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let delivery = match state.livekit.webhook(authorization, &body) {
        Ok(delivery) => delivery,
        Err(refusal) => {
            tracing::warn!(?refusal, "Refused a webhook");
            let missing = matches!(refusal, Refusal::Missing);
            return answer(if missing { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST });
        }
    };
    at_once(&state, &delivery.event).await;
    match accept(&state, delivery).await {
        Ok(()) => answer(StatusCode::OK),
        Err(error) => {
            reply::log(&error);
            answer(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

fn answer(status: StatusCode) -> Response {
    let word = if status.is_success() { "success" } else { "error" };
    (status, axum::Json(json!({ "status": word }))).into_response()
}

/// What needs no database, is of use at once, and does no harm when it is repeated.
async fn at_once(state: &AppState, event: &Event) {
    match event {
        Event::RoomFinished { room, .. } => ended::forget(state, room).await,
        Event::RoomStarted { room, .. } => trial::hear(state, room).await,
        Event::ParticipantLeft { room, participant } => {
            spotlight::service::left(state, room, &participant.identity, &participant.sid).await;
        }
        _ => {}
    }
}

/// Stores what concerns a room of ours, all at once: that it was heard, and a job for each that acts upon it.
async fn accept(state: &AppState, delivery: Delivery) -> Result<()> {
    let now = state.clock.now();
    let id = delivery.id.clone();
    let has = match &delivery.event {
        Event::ParticipantJoined { participant, .. } => {
            participant.permission.clone().map(|permission| (permission, participant.attributes.clone()))
        }
        _ => None,
    };
    let Some(report) = report(state, delivery) else { return Ok(()) };
    let mut tx = state.db.begin().await?;
    let Some(room) = rooms::store::by_id(&mut tx.conn(), report.room).await? else { return Ok(()) };
    // LiveKit has always given an id; without one it may be noted twice, which what follows bears.
    if !id.is_empty() && !store::hear(&mut tx.conn(), &id, now).await? {
        return Ok(());
    }
    jobs::enqueue(&mut tx.conn(), &state.random, &state.clock, KIND, &report, now).await?;
    if let What::Joined(participant) = &report.what {
        // Machines have the rights they were given.
        if participant.kind == Kind::Standard {
            let has = has.as_ref().map(|(permission, attributes)| (permission, attributes));
            rooms::inside::came(&mut tx.conn(), state, &room, &participant.identity, has).await?;
            let joined = participant.joined_at;
            moderation::removed::came(&mut tx.conn(), state, &room, &participant.identity, joined).await?;
        }
    }
    if matches!(report.what, What::Finished) {
        let ended = Ended { room: report.room, room_sid: report.room_sid, at: report.at };
        ended::enqueue(&mut tx.conn(), state, &ended).await?;
    }
    tx.commit().await?;
    state.jobs.ring();
    Ok(())
}

/// What an event says of a room that may be ours; none for what nobody here acts upon.
fn report(state: &AppState, delivery: Delivery) -> Option<Report> {
    let room = delivery.room?;
    if !state.settings.livekit.is_ours(&room.name) {
        return None;
    }
    let id = room_of(&room.name)?;
    let what = match delivery.event {
        Event::RoomStarted { .. } => What::Started,
        Event::RoomFinished { .. } => What::Finished,
        Event::ParticipantJoined { participant, .. } => What::Joined(participant.into()),
        Event::ParticipantLeft { participant, .. } => What::Left(participant.into()),
        Event::Other(_) => return None,
    };
    let at = delivery.created_at.unwrap_or_else(|| state.clock.now());
    Some(Report { room: id, room_sid: room.sid, began: room.created_at, at, what })
}
