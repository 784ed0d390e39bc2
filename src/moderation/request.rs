//! What requests hold.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

use super::{remove, rights::Wanted};
use crate::{
    error::{Error, Result},
    livekit::{
        client::{ParticipantChange, Permission},
        tokens::Source,
    },
    rooms::{entry::cut_name, model::Role},
    web::fields::{Fields, boolean},
};

/// Longest name or identity that is taken, in characters (contract §1.5).
const LONGEST: usize = 255;
/// Attributes that our server alone writes: everybody believes them.
const OURS: [&str; 4] = ["room_role", "cohost", "is_authenticated", "color"];
/// Rights that nobody gives through us: they hide somebody, or let them write what everybody believes.
const NEVER: [&str; 4] = ["hidden", "recorder", "agent", "can_update_metadata"];

/// Which rights are to change; what is absent stays.
pub fn rights(value: &Value) -> Result<Wanted> {
    let mut fields = Fields::of(value)?;
    let wanted = Wanted {
        microphone: fields.read("microphone", "boolean_invalid", boolean),
        camera: fields.read("camera", "boolean_invalid", boolean),
        share: fields.read("share", "boolean_invalid", boolean),
        chat: fields.read("chat", "boolean_invalid", boolean),
        mute: fields.read("mute", "boolean_invalid", boolean),
    };
    fields.done().map(|()| wanted)
}

/// Somebody in the call.
fn identity(fields: &mut Fields<'_>) -> Option<String> {
    fields.require("participant_identity", "required");
    fields.text("participant_identity").and_then(|text| match text {
        "" => fields.wrong("participant_identity", "required"),
        // No identity of ours, and what no database keeps.
        text if text.chars().count() > LONGEST || text.chars().any(char::is_control) => {
            fields.wrong("participant_identity", "invalid")
        }
        text => Some(text.to_owned()),
    })
}

fn missing(field: &'static str) -> Error {
    Error::field(field, "required")
}

/// Whom it is about.
pub fn person(value: &Value) -> Result<String> {
    let mut fields = Fields::of(value)?;
    let identity = identity(&mut fields);
    fields.done()?;
    identity.ok_or_else(|| missing("participant_identity"))
}

/// Whom it is about, or nobody: everybody.
pub fn person_or_all(value: &Value) -> Result<Option<String>> {
    match value.as_object().is_some_and(Map::is_empty) {
        true => Ok(None),
        false => person(value).map(Some),
    }
}

/// Nothing is asked for but the thing itself.
pub fn nothing(value: &Value) -> Result<()> {
    Fields::of(value)?.done()
}

/// Whom, and which of what they send.
pub fn track(value: &Value) -> Result<(String, String)> {
    let mut fields = Fields::of(value)?;
    let identity = identity(&mut fields);
    fields.require("track_sid", "required");
    let sid = fields.text("track_sid").and_then(|text| match text.chars().count() {
        0 => fields.wrong("track_sid", "required"),
        1..=255 => Some(text.to_owned()),
        _ => fields.wrong("track_sid", "invalid"),
    });
    fields.done()?;
    identity.zip(sid).ok_or_else(|| missing("track_sid"))
}

/// Whether something is to be so.
fn switch(fields: &mut Fields<'_>, name: &'static str) -> Option<bool> {
    fields.require(name, "required");
    fields.read(name, "boolean_invalid", boolean)
}

/// Whether the room is to be locked.
pub fn locked(value: &Value) -> Result<bool> {
    let mut fields = Fields::of(value)?;
    let locked = switch(&mut fields, "locked");
    fields.done()?;
    locked.ok_or_else(|| missing("locked"))
}

/// Who is to be co-host, or no longer.
pub fn cohost(value: &Value) -> Result<(String, bool)> {
    let mut fields = Fields::of(value)?;
    let (identity, on) = (identity(&mut fields), switch(&mut fields, "on"));
    fields.done()?;
    identity.zip(on).ok_or_else(|| missing("on"))
}

/// Who is to be removed, and how. The contract's request names nobody else.
pub fn removal(value: &Value) -> Result<remove::Wanted> {
    let mut fields = Fields::of(value)?;
    let identity = identity(&mut fields);
    let block = fields.read("block", "boolean_invalid", boolean).unwrap_or(false);
    let everybody_asks = fields.read("everybody_asks", "boolean_invalid", boolean).unwrap_or(false);
    fields.done()?;
    let identity = identity.ok_or_else(|| missing("participant_identity"))?;
    Ok(remove::Wanted { identity, block, everybody_asks })
}

