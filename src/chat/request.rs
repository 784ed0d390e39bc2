//! What a client sends of a message.

use serde_json::Value;

use super::model::{LONGEST_ID, LONGEST_TEXT};
use crate::{
    error::{Error, Result},
    web::fields::Fields,
};

/// A message as its sender's client describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The client's id of it.
    pub id: String,
    /// The text.
    pub text: String,
    /// Id of the message that it answers.
    pub reply_to: Option<String>,
}

impl Said {
    /// Errors: fields `id`, `text`, `reply_to`.
    pub fn parse(value: &Value) -> Result<Self> {
        let mut fields = Fields::of(value)?;
        fields.require("id", "required");
        fields.require("text", "required");
        let id = fields.text("id").and_then(|text| match clean_id(text) {
            Some(id) => Some(id),
            None => fields.wrong("id", "message_id_invalid"),
        });
        let text = fields.text("text").and_then(|text| match text.chars().count() {
            _ if text.trim().is_empty() => fields.wrong("text", "required"),
            0..=LONGEST_TEXT => Some(text.replace('\0', "")),
            _ => fields.wrong("text", "chat_too_long"),
        });
        let reply = fields.read("reply_to", "message_id_invalid", |value| match value {
            Value::Null => Some(None),
            Value::String(text) => clean_id(text).map(Some),
            _ => None,
        });
        fields.done()?;
        match (id, text) {
            (Some(id), Some(text)) => Ok(Self { id, text, reply_to: reply.flatten() }),
            _ => Err(Error::field("text", "required")),
        }
    }
}

/// Letters, digits and what stands between them in the ids of clients.
fn clean_id(text: &str) -> Option<String> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    (!text.is_empty() && text.len() <= LONGEST_ID && text.chars().all(fine)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_clients_send() {
        let said = Said::parse(&json!({ "id": "6f0c-A.b:c_d", "text": " Hello\n", "reply_to": "x1" })).expect("fine");
        assert_eq!(said, Said { id: "6f0c-A.b:c_d".into(), text: " Hello\n".into(), reply_to: Some("x1".into()) });
        for reply in [json!({ "id": "a", "text": "b", "reply_to": null }), json!({ "id": "a", "text": "b" })] {
            assert_eq!(Said::parse(&reply).expect("fine").reply_to, None);
        }
        assert!(Said::parse(&json!({ "id": "a", "text": "é".repeat(LONGEST_TEXT) })).is_ok());
    }

    #[test]
    fn what_they_may_not_send() {
        for (body, field, code) in [
            (json!({ "text": "b" }), "id", "required"),
            (json!({ "id": "a" }), "text", "required"),
            (json!({ "id": "a", "text": " \n" }), "text", "required"),
            (json!({ "id": "a", "text": 7 }), "text", "not_a_string"),
            (json!({ "id": "", "text": "b" }), "id", "message_id_invalid"),
            (json!({ "id": "a b", "text": "b" }), "id", "message_id_invalid"),
            (json!({ "id": "a".repeat(LONGEST_ID + 1), "text": "b" }), "id", "message_id_invalid"),
            (json!({ "id": "a", "text": "é".repeat(LONGEST_TEXT + 1) }), "text", "chat_too_long"),
            (json!({ "id": "a", "text": "b", "reply_to": 1 }), "reply_to", "message_id_invalid"),
            (json!({ "id": "a", "text": "b", "reply_to": "<b>" }), "reply_to", "message_id_invalid"),
            (json!({ "id": "a", "text": "b", "name": "Boss" }), "name", "unknown_field"),
        ] {
            match Said::parse(&body) {
                Err(Error::Invalid(wrong)) => {
                    assert!(wrong.iter().any(|one| one.field == field && one.code == code), "{body}: {wrong:?}");
                }
                other => panic!("{body}: {other:?}"),
            }
        }
    }
}
