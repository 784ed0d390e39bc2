//! What requests of those in a call hold (contract §1.5).

use serde_json::Value;

use crate::{
    error::{Error, Result},
    rooms::entry::cut_name,
    web::fields::{Fields, boolean},
};

/// Longest name that is taken, in characters; a call shows the beginning of it, as for those who come in.
const LONGEST: usize = 255;

/// Whether the hand is to be up.
pub fn raised(value: &Value) -> Result<bool> {
    let mut fields = Fields::of(value)?;
    fields.require("raised", "required");
    let raised = fields.read("raised", "boolean_invalid", boolean);
    fields.done()?;
    raised.ok_or_else(|| Error::field("raised", "required"))
}

/// The new name.
pub fn name(value: &Value) -> Result<String> {
    let mut fields = Fields::of(value)?;
    fields.require("name", "name_required");
    let name = fields.text("name").and_then(|text| match cut_name(text, LONGEST) {
        Ok(name) => Some(name),
        Err(code) => fields.wrong("name", code),
    });
    fields.done()?;
    name.ok_or_else(|| Error::field("name", "name_required"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rooms::entry::LONGEST_NAME;

    fn code<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
        match result {
            Err(Error::Invalid(wrong)) => wrong.first().map_or("", |wrong| wrong.code),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn hands_are_up_or_down() {
        for (value, expected) in [(json!(true), true), (json!(0), false), (json!("no"), false)] {
            assert_eq!(raised(&json!({ "raised": value })).expect("fine"), expected);
        }
        for (body, expected) in [
            (json!({}), "required"),
            (json!({ "raised": null }), "boolean_invalid"),
            (json!({ "raised": "perhaps" }), "boolean_invalid"),
            (json!({ "raised": true, "handRaisedAt": "1970-01-01" }), "unknown_field"),
            (json!([]), "not_an_object"),
        ] {
            assert_eq!(code(raised(&body)), expected, "{body}");
        }
    }

    #[test]
    fn names_are_what_they_are_at_the_door() {
        assert_eq!(name(&json!({ "name": " Ann \u{202e} B\n" })).expect("fine"), "Ann B");
        assert_eq!(name(&json!({ "name": "x".repeat(255) })).expect("cut").chars().count(), LONGEST_NAME);
        for (body, expected) in [
            (json!({ "name": "x".repeat(256) }), "name_too_long"),
            (json!({ "name": " \u{200b}" }), "name_required"),
            (json!({}), "name_required"),
            (json!({ "name": 7 }), "not_a_string"),
        ] {
            assert_eq!(code(name(&body)), expected, "{body}");
        }
    }
}