/// Who is to be what. Owners are not made in passing.
pub fn role(value: &Value) -> Result<(String, Role)> {
    let mut fields = Fields::of(value)?;
    let identity = identity(&mut fields);
    fields.require("role", "required");
    let role = fields.read("role", "role_invalid", |value| match value.as_str()?.parse().ok()? {
        Role::Owner => None,
        role => Some(role),
    });
    fields.done()?;
    identity.zip(role).ok_or_else(|| missing("role"))
}

/// What is to change about somebody.
pub fn change(value: &Value) -> Result<(String, ParticipantChange)> {
    let mut fields = Fields::of(value)?;
    let identity = identity(&mut fields);
    let given = |value: Option<&Value>| value.filter(|value| !value.is_null() && *value != "").is_some();
    let named = ["metadata", "attributes", "permission", "name"];
    let anything = named.iter().any(|name| given(value.get(name)));
    let metadata = object(&mut fields, "metadata").map(|object| Value::Object(object.clone()).to_string());
    let attributes = object(&mut fields, "attributes").map(|object| attributes(&mut fields, object));
    let permission = match fields.get("permission") {
        Some(Value::Object(object)) => permission(&mut fields, object),
        // As a form sends it.
        Some(Value::String(text)) if !text.is_empty() => match serde_json::from_str(text) {
            Ok(object) => permission(&mut fields, &object),
            Err(_) => fields.wrong("permission", "permission_invalid"),
        },
        Some(Value::Null | Value::String(_)) | None => None,
        Some(_) => fields.wrong("permission", "permission_invalid"),
    };
    let name = match fields.get("name") {
        Some(Value::String(text)) if !text.trim().is_empty() => {
            cut_name(text, LONGEST).map_err(|code| fields.wrong::<()>("name", code)).ok()
        }
        Some(Value::String(_) | Value::Null) | None => None,
        Some(_) => fields.wrong("name", "not_a_string"),
    };
    if !anything {
        fields.wrong::<()>("non_field_errors", "nothing_to_change");
    }
    fields.done()?;
    let identity = identity.ok_or_else(|| missing("participant_identity"))?;
    Ok((identity, ParticipantChange { name, attributes: attributes.unwrap_or_default(), permission, metadata }))
}

fn object<'v>(fields: &mut Fields<'v>, name: &'static str) -> Option<&'v Map<String, Value>> {
    match fields.get(name)? {
        Value::Object(object) => Some(object),
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        _ => fields.wrong(name, "not_an_object"),
    }
}

fn attributes(fields: &mut Fields<'_>, object: &Map<String, Value>) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    for (key, value) in object {
        match value.as_str() {
            Some(_) if OURS.contains(&key.as_str()) => drop(fields.wrong::<()>("attributes", "attribute_reserved")),
            Some(text) => drop(attributes.insert(key.clone(), text.to_owned())),
            None => drop(fields.wrong::<()>("attributes", "not_a_string")),
        }
    }
    attributes
}

/// What is not named is taken away, as the contract has it.
fn permission(fields: &mut Fields<'_>, object: &Map<String, Value>) -> Option<Permission> {
    let mut permission = Permission::default();
    for (key, value) in object {
        let yes = match value {
            Value::Null => Some(false),
            Value::Bool(yes) => Some(*yes),
            _ => None,
        };
        let fine = match (key.as_str(), yes) {
            (never, _) if NEVER.contains(&never) => {
                value.is_null() || (never == "can_update_metadata" && yes == Some(false))
            }
            ("can_subscribe", Some(yes)) => {
                permission.can_subscribe = yes;
                true
            }
            ("can_publish", Some(yes)) => {
                permission.can_publish = yes;
                true
            }
            ("can_publish_data", Some(yes)) => {
                permission.can_publish_data = yes;
                true
            }
            ("can_subscribe_metrics", Some(_)) => true,
            ("can_publish_sources", _) => match sources(value) {
                Some(sources) => {
                    permission.sources = sources;
                    true
                }
                None => false,
            },
            _ => false,
        };
        if !fine {
            return fields.wrong("permission", "permission_invalid");
        }
    }
    Some(permission)
}

