//! `/api/v1.0/rooms/` (contract §1.3) and the creation callback (§1.6).

use std::time::Duration;

use axum::{
    Router,
    extract::State,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{
    body::{Reader, bodies, body},
    change, entry,
    model::Room,
    request::{Callback, Changes, Wanted},
    service,
};
use crate::{
    error::{Error, Result as Outcome},
    state::AppState,
    users::model::User,
    web::{
        Caller,
        extract::{Json, Key},
        paging::Paging,
        remote::{Remote, network},
        reply::{answer, refused},
        visit::Visit,
    },
};

/// How often strangers of one address may ask the creation callback within [`MINUTE`] (contract §0.8).
const CALLBACKS: u64 = 600;
const MINUTE: Duration = Duration::from_secs(60);

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let all = || get(list).post(create);
    let one = || get(retrieve).put(update).patch(update).delete(destroy);
    Router::new()
        .route("/api/v1.0/rooms", all())
        .route("/api/v1.0/rooms/", all())
        .route("/api/v1.0/rooms/creation-callback", post(callback))
        .route("/api/v1.0/rooms/creation-callback/", post(callback))
        .route("/api/v1.0/rooms/{room}", one())
        .route("/api/v1.0/rooms/{room}/", one())
}

impl Visit {
    fn user(&self) -> Outcome<&User> {
        self.caller.user.as_ref().ok_or(Error::Unauthorized)
    }

    fn reader(&self) -> Reader<'_> {
        Reader {
            user: self.caller.user.as_ref(),
            browser: &self.browser,
            username: self.params.get("username"),
            livekit_url: self.livekit_url.clone(),
        }
    }

    /// The room, with its call made ready when a token for it is handed out.
    async fn show(&self, state: &AppState, room: &Room) -> Outcome<axum::Json<Value>> {
        let value = body(state, room, &self.reader()).await?;
        if value.get("livekit").is_some() {
            entry::make_live(state, room).await;
        }
        Ok(axum::Json(value))
    }
}

async fn list(State(state): State<AppState>, visit: Visit) -> Response {
    answer(listed(&state, &visit).await.map(axum::Json), visit.caller.lang)
}

async fn listed(state: &AppState, visit: &Visit) -> Outcome<Value> {
    let paging = Paging::of(&visit.params, true);
    let address = format!("{}/api/v1.0/rooms/", visit.origin);
    let Some(user) = &visit.caller.user else {
        return Ok(paging.answer(paging.among(0)?, &address, Vec::new()));
    };
    let page = paging.among(service::count(state, user).await?)?;
    let rooms = service::mine(state, user, page.limit, page.offset).await?;
    let results = bodies(state, &rooms, &visit.reader()).await?;
    Ok(paging.answer(page, &address, results))
}

async fn create(
    State(state): State<AppState>,
    visit: Visit,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(visit.caller.lang);
    let user = visit.user().map_err(refuse)?;
    let wanted = Wanted::parse(&value?.0).map_err(refuse)?;
    let room = service::create(&state, Some(user), wanted.room).await.map_err(refuse)?;
    if let Some(callback) = &wanted.callback {
        change::remember(&state, callback, &room).await;
    }
    let shown = visit.show(&state, &room).await.map_err(refuse)?;
    Ok((StatusCode::CREATED, shown).into_response())
}

async fn retrieve(State(state): State<AppState>, visit: Visit, Key(text): Key) -> Response {
    let found = async {
        let room = service::look_up(&state, visit.caller.user.as_ref(), visit.from, &text).await?;
        visit.show(&state, &room).await
    };
    let mut response = answer(found.await, visit.caller.lang);
    if let Some(cookie) = visit.browser.set_cookie(&state) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn update(
    State(state): State<AppState>,
    visit: Visit,
    Key(text): Key,
    method: Method,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(visit.caller.lang);
    let user = visit.user().map_err(refuse)?;
    let room = change::editable(&state, user, &text).await.map_err(refuse)?;
    let changes = Changes::parse(&value?.0, &room, method == Method::PUT).map_err(refuse)?;
    let room = change::update(&state, user, room.id, changes).await.map_err(refuse)?;
    visit.show(&state, &room).await.map(IntoResponse::into_response).map_err(refuse)
}

async fn destroy(State(state): State<AppState>, visit: Visit, Key(text): Key) -> Response {
    let done = async { change::delete(&state, visit.user()?, &text).await };
    answer(done.await.map(|()| StatusCode::NO_CONTENT), visit.caller.lang)
}

async fn callback(
    State(state): State<AppState>,
    caller: Caller,
    from: Remote,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(caller.lang);
    if caller.user.is_none() {
        let key = format!("callback:{}", network(from.0));
        state.cache.limit(&key, CALLBACKS, MINUTE).await.map_err(refuse)?;
    }
    let callback = Callback::parse(&value?.0).map_err(refuse)?;
    let slug = change::remembered(&state, &callback).await.map_err(refuse)?;
    let room = slug.map_or_else(|| json!({}), |slug| json!({ "slug": slug }));
    Ok(axum::Json(json!({ "status": "success", "room": room })).into_response())
}
