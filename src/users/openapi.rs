//! What `/api/v1.0/users/` takes and answers.

use serde_json::json;

use super::{defaults::AccessLevel, preferences::LANGUAGES};
use crate::{
    livekit::tokens::Source,
    web::openapi::{Operation, Schema, list_of, nullable, object, reference, text, word},
};

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let change = |method, summary| {
        Operation::account(method, "/api/v1.0/users/{user}/", summary)
            .takes(reference(if method == "put" { "Preferences" } else { "PreferencesPart" }))
            .answers(200, "The account.", reference("User"))
    };
    vec![
        Operation::account("get", "/api/v1.0/users/", "List accounts: empty unless the operator opens the list")
            .query("q", "A part of the e-mail address.", text(""))
            .query("page", "Which page, from 1 on, or `last`.", text(""))
            .answers(200, "A page, newest first.", list_of("User")),
        Operation::account("get", "/api/v1.0/users/me/", "Read one's own account").answers(
            200,
            "The account.",
            reference("User"),
        ),
        change("put", "Set one's own preferences"),
        change("patch", "Change one's own preferences"),
    ]
}

/// Who comes in without being asked.
pub fn access_level() -> Schema {
    word([AccessLevel::Public, AccessLevel::Trusted, AccessLevel::Restricted].map(AccessLevel::as_str))
}

/// Schemas that the document names.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    let languages = || word(LANGUAGES.iter().map(|(theirs, _)| *theirs));
    let level = || json!({ "anyOf": [access_level(), { "type": "string", "const": "" }, { "type": "null" }] });
    let preferences = |timezone: &'static str| {
        object([
            (timezone, json!({ "type": "string", "description": "IANA time zone", "examples": ["Europe/Paris"] })),
            ("language?", languages()),
            ("default_room_access_level?", level()),
            ("default_room_configuration?", reference("RoomConfiguration")),
        ])
    };
    vec![
        (
            "User",
            object([
                ("id", text("uuid")),
                ("email", nullable(text(""))),
                ("full_name", nullable(text(""))),
                ("short_name", nullable(text(""))),
                ("timezone", text("")),
                ("language", languages()),
                ("default_room_access_level", level()),
                ("default_room_configuration", reference("RoomConfiguration")),
            ]),
        ),
        ("Preferences", preferences("timezone")),
        ("PreferencesPart", preferences("timezone?")),
        (
            "RoomConfiguration",
            object([
                (
                    "can_publish_sources?",
                    nullable(json!({ "type": "array", "items": word(Source::ALL.map(Source::as_str)) })),
                ),
                ("everyone_can_mute?", nullable(json!({ "type": "boolean" }))),
            ]),
        ),
    ]
}
