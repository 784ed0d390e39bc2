//! What the routes of the lobby take and answer.

use serde_json::json;

use super::model::Status;
use crate::web::openapi::{Operation, Schema, nullable, object, reference, text, word};

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let message = || object([("message", text(""))]);
    let decision = object([("participant_id", text("uuid")), ("allow_entry", json!({ "type": "boolean" }))]);
    let problem = || reference("Problem");
    vec![
        Operation::open("post", "/api/v1.0/rooms/{room}/request-entry/", "Ask to come in, and ask again while waiting")
            .takes(object([("username", json!({ "type": "string", "minLength": 1 }))]))
            .answers(200, "What became of it; with a token once accepted.", reference("LobbyEntry"))
            .answers(403, "Somebody is signed in, and the request does not come from a page of ours.", problem()),
        Operation::account(
            "post",
            "/api/v1.0/rooms/{room}/enter/",
            "Let somebody in who waits, or refuse: hosts alone",
        )
        .takes(decision)
        .answers(200, "It is decided.", message())
        .answers(
            404,
            "There is no such room, nobody waits in it, or not this one.",
            json!({ "anyOf": [problem(), message()] }),
        ),
        Operation::account("get", "/api/v1.0/rooms/{room}/waiting-participants/", "List who waits: hosts alone")
            .answers(
                200,
                "Who waits, the longest first.",
                object([("participants", json!({ "type": "array", "items": reference("WaitingParticipant") }))]),
            )
            .answers(403, "Not theirs to see.", problem()),
    ]
}

/// Schemas that the document names.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    let livekit = object([("url", text("")), ("room", text("uuid")), ("token", text(""))]);
    let person = |statuses: &[&str]| {
        let status = word(statuses.iter().copied());
        [("status", status), ("username", text("")), ("id", text("uuid")), ("color", text(""))]
    };
    let [status, username, id, color] =
        person(&[Status::Waiting, Status::Accepted, Status::Denied].map(Status::as_str));
    let entry = object([status, username, id, color, ("livekit", nullable(livekit))]);
    vec![("LobbyEntry", entry), ("WaitingParticipant", object(person(&["waiting"])))]
}
