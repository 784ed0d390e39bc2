//! What the routes of those in a call take and answer.

use serde_json::json;

use crate::web::openapi::{Operation, object, reference, text};

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let error = || object([("error", text(""))]);
    let gone = || json!({ "anyOf": [reference("Problem"), error()] });
    let [hand, rename] = [
        ("/api/v1.0/rooms/{room}/toggle-hand/", "Raise or lower one's hand"),
        ("/api/v1.0/rooms/{room}/rename/", "Take another name in the call"),
    ]
    .map(|(path, summary)| {
        Operation::participant("post", path, summary)
            .answers(200, "It is done, and everybody in the call hears it.", reference("Status"))
            .answers(404, "There is no such room, or whoever holds the token is not in its call.", gone())
            .answers(500, "The meeting server does not answer.", error())
    });
    vec![
        hand.takes(object([("raised", json!({ "type": "boolean" }))])),
        rename.takes(object([("name", json!({ "type": "string", "minLength": 1, "maxLength": 255 }))])),
    ]
}
