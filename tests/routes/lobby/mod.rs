//! Asking to come in, and deciding on it, by REST: what clients that ask again every second rely on (contract §1.4, §4).

mod contract;
mod limits;
mod trouble;

use axum::http::Method;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// Somebody's browser: it keeps the cookie that it is given.
pub struct Browser {
    pub client: Client,
    pub cookie: Option<String>,
}

impl Browser {
    pub fn new(client: Client) -> Self {
        Self { client, cookie: None }
    }

    pub fn client(&self) -> Client {
        let client = self.client.clone();
        match &self.cookie {
            Some(cookie) => client.with("cookie", &format!("lobbyParticipantId={cookie}")),
            None => client,
        }
    }

    /// Asks to come in; the status and the body.
    pub async fn asks(&mut self, room: &str, name: &str) -> (u16, Value) {
        let body = json!({ "username": name }).to_string();
        let answer = self.client().post(&format!("/api/v1.0/rooms/{room}/request-entry/"), body).await;
        if let Some(set) = answer.headers.get("set-cookie").and_then(|line| line.to_str().ok()) {
            assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
            let value = set.split(';').next().and_then(|pair| pair.strip_prefix("lobbyParticipantId=")).expect("ours");
            self.cookie = Some(value.to_owned());
        }
        (answer.status.as_u16(), answer.json())
    }

    /// Asks, and is answered with 200.
    pub async fn knocks(&mut self, room: &str, name: &str) -> Value {
        let (status, body) = self.asks(room, name).await;
        assert_eq!(status, 200, "{body}");
        body
    }
}

/// A room of `ann`, with her session.
pub struct Door {
    pub host: Client,
    pub id: String,
    pub slug: String,
}

impl Door {
    pub async fn new(app: &TestApp, level: &str) -> Self {
        let host = app.signed_in(&app.user(&format!("ann-{}", app.state.random.uuid())).await).await;
        let body = json!({ "name": format!("Round {}", app.state.random.uuid()), "access_level": level });
        let room = host.post("/api/v1.0/rooms/", body.to_string()).await.json();
        let text = |name: &str| room[name].as_str().expect("text").to_owned();
        Self { id: text("id"), slug: text("slug"), host }
    }

    pub async fn decide(&self, participant: &Value, allow: bool) -> (u16, Value) {
        let body = json!({ "participant_id": participant, "allow_entry": allow }).to_string();
        let answer = self.host.post(&format!("/api/v1.0/rooms/{}/enter/", self.id), body).await;
        (answer.status.as_u16(), answer.json())
    }

    pub async fn waiting(&self) -> Value {
        let answer = self.host.get(&format!("/api/v1.0/rooms/{}/waiting-participants/", self.id)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["participants"].clone()
    }

    pub async fn level(&self, level: &str) {
        let body = json!({ "access_level": level }).to_string();
        assert_eq!(self.host.call(Method::PATCH, &format!("/api/v1.0/rooms/{}/", self.id), body).await.status, 200);
    }
}

/// The claims of a token that is really ours.
pub fn claims(app: &TestApp, livekit: &Value) -> Value {
    let token = livekit["token"].as_str().expect("a token");
    app.state.livekit.verify(token).expect("signed by us");
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}

pub fn updated() -> (u16, Value) {
    (200, json!({ "message": "Participant was updated." }))
}

pub fn not_found() -> (u16, Value) {
    (404, json!({ "message": "Participant not found." }))
}
