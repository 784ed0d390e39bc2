//! Running a meeting, in the REST API. What the contract says of hosts holds for all of it (§1.5): a session alone gives a host's power,
//! no participant token does, whatever it claims.

use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{delete, get, post, put},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Moderated, cohosts, end, hands, lock, mute, participant, remove, removed, request, rights,
    role::{self, Trouble},
    share, unmute,
};
use crate::{
    error::{Error, Result as Outcome},
    livekit::colour::colour,
    rooms,
    state::AppState,
    web::{
        Account, Participant,
        extract::{Json, Key, Keys},
        remote::Remote,
        reply::{answer, in_call, refused, reply, wrong_method_of},
    },
};

/// A body that has been read, or the answer to one that could not be.
type Body = Result<Json<Value>, Response>;

/// The routes, with and without their slash. Who mutes may show a token; everybody else is signed in.
pub fn router() -> Router<AppState> {
    let hosts = Router::new()
        .route("/api/v1.0/rooms/{room}/ask-to-unmute", post(ask_to_unmute))
        .route("/api/v1.0/rooms/{room}/ask-to-unmute/", post(ask_to_unmute))
        .route("/api/v1.0/rooms/{room}/co-hosts", put(change_cohost))
        .route("/api/v1.0/rooms/{room}/co-hosts/", put(change_cohost))
        .route("/api/v1.0/rooms/{room}/end", post(end_meeting))
        .route("/api/v1.0/rooms/{room}/end/", post(end_meeting))
        .route("/api/v1.0/rooms/{room}/lock", put(change_lock))
        .route("/api/v1.0/rooms/{room}/lock/", put(change_lock))
        .route("/api/v1.0/rooms/{room}/lower-hands", post(lower_hands))
        .route("/api/v1.0/rooms/{room}/lower-hands/", post(lower_hands))
        .route("/api/v1.0/rooms/{room}/mute-everyone", post(mute_all))
        .route("/api/v1.0/rooms/{room}/mute-everyone/", post(mute_all))
        .route("/api/v1.0/rooms/{room}/removed", get(list_removed))
        .route("/api/v1.0/rooms/{room}/removed/", get(list_removed))
        .route("/api/v1.0/rooms/{room}/removed/{removal}", delete(let_back))
        .route("/api/v1.0/rooms/{room}/removed/{removal}/", delete(let_back))
        .route("/api/v1.0/rooms/{room}/remove-participant", post(remove_one))
        .route("/api/v1.0/rooms/{room}/remove-participant/", post(remove_one))
        .route("/api/v1.0/rooms/{room}/rights", put(change_rights))
        .route("/api/v1.0/rooms/{room}/rights/", put(change_rights))
        .route("/api/v1.0/rooms/{room}/stop-share", post(stop_share))
        .route("/api/v1.0/rooms/{room}/stop-share/", post(stop_share))
        .route("/api/v1.0/rooms/{room}/update-participant", post(update))
        .route("/api/v1.0/rooms/{room}/update-participant/", post(update))
        .route("/api/v1.0/rooms/{room}/update-participant-role", post(update_role))
        .route("/api/v1.0/rooms/{room}/update-participant-role/", post(update_role))
        .method_not_allowed_fallback(wrong_method_of);
    let mute = || post(mute_one);
    hosts
        .route("/api/v1.0/rooms/{room}/mute-participant", mute())
        .route("/api/v1.0/rooms/{room}/mute-participant/", mute())
}

/// Who asks for what: whether they may is asked before what they want is looked at.
async fn asked<'a, T>(
    state: &AppState,
    account: &'a Account,
    text: &str,
    value: Body,
    parse: fn(&Value) -> Outcome<T>,
) -> Result<(Moderated<'a>, T), Response> {
    let refuse = refused(account.lang);
    let on = super::of(state, &account.user, text).await.map_err(refuse)?;
    Ok((on, parse(&value?.0).map_err(refuse)?))
}

/// Who mutes: somebody in the call by their token, else a host by session. Who is neither gets the contract's 403 (§1.5).
enum Muter {
    Inside(Participant, Remote),
    Host(Account),
}

impl FromRequestParts<AppState> for Muter {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            match Account::from_request_parts(parts, state).await {
                Ok(account) => return Ok(Self::Host(account)),
                Err(refusal) if refusal.status() != StatusCode::UNAUTHORIZED => return Err(refusal),
                Err(_) => {}
            }
        }
        let from = Remote::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        Participant::from_request_parts(parts, state).await.map(|inside| Self::Inside(inside, from))
    }
}

async fn mute_one(
    State(state): State<AppState>,
    muter: Muter,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    const FAILURE: &str = "Failed to mute participant";
    match muter {
        Muter::Host(account) => {
            let (on, (identity, sid)) = asked(&state, &account, &text, value, request::track).await?;
            Ok(in_call(mute::by_host(&state, &on, &identity, &sid).await, account.lang, FAILURE))
        }
        Muter::Inside(asker, from) => {
            let refuse = refused(asker.lang);
            let found = rooms::service::taking_part(&state, &asker, from, &text).await;
            let (room, _, permit) = found.map_err(refuse)?;
            let (identity, sid) = request::track(&value?.0).map_err(refuse)?;
            let own = &asker.claims.identity;
            match mute::by_participant(&state, &permit, &room, own, &identity, &sid).await {
                Err(Error::Refused("presence_unknown")) => {
                    Ok(error(StatusCode::FORBIDDEN, "Could not verify caller presence"))
                }
                done => Ok(in_call(done, asker.lang, FAILURE)),
            }
        }
    }
}

