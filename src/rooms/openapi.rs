//! What `/api/v1.0/rooms/` and `/api/v1.0/resource-accesses/` take and answer.

use serde_json::json;

use super::model::{LONGEST_NAME, Role};
use crate::{
    users::openapi::access_level,
    web::openapi::{Operation, Schema, list_of, nullable, object, reference, text, word},
};

const ROOMS: &str = "/api/v1.0/rooms/";
const ROOM: &str = "/api/v1.0/rooms/{room}/";
const ACCESSES: &str = "/api/v1.0/resource-accesses/";
const ACCESS: &str = "/api/v1.0/resource-accesses/{access}/";

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let named = |operation: Operation| operation.query("username", "The name in the participant token.", text(""));
    let room = |operation: Operation| named(operation).answers(200, "The room.", reference("Room"));
    let access = |operation: Operation| operation.answers(200, "The role.", reference("Access"));
    vec![
        named(Operation::open("get", ROOMS, "List the rooms one has a role in; none for strangers")).paged().answers(
            200,
            "A page, by name.",
            list_of("Room"),
        ),
        named(Operation::account("post", ROOMS, "Make a room")).takes(reference("NewRoom")).answers(
            201,
            "The room.",
            reference("Room"),
        ),
        room(Operation::open("get", ROOM, "Read a room, by its id or the last part of its link")),
        room(Operation::account("put", ROOM, "Set a room: hosts alone").takes(reference("NewRoom"))),
        room(Operation::account("patch", ROOM, "Change a room: hosts alone").takes(reference("RoomPart"))),
        Operation::account("delete", ROOM, "Delete a room: owners alone").answers_nothing(204, "It is gone."),
        Operation::open("post", "/api/v1.0/rooms/creation-callback/", "Ask, once, which room was made for a word")
            .takes(object([("callback_id", json!({ "type": ["string", "integer"] }))]))
            .answers(
                200,
                "The room's slug, or nothing.",
                object([("status", word(["success"])), ("room", object([("slug?", text(""))]))]),
            ),
        Operation::account("get", ACCESSES, "List the roles in the rooms one hosts")
            .query("page", "Which page, from 1 on, or `last`.", text(""))
            .answers(200, "A page, newest first.", list_of("Access")),
        Operation::account("post", ACCESSES, "Give somebody a role: hosts alone, owners for the role of an owner")
            .takes(reference("NewAccess"))
            .answers(201, "The role.", reference("Access")),
        access(Operation::account("get", ACCESS, "Read a role: hosts alone").answers(
            403,
            "Not theirs to see.",
            reference("Problem"),
        )),
        access(Operation::account("put", ACCESS, "Set a role").takes(reference("NewAccess"))),
        access(Operation::account("patch", ACCESS, "Change a role").takes(reference("AccessPart"))),
        Operation::account("delete", ACCESS, "Take a role away; a room keeps an owner")
            .answers_nothing(204, "It is gone."),
    ]
}

/// Schemas that the document names.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    let role = || word([Role::Member, Role::Administrator, Role::Owner].map(Role::as_str));
    let name = || json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_NAME });
    let fields = |named: &'static str| {
        object([
            (named, name()),
            ("access_level?", access_level()),
            ("configuration?", reference("RoomConfiguration")),
            ("callback_id?", nullable(json!({ "type": ["string", "integer"] }))),
        ])
    };
    let livekit = object([("url", text("")), ("room", text("uuid")), ("token", text(""))]);
    let person = object([
        ("id", text("uuid")),
        ("user", nullable(reference("User"))),
        ("resource", text("uuid")),
        ("role", role()),
    ]);
    vec![
        (
            "Room",
            object([
                ("id", text("uuid")),
                ("name", text("")),
                ("slug", text("")),
                ("access_level", access_level()),
                ("configuration", reference("RoomConfiguration")),
                ("pin_code?", nullable(text(""))),
                ("livekit?", livekit),
                ("accesses?", json!({ "type": "array", "items": person })),
            ]),
        ),
        ("NewRoom", fields("name")),
        ("RoomPart", fields("name?")),
        (
            "Access",
            object([("id", text("uuid")), ("user", text("uuid")), ("resource", text("uuid")), ("role", role())]),
        ),
        ("NewAccess", object([("user", text("uuid")), ("resource", text("uuid")), ("role?", role())])),
        ("AccessPart", object([("user?", text("uuid")), ("resource?", text("uuid")), ("role?", role())])),
    ]
}
