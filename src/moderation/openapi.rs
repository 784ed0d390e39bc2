//! What the routes take and answer.

use serde_json::{Value, json};

use crate::web::openapi::{Operation, object, reference, text, word};

fn yes() -> Value {
    json!({ "type": "boolean" })
}

fn who() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": 255 })
}

fn error() -> Value {
    object([("error", text(""))])
}

fn not_there() -> Value {
    json!({ "anyOf": [reference("Problem"), error()] })
}

/// Of those who run the meeting.
fn hosts(method: &'static str, path: &'static str, summary: &'static str) -> Operation {
    Operation::account(method, path, summary).answers(403, "Does not run this meeting.", reference("Problem")).answers(
        404,
        "There is no such room, or that participant is not in its call.",
        not_there(),
    )
}

/// One that LiveKit is asked for.
fn act(path: &'static str, summary: &'static str) -> Operation {
    hosts("post", path, summary)
        .answers(200, "It is done, and those in the call hear it.", reference("Status"))
        .answers(500, "The meeting server does not answer.", error())
}

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let one = || object([("participant_identity", who())]);
    let rights = [("microphone", yes()), ("camera", yes()), ("share", yes()), ("chat", yes()), ("mute", yes())];
    let wanted = [("microphone?", yes()), ("camera?", yes()), ("share?", yes()), ("chat?", yes()), ("mute?", yes())];
    let removed = object([
        ("id", text("uuid")),
        ("name", text("")),
        ("color", text("")),
        ("blocked", yes()),
        ("since", text("date-time")),
    ]);
    let change = object([
        ("participant_identity", who()),
        ("metadata?", json!({ "type": ["object", "null"] })),
        ("attributes?", json!({ "type": ["object", "null"], "additionalProperties": { "type": "string" } })),
        ("permission?", json!({ "type": ["object", "null"] })),
        ("name?", json!({ "type": ["string", "null"], "maxLength": 255 })),
    ]);
    let muted = object([("status", word(["success"])), ("muted", json!({ "type": "integer" }))]);
    vec![
        Operation::participant("post", "/api/v1.0/rooms/{room}/mute-participant/", "Mute somebody in the call")
            .takes(object([
                ("participant_identity", who()),
                ("track_sid", json!({ "type": "string", "minLength": 1, "maxLength": 255 })),
            ]))
            .answers(200, "It is muted.", reference("Status"))
            .answers(403, "Neither a host by session, nor in the call where everybody may mute.", not_there())
            .answers(404, "There is no such room, participant or track.", not_there())
            .answers(500, "The meeting server does not answer.", error()),
        hosts("post", "/api/v1.0/rooms/{room}/mute-everyone/", "Mute everybody who does not run the meeting")
            .takes(object([]))
            .answers(200, "So many were muted.", muted)
            .answers(500, "The meeting server does not answer.", error()),
        act("/api/v1.0/rooms/{room}/lower-hands/", "Lower somebody's hand, or every hand")
            .takes(object([("participant_identity?", who())])),
        act("/api/v1.0/rooms/{room}/stop-share/", "Stop what somebody shares").takes(one()),
        act("/api/v1.0/rooms/{room}/ask-to-unmute/", "Ask somebody to unmute").takes(one()),
        act("/api/v1.0/rooms/{room}/end/", "End the meeting for everybody").takes(object([])),
        hosts("put", "/api/v1.0/rooms/{room}/lock/", "Have everybody new ask to come in, or no longer")
            .takes(object([("locked", yes())]))
            .answers(200, "So it is.", object([("locked", yes())])),
        hosts("put", "/api/v1.0/rooms/{room}/rights/", "Change what everybody may do")
            .takes(object(wanted))
            .answers(200, "The rights that hold now, in the call too.", object(rights))
            .answers(403, "Does not run this room.", reference("Problem")),
        hosts("put", "/api/v1.0/rooms/{room}/co-hosts/", "Let somebody run this meeting, or no longer")
            .answers(403, "Does not run this room.", reference("Problem"))
            .takes(object([("participant_identity", who()), ("on", yes())]))
            .answers(200, "So it is.", reference("Status")),
        act("/api/v1.0/rooms/{room}/update-participant/", "Change somebody in the call").takes(change),
        hosts(
            "post",
            "/api/v1.0/rooms/{room}/update-participant-role/",
            "Give somebody in the call a role in the room",
        )
        .takes(object([("participant_identity", who()), ("role", word(["member", "administrator"]))]))
        .answers(
            200,
            "The role, and whether those in the call see it.",
            object([("role", word(["member", "administrator"])), ("livekit_synced", yes())]),
        ),
        act("/api/v1.0/rooms/{room}/remove-participant/", "Remove somebody until a host lets them back")
            .takes(object([("participant_identity", who()), ("block?", yes()), ("everybody_asks?", yes())]))
            .answers(403, "Does not run this meeting, or it takes one who runs the room.", reference("Problem")),
        hosts("get", "/api/v1.0/rooms/{room}/removed/", "Who was removed").answers(
            200,
            "The latest first.",
            object([("removed", json!({ "type": "array", "items": removed }))]),
        ),
        hosts("delete", "/api/v1.0/rooms/{room}/removed/{removal}/", "Let somebody who was removed come back")
            .answers_nothing(204, "They may come back.")
            .answers(
                403,
                "Does not run this meeting; who was blocked takes one who runs the room.",
                reference("Problem"),
            ),
    ]
}
