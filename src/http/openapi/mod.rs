//! The document of the whole REST API, at `/api/v1.0/openapi.json`.

mod config;

use std::sync::LazyLock;

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Map, Value, json};

use crate::{
    chat, invitations, lobby, moderation, participants, rooms, spotlight,
    state::AppState,
    users,
    web::openapi::{Operation, Schema, object, reference, text, word},
    webhooks,
};

/// Where it is.
const PATH: &str = "/api/v1.0/openapi.json";

/// The route.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1.0/openapi.json", get(async || DOCUMENT.clone()))
}

/// The document as it is served.
#[derive(Clone)]
struct Served(String);

impl IntoResponse for Served {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=3600")], self.0)
            .into_response()
    }
}

static DOCUMENT: LazyLock<Served> = LazyLock::new(|| Served(document().to_string()));

/// Every operation of the API.
pub fn operations() -> Vec<Operation> {
    let own =
        Operation::open("get", PATH, "Read this document").answers(200, "The document.", json!({ "type": "object" }));
    let mut all = vec![config::operation(), own];
    all.extend(users::openapi::operations());
    all.extend(rooms::openapi::operations());
    all.extend(invitations::openapi::operations());
    all.extend(lobby::openapi::operations());
    all.extend(participants::openapi::operations());
    all.extend(moderation::openapi::operations());
    all.extend(spotlight::openapi::operations());
    all.extend(chat::openapi::operations());
    all.extend(webhooks::livekit::operations());
    all
}

/// Every shape that has a name.
pub fn shapes() -> Vec<(&'static str, Schema)> {
    let problem = object([("detail", text("")), ("code?", text(""))]);
    let sentences = json!({ "type": "array", "items": { "type": "string" } });
    let fields = json!({ "type": "object", "minProperties": 1, "additionalProperties": sentences });
    let mut all = users::openapi::schemas();
    all.extend(rooms::openapi::schemas());
    all.extend(lobby::openapi::schemas());
    all.extend([
        ("Problem", problem),
        ("Wrong", json!({ "anyOf": [fields, reference("Problem")] })),
        ("Status", object([("status", word(["success", "error"]))])),
    ]);
    all
}

/// The document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for operation in operations() {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = operation.to_value();
    }
    let schemas: Map<String, Value> = shapes().into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Visavis",
            "version": "1.0",
            "description": "Every address is also answered without the slash at its end. Times are UTC. Errors are told in the \
                reader's language; `code` is the same in all of them.",
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": "sessionid", "description": "`__Host-visavis` on https." },
                "livekit": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The participant token of somebody in the room's call." },
                "csrf": { "type": "apiKey", "in": "header", "name": "X-CSRFToken", "description": "The value of the cookie `csrftoken`." },
            },
        },
    })
}
