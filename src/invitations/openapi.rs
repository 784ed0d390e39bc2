//! What the route takes and answers.

use serde_json::json;

use super::model::MOST;
use crate::web::openapi::{Operation, object, reference, word};

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let address = json!({ "type": "string", "format": "email" });
    let list = json!({ "type": "array", "items": address, "minItems": 1, "maxItems": MOST });
    let sentences = json!({ "type": "array", "items": { "type": "string" } });
    let by_place = json!({ "type": "object", "minProperties": 1, "additionalProperties": sentences });
    let wrong = json!({ "anyOf": [object([("emails", by_place)]), reference("Wrong")] });
    let invite = Operation::account("post", "/api/v1.0/rooms/{room}/invite/", "Invite people by mail")
        .takes(object([("emails", list)]))
        .answers(
            200,
            "A letter goes to each address, whoever it belongs to.",
            object([("status", word(["success"])), ("message", word(["invitations sent"]))]),
        )
        .answers(400, "What is wrong, and with which of the addresses: by their place in the list.", wrong)
        .answers(403, "Not a host of this room.", reference("Problem"))
        .answers(404, "There is no such room, or no mail goes out from here.", reference("Problem"));
    vec![invite]
}
