//! What a request holds.

use serde_json::Value;

use crate::{
    error::{Error, Result},
    web::fields::{Fields, boolean},
};

/// Whom it is about, and whether they are to be large.
pub fn choice(value: &Value) -> Result<(String, bool)> {
    let mut fields = Fields::of(value)?;
    fields.require("participant_identity", "required");
    fields.require("on", "required");
    let identity = fields.text("participant_identity").and_then(|text| match text {
        "" => fields.wrong("participant_identity", "required"),
        text => Some(text.to_owned()),
    });
    let on = fields.read("on", "boolean_invalid", boolean);
    fields.done()?;
    identity.zip(on).ok_or_else(|| Error::field("participant_identity", "required"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_are_needed_and_nothing_else_is_taken() {
        let fine = choice(&json!({ "participant_identity": "ann~abcdefgh", "on": true })).expect("fine");
        assert_eq!(fine, ("ann~abcdefgh".to_owned(), true));
        for (body, field, expected) in [
            (json!({}), "participant_identity", "required"),
            (json!({ "participant_identity": "ann" }), "on", "required"),
            (json!({ "participant_identity": "", "on": true }), "participant_identity", "required"),
            (json!({ "participant_identity": 7, "on": true }), "participant_identity", "not_a_string"),
            (json!({ "participant_identity": "ann", "on": "perhaps" }), "on", "boolean_invalid"),
            (json!({ "participant_identity": "ann", "on": true, "spotlight": [] }), "spotlight", "unknown_field"),
            (json!([]), "non_field_errors", "not_an_object"),
        ] {
            let Err(Error::Invalid(wrong)) = choice(&body) else { panic!("{body}") };
            assert!(wrong.iter().any(|wrong| wrong.code == expected), "{field} {body}: {wrong:?}");
        }
    }
}
