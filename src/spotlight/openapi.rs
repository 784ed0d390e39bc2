//! What the route takes and answers.

use serde_json::json;

use crate::web::openapi::{Operation, object, reference, text};

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let error = || object([("error", text(""))]);
    let gone = json!({ "anyOf": [reference("Problem"), error()] });
    let set = Operation::account("post", "/api/v1.0/rooms/{room}/spotlight/", "Show somebody large to everybody")
        .takes(object([
            ("participant_identity", json!({ "type": "string", "minLength": 1 })),
            ("on", json!({ "type": "boolean" })),
        ]))
        .answers(200, "It is done, and everybody in the call hears it.", reference("Status"))
        .answers(403, "Not a host of this room.", reference("Problem"))
        .answers(404, "There is no such room, or that participant is not in its call.", gone)
        .answers(500, "The meeting server does not answer.", error());
    vec![set]
}
