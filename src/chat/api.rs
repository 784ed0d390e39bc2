//! Keeping and reading what is written in a call, by REST. Ours, beside the contract: who does not know it writes through LiveKit alone.

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use super::{model::Message, request::Said, service};
use crate::{
    livekit::colour::colour,
    rooms::{self, rights},
    state::AppState,
    web::{
        Participant,
        extract::{Json, Key},
        remote::Remote,
        reply::{answer, refused, wrong_method_of},
    },
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    let chat = || get(read).post(say).fallback(wrong_method_of);
    Router::new().route("/api/v1.0/rooms/{room}/chat", chat()).route("/api/v1.0/rooms/{room}/chat/", chat())
}

async fn read(State(state): State<AppState>, asker: Participant, from: Remote, Key(text): Key) -> Response {
    let told = async {
        let (room, who, permit) = rooms::service::taking_part(&state, &asker, from, &text).await?;
        let messages = service::read(&state, &permit, &room, &asker.claims.identity).await?;
        let messages: Vec<_> = messages.iter().map(shown).collect();
        let may_write = rights::may_write(&room, who.hosts());
        Ok(axum::Json(
            json!({ "on": room.chat, "kept": room.chat_history, "may_write": may_write, "messages": messages }),
        ))
    };
    answer(told.await, asker.lang)
}

async fn say(
    State(state): State<AppState>,
    asker: Participant,
    from: Remote,
    Key(text): Key,
    value: Result<Json<Value>, Response>,
) -> Result<Response, Response> {
    let refuse = refused(asker.lang);
    let (room, who, permit) = rooms::service::taking_part(&state, &asker, from, &text).await.map_err(refuse)?;
    let said = Said::parse(&value?.0).map_err(refuse)?;
    service::say(&state, &permit, &room, who, &asker.claims.identity, said).await.map_err(refuse)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn shown(message: &Message) -> Value {
    json!({
        "id": message.message_id, "from": message.identity, "name": message.name, "text": message.text,
        "reply_to": message.reply_to, "color": colour(&message.identity), "at": message.sent_at.timestamp_millis(),
    })
}