fn sources(value: &Value) -> Option<Vec<Source>> {
    value.as_array()?.iter().map(|one| one.as_str()?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_absent_stays_and_nothing_else_is_taken() {
        let wanted = rights(&json!({ "camera": false, "chat": "yes" })).expect("fine");
        assert_eq!(wanted, Wanted { camera: Some(false), chat: Some(true), ..Wanted::default() });
        for (body, expected) in [
            (json!({ "camera": "perhaps" }), "boolean_invalid"),
            (json!({ "camera": null }), "boolean_invalid"),
            (json!({ "can_publish": true }), "unknown_field"),
            (json!([]), "not_an_object"),
        ] {
            let Err(Error::Invalid(wrong)) = rights(&body) else { panic!("{body}") };
            assert!(wrong.iter().any(|wrong| wrong.code == expected), "{body}: {wrong:?}");
        }
    }

    fn code<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
        match result {
            Err(Error::Invalid(wrong)) => wrong.first().map_or("", |wrong| wrong.code),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_change_names_something_and_nothing_that_everybody_believes() {
        let who = |mut body: Value| {
            body["participant_identity"] = json!("ann");
            change(&body)
        };
        let (identity, wanted) =
            who(json!({ "attributes": { "handRaisedAt": "" }, "name": "Ann\n B", "metadata": { "a": 1 } }))
                .expect("fine");
        assert_eq!(
            (identity.as_str(), wanted.name.as_deref(), wanted.metadata.as_deref()),
            ("ann", Some("Ann B"), Some(r#"{"a":1}"#))
        );
        let (_, wanted) =
            who(json!({ "permission": { "can_publish": true, "can_publish_sources": ["camera"], "hidden": null } }))
                .expect("fine");
        let only = Permission { can_publish: true, sources: vec![Source::Camera], ..Permission::default() };
        assert_eq!(wanted.permission, Some(only), "what is not named is taken away");
        assert_eq!(
            who(json!({ "permission": r#"{"can_subscribe": true}"#, "name": null }))
                .expect("fine")
                .1
                .permission
                .map(|one| one.can_subscribe),
            Some(true)
        );
        for named in [json!("\u{0}"), json!("a\nb"), json!("x".repeat(256))] {
            assert_eq!(code(person(&json!({ "participant_identity": named }))), "invalid", "{named}");
        }
        for (body, expected) in [
            (json!({}), "nothing_to_change"),
            (json!({ "name": "", "metadata": null }), "nothing_to_change"),
            (json!({ "attributes": { "room_role": "owner" } }), "attribute_reserved"),
            (json!({ "attributes": { "color": 7 } }), "not_a_string"),
            (json!({ "attributes": [] }), "not_an_object"),
            (json!({ "permission": { "hidden": false } }), "permission_invalid"),
            (json!({ "permission": { "can_update_metadata": true } }), "permission_invalid"),
            (json!({ "permission": { "can_fly": true } }), "permission_invalid"),
            (json!({ "permission": { "can_publish_sources": ["hologram"] } }), "permission_invalid"),
            (json!({ "permission": "{" }), "permission_invalid"),
            (json!({ "name": "x".repeat(256) }), "name_too_long"),
        ] {
            assert_eq!(code(who(body.clone())), expected, "{body}");
        }
    }

    #[test]
    fn the_small_ones() {
        assert_eq!(role(&json!({ "participant_identity": "a", "role": "member" })).expect("fine").1, Role::Member);
        assert_eq!(code(role(&json!({ "participant_identity": "a", "role": "owner" }))), "role_invalid");
        assert_eq!(person_or_all(&json!({})).expect("fine"), None);
        assert_eq!(code(person_or_all(&json!({ "participant_identity": "" }))), "required");
        assert_eq!(code(track(&json!({ "participant_identity": "a", "track_sid": "x".repeat(256) }))), "invalid");
        assert_eq!(code(locked(&json!({ "locked": "perhaps" }))), "boolean_invalid");
        assert_eq!(code(nothing(&json!({ "force": true }))), "unknown_field");
        let wanted = removal(&json!({ "participant_identity": "a", "block": true })).expect("fine");
        assert_eq!(wanted, remove::Wanted { identity: "a".into(), block: true, everybody_asks: false });
        assert!(cohost(&json!({ "participant_identity": "a" })).is_err());
    }
}
