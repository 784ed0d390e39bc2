//! What the routes of the chat take and answer.

use serde_json::json;

use super::model::{LONGEST_ID, LONGEST_TEXT};
use crate::web::openapi::{Operation, object, reference};

/// Every operation.
pub fn operations() -> Vec<Operation> {
    const PATH: &str = "/api/v1.0/rooms/{room}/chat/";
    let id = || json!({ "type": "string", "pattern": "^[A-Za-z0-9._:-]+$", "maxLength": LONGEST_ID });
    let reply = || json!({ "type": ["string", "null"], "pattern": "^[A-Za-z0-9._:-]+$", "maxLength": LONGEST_ID });
    let (text, flag) = (|| json!({ "type": "string" }), || json!({ "type": "boolean" }));
    let message = object([
        ("id", id()),
        ("from", text()),
        ("name", text()),
        ("text", text()),
        ("reply_to", reply()),
        ("color", text()),
        ("at", json!({ "type": "integer", "description": "Unix time, in milliseconds" })),
    ]);
    let chat = object([
        ("on", flag()),
        ("kept", flag()),
        ("may_write", flag()),
        ("messages", json!({ "type": "array", "items": message })),
    ]);
    let mut said = object([
        ("id", id()),
        ("text", json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_TEXT })),
        ("reply_to", reply()),
    ]);
    said["required"] = json!(["id", "text"]);
    let gone = || reference("Problem");
    let away = "The meeting server does not answer.";
    vec![
        Operation::participant("get", PATH, "Read what was written in the call so far")
            .answers(200, "The last 500 messages, oldest first; none where none are kept.", chat)
            .answers(404, "There is no such room, or whoever holds the token is not in its call.", gone())
            .answers(502, away, gone()),
        Operation::participant("post", PATH, "Keep a message for those who come later")
            .takes(said)
            .answers_nothing(204, "It is kept, where messages are kept. The message itself goes through LiveKit.")
            .answers(404, "There is no such room, or whoever holds the token is not in its call.", gone())
            .answers(502, away, gone()),
    ]
}
