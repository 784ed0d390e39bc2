//! Asking to come in, and deciding on it, in the REST API (contract §1.4): clients that ask again every second work unchanged.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    decisions,
    model::{Asker, Entry},
    now::Standing,
    request,
    service::{self, Knock, Verdict},
};
use crate::{
    error::{Error, Result as Outcome},
    invitations,
    livekit::colour::colour,
    rooms,
    state::AppState,
    web::{
        Account,
        extract::{Json, Key},
        reply::{answer, refused, wrong_method_of},
        visit::Visit,
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let waiting = || get(waiting).fallback(wrong_method_of);
    let enter = || post(enter).fallback(wrong_method_of);
    Router::new()
        .route("/api/v1.0/rooms/{room}/request-entry", post(request_entry))
        .route("/api/v1.0/rooms/{room}/request-entry/", post(request_entry))
        .route("/api/v1.0/rooms/{room}/enter", enter())
        .route("/api/v1.0/rooms/{room}/enter/", enter())
        .route("/api/v1.0/rooms/{room}/waiting-participants", waiting())
        .route("/api/v1.0/rooms/{room}/waiting-participants/", waiting())
}

async fn request_entry(
    State(state): State<AppState>,
    visit: Visit,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(visit.caller.lang);
    let user = visit.caller.user.as_ref();
    let room = rooms::service::look_up(&state, user, visit.from, &text).await.map_err(refuse)?;
    let typed = request::username(&value?.0).map_err(refuse)?;
    let name = rooms::entry::name(&room, user, &typed).map_err(refuse)?;
    let shown = asked(&state, &visit, &room, &name).await.map_err(refuse)?;
    let mut response = axum::Json(shown).into_response();
    response.headers_mut().append(header::SET_COOKIE, visit.browser.cookie(&state).map_err(refuse)?);
    Ok(response)
}

async fn asked(state: &AppState, visit: &Visit, room: &rooms::model::Room, name: &str) -> Outcome<Value> {
    let user = visit.caller.user.as_ref();
    invitations::service::claim(state, user, room).await?;
    let standing = Standing::of(state, room, user, &visit.browser).await?;
    let asker = Asker::new(user, &visit.browser);
    let identity = rooms::entry::identity(user, &visit.browser);
    let shown = |status: &str, entry: Option<&Entry>| {
        // Whom a link let in has not said a name before.
        let said = entry.map(|entry| entry.username.as_str()).filter(|said| !said.is_empty());
        let username = said.unwrap_or(name);
        let id = visit.browser.id.to_string();
        json!({ "status": status, "username": username, "color": colour(&id), "id": id, "livekit": null })
    };
    let stay = state.settings.lobby.waiting;
    let knock = Knock { asker: &asker, name, stay, from: visit.from, identity: &identity };
    match service::ask(state, room, &standing, &knock).await? {
        Verdict::In(permit, entry) => {
            let token = rooms::entry::token(state, &permit, room, standing.who, &identity, name)?;
            rooms::entry::make_live(state, room).await;
            let mut shown = shown("accepted", entry.as_ref());
            shown["livekit"] = json!({ "url": visit.livekit_url, "room": room.id, "token": token });
            Ok(shown)
        }
        Verdict::Waiting(entry) => Ok(shown("waiting", Some(&entry))),
        Verdict::Denied(entry) => Ok(shown("denied", Some(&entry))),
        Verdict::Removed => Ok(shown("denied", None)),
        Verdict::Full => Ok(shown("waiting", None)),
    }
}

async fn enter(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(account.lang);
    let (participant, allow) = request::decision(&value?.0).map_err(refuse)?;
    let (room, permit) = decisions::door(&state, &account.user, &text).await.map_err(refuse)?;
    if !decisions::has_door(&room) {
        return Ok(message(StatusCode::NOT_FOUND, "Room has no lobby system."));
    }
    match decisions::decide(&state, &room, &permit, &account.user, participant, allow).await {
        Ok(()) => Ok(message(StatusCode::OK, "Participant was updated.")),
        Err(Error::NotFound) => Ok(message(StatusCode::NOT_FOUND, "Participant not found.")),
        Err(error) => Err(refuse(error)),
    }
}

async fn waiting(State(state): State<AppState>, account: Account, Key(text): Key) -> Response {
    let listed = async {
        let (room, permit) = decisions::door(&state, &account.user, &text).await?;
        let waiting = decisions::waiting(&state, &room, &permit).await?;
        Ok(axum::Json(json!({ "participants": waiting.iter().map(shown).collect::<Vec<_>>() })))
    };
    answer(listed.await, account.lang)
}

fn shown(entry: &Entry) -> Value {
    let id: Uuid = entry.participant_id;
    json!({ "status": "waiting", "username": entry.username, "id": id, "color": colour(&id.to_string()) })
}

/// These three sentences are words of the contract, which clients compare.
fn message(status: StatusCode, text: &str) -> Response {
    (status, axum::Json(json!({ "message": text }))).into_response()
}
