//! What requests at the door hold, every wrong field at once (contract §1.4).

use serde_json::Value;
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    rooms::entry::cut_name,
    web::fields::{Fields, boolean},
};

/// The name of somebody who asks. The contract knows no longest one: what is too long for a call is cut.
pub fn username(value: &Value) -> Result<String> {
    let mut fields = Fields::of(value)?;
    fields.require("username", "name_required");
    let name = fields.text("username").and_then(|text| match cut_name(text, usize::MAX) {
        Ok(name) => Some(name),
        Err(code) => fields.wrong("username", code),
    });
    fields.done()?;
    name.ok_or_else(|| Error::field("username", "name_required"))
}

/// Whom a host decides on, and whether they may come in.
pub fn decision(value: &Value) -> Result<(Uuid, bool)> {
    let mut fields = Fields::of(value)?;
    fields.require("participant_id", "required");
    fields.require("allow_entry", "required");
    let participant = fields.read("participant_id", "uuid_invalid", |id| Uuid::try_parse(id.as_str()?).ok());
    let allow = fields.read("allow_entry", "boolean_invalid", boolean);
    fields.done()?;
    participant.zip(allow).ok_or_else(|| Error::field("participant_id", "required"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rooms::entry::LONGEST_NAME;

    fn wrong<T>(result: Result<T>) -> Vec<(String, &'static str)> {
        match result {
            Err(Error::Invalid(wrong)) => wrong.into_iter().map(|w| (w.field.into_owned(), w.code)).collect(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => panic!("it was taken"),
        }
    }

    #[test]
    fn names_are_cut_and_never_blank() {
        assert_eq!(username(&json!({ "username": " Ann  B " })).expect("fine"), "Ann B");
        assert_eq!(username(&json!({ "username": "x".repeat(300) })).expect("fine").chars().count(), LONGEST_NAME);
        for bad in [json!({}), json!({ "username": " \u{200b} " })] {
            assert_eq!(wrong(username(&bad)), [("username".to_owned(), "name_required")], "{bad}");
        }
        assert_eq!(wrong(username(&json!({ "username": 7 }))), [("username".to_owned(), "not_a_string")]);
    }

    #[test]
    fn decisions_are_read_as_they_are_meant() {
        let id = "2c3a3ab1-6a1f-4f0c-9e2f-b1e1a7f6a0aa";
        for (value, allow) in [(json!(true), true), (json!("false"), false), (json!(1), true), (json!("NO"), false)] {
            let body = json!({ "participant_id": id, "allow_entry": value });
            assert_eq!(decision(&body).expect("fine").1, allow, "{body}");
        }
        let fields = wrong(decision(&json!({ "participant_id": "x", "allow_entry": "perhaps" })));
        assert_eq!(
            fields,
            [("participant_id".to_owned(), "uuid_invalid"), ("allow_entry".to_owned(), "boolean_invalid")]
        );
        assert_eq!(wrong(decision(&json!({}))).len(), 2);
    }
}