async fn mute_all(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, ()) = asked(&state, &account, &text, value, request::nothing).await?;
    match mute::everybody(&state, &on).await {
        Ok(muted) => Ok(axum::Json(json!({ "status": "success", "muted": muted })).into_response()),
        Err(failed) => Ok(in_call(Err(failed), account.lang, "Failed to mute everyone")),
    }
}

async fn lower_hands(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, whose) = asked(&state, &account, &text, value, request::person_or_all).await?;
    let done = match whose {
        Some(identity) => hands::lower(&state, &on, &identity).await,
        None => hands::lower_all(&state, &on).await,
    };
    Ok(in_call(done, account.lang, "Failed to lower the hands"))
}

async fn stop_share(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, identity) = asked(&state, &account, &text, value, request::person).await?;
    Ok(in_call(share::stop(&state, &on, &identity).await, account.lang, "Failed to stop the share"))
}

async fn ask_to_unmute(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, identity) = asked(&state, &account, &text, value, request::person).await?;
    Ok(in_call(unmute::ask(&state, &on, &identity).await, account.lang, "Failed to ask"))
}

async fn end_meeting(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, ()) = asked(&state, &account, &text, value, request::nothing).await?;
    Ok(in_call(end::for_everybody(&state, &on).await, account.lang, "Failed to end the meeting"))
}

async fn change_lock(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, locked) = asked(&state, &account, &text, value, request::locked).await?;
    lock::set(&state, &on, locked).await.map_err(refused(account.lang))?;
    Ok(axum::Json(json!({ "locked": locked })).into_response())
}

async fn change_rights(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<axum::Json<Value>, Response> {
    let (on, wanted) = asked(&state, &account, &text, value, request::rights).await?;
    let room = rights::change(&state, &on, wanted).await.map_err(refused(account.lang))?;
    Ok(axum::Json(rights::shown(&room)))
}

async fn change_cohost(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let refuse = refused(account.lang);
    let room = cohosts::may(&state, &account.user, &text).await.map_err(refuse)?;
    let (identity, on) = request::cohost(&value?.0).map_err(refuse)?;
    match cohosts::set(&state, &account.user, &room, &identity, on).await {
        Ok(()) => Ok(axum::Json(json!({ "status": "success" })).into_response()),
        Err(Error::NotFound) => Ok(error(StatusCode::NOT_FOUND, GUEST)),
        Err(other) => Err(refuse(other)),
    }
}

async fn update(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, (identity, change)) = asked(&state, &account, &text, value, request::change).await?;
    let done = participant::update(&state, &on, &identity, &change).await;
    Ok(in_call(done, account.lang, "Failed to update participant"))
}

const GUEST: &str = "This participant has no user account and cannot be assigned a role.";

async fn update_role(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let told = |trouble| match trouble {
        Trouble::NotConnected => {
            let detail = "You must be connected to the meeting to perform this action.";
            (StatusCode::FORBIDDEN, axum::Json(json!({ "detail": detail }))).into_response()
        }
        Trouble::Own => error(StatusCode::FORBIDDEN, "You cannot change your own role."),
        Trouble::Absent => error(StatusCode::NOT_FOUND, "Participant is not connected to this meeting."),
        Trouble::Guest => error(StatusCode::NOT_FOUND, GUEST),
        Trouble::Owner => error(StatusCode::FORBIDDEN, "Room owners cannot be demoted."),
        Trouble::Other(other) => reply(&other, account.lang),
    };
    let room = role::may(&state, &account.user, &text).await.map_err(told)?;
    let (identity, role) = request::role(&value?.0).map_err(refused(account.lang))?;
    let synced = role::change(&state, &account.user, &room, &identity, role).await.map_err(told)?;
    Ok(axum::Json(json!({ "role": role.as_str(), "livekit_synced": synced })).into_response())
}

async fn remove_one(
    State(state): State<AppState>,
    account: Account,
    Key(text): Key,
    value: Body,
) -> Result<Response, Response> {
    let (on, wanted) = asked(&state, &account, &text, value, request::removal).await?;
    Ok(in_call(remove::remove(&state, &on, &wanted).await, account.lang, "Failed to remove participant"))
}

async fn list_removed(State(state): State<AppState>, account: Account, Key(text): Key) -> Response {
    let listed = async {
        let on = super::of(&state, &account.user, &text).await?;
        let shown = |one: &rooms::removals::Removal| json!({ "id": one.id, "name": one.name, "color": colour(&one.subject), "blocked": one.blocked, "since": one.created_at });
        let all: Vec<Value> = removed::all(&state, &on).await?.iter().map(shown).collect();
        Ok(axum::Json(json!({ "removed": all })))
    };
    answer(listed.await, account.lang)
}

async fn let_back(State(state): State<AppState>, account: Account, Keys(text, removal): Keys) -> Response {
    let done = async {
        let on = super::of(&state, &account.user, &text).await?;
        removed::let_back(&state, &on, Uuid::try_parse(&removal).map_err(|_| Error::NotFound)?).await
    };
    answer(done.await.map(|()| StatusCode::NO_CONTENT), account.lang)
}

/// In the contract's words, which programs compare.
fn error(status: StatusCode, text: &str) -> Response {
    (status, axum::Json(json!({ "error": text }))).into_response()
}
