//! What the routes take and answer.

use serde_json::json;

use crate::web::openapi::{Operation, object, reference};

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let yes = || json!({ "type": "boolean" });
    let rights = Operation::account("put", "/api/v1.0/rooms/{room}/rights/", "Change what everybody may do")
        .takes(object([
            ("microphone?", yes()),
            ("camera?", yes()),
            ("share?", yes()),
            ("chat?", yes()),
            ("mute?", yes()),
        ]))
        .answers(
            200,
            "The rights that hold now, in the call too.",
            object([("microphone", yes()), ("camera", yes()), ("share", yes()), ("chat", yes()), ("mute", yes())]),
        )
        .answers(403, "Not a host of this room.", reference("Problem"))
        .answers(404, "There is no such room.", reference("Problem"));
    vec![rights]
}
