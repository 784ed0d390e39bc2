//! What requests for rooms ask for, every wrong field at once (contract §1.3).

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    model::{AccessLevel, Configuration, LONGEST_NAME, Room},
    service::NewRoom,
    slug,
};
use crate::{error::Result, users::model::clean_name, web::fields::Fields};

/// What our answers hold and clients send back; none of it is theirs to choose.
const READ_ONLY: &[&str] = &["id", "slug", "pin_code", "accesses", "livekit", "is_administrable"];

/// A room that is to be made, and under which word its slug can be asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The room.
    pub room: NewRoom,
    /// For the creation callback.
    pub callback: Option<Callback>,
}

/// Changes of a room; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Its name, which also makes its slug.
    pub name: Option<String>,
    /// Who comes in without being asked.
    pub access_level: Option<AccessLevel>,
    /// Rights.
    pub configuration: Option<Configuration>,
}

/// The word that a client chose for the room it is about to make. Only its digest is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback(String);

impl Callback {
    /// Any word or number that is not empty, as clients are used to.
    fn read(value: &Value) -> Option<Self> {
        let word = match value {
            Value::String(word) => word.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let digest = || Sha256::digest(&word).iter().map(|byte| format!("{byte:02x}")).collect();
        (!word.is_empty()).then(|| Self(digest()))
    }

    /// The request of the creation callback.
    pub fn parse(value: &Value) -> Result<Self> {
        let mut fields = Fields::of(value)?;
        fields.require("callback_id", "required");
        let callback = fields.read("callback_id", "callback_invalid", Self::read);
        fields.done()?;
        callback.ok_or_else(|| crate::error::Error::field("callback_id", "callback_invalid"))
    }

    /// Where the slug is remembered.
    pub fn key(&self) -> String {
        format!("room-callback:{}", self.0)
    }
}

impl Wanted {
    /// A room that is to be made.
    pub fn parse(value: &Value) -> Result<Self> {
        let mut fields = Fields::of(value)?;
        fields.require("name", "name_required");
        let Changes { name, access_level, configuration } = read(&mut fields, None);
        // The contract's "no callback" has several spellings.
        let none = |value: &Value| matches!(value, Value::Null | Value::Bool(false)) || value == "" || *value == 0;
        let callback = match fields.get("callback_id") {
            Some(value) if !none(value) => {
                Callback::read(value).or_else(|| fields.wrong("callback_id", "callback_invalid"))
            }
            _ => None,
        };
        fields.done().map(|()| Self { room: NewRoom { name, access_level, configuration }, callback })
    }
}

impl Changes {
    /// Changes of `room`. `whole`: the name must be there.
    pub fn parse(value: &Value, room: &Room, whole: bool) -> Result<Self> {
        let mut fields = Fields::of(value)?;
        fields.ignore(&["callback_id"]);
        if whole {
            fields.require("name", "name_required");
        }
        let changes = read(&mut fields, Some(room));
        fields.done().map(|()| changes)
    }
}

fn read(fields: &mut Fields<'_>, present: Option<&Room>) -> Changes {
    fields.ignore(READ_ONLY);
    let name = fields.text("name").and_then(|text| match clean_name(text, LONGEST_NAME) {
        // A name that may stand today need not be one that could be given again.
        Ok(name) if present.is_some_and(|room| room.name == name) => Some(name),
        Ok(name) => match slug::of_name(&name) {
            Ok(_) => Some(name),
            Err(code) => fields.wrong(slug::field_of(code), code),
        },
        Err(code) => fields.wrong("name", code),
    });
    Changes {
        name,
        access_level: fields.read("access_level", "access_level_invalid", AccessLevel::read),
        configuration: fields.read("configuration", "configuration_invalid", Configuration::parse),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::Error;

    fn wrong(value: &Value) -> Vec<(String, &'static str)> {
        match Wanted::parse(value) {
            Err(Error::Invalid(wrong)) => wrong.into_iter().map(|w| (w.field.into_owned(), w.code)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let body = json!({ "name": "x".repeat(101), "access_level": null, "configuration": [], "callback_id": [], "nmae": 1, "id": 7 });
        let fields: Vec<_> = wrong(&body).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["slug", "access_level", "configuration", "callback_id", "nmae"]);
        assert_eq!(wrong(&json!({})), [("name".to_owned(), "name_required")]);
        assert_eq!(wrong(&json!({ "name": " " })), [("name".to_owned(), "name_required")]);
    }

    #[test]
    fn callbacks_are_words_or_numbers_and_meet_again() {
        let of = |value: Value| Wanted::parse(&json!({ "name": "x", "callback_id": value })).expect("fine").callback;
        for none in [json!(""), json!(null), json!(0), json!(false)] {
            assert_eq!(of(none.clone()), None, "{none}");
        }
        let asked = |value: Value| Callback::parse(&json!({ "callback_id": value })).expect("fine");
        assert_eq!(of(json!(17)), Some(asked(json!("17"))));
        assert_ne!(of(json!("a")), Some(asked(json!("b"))));
        for bad in [json!(""), json!(" "), json!(null), json!(true), json!({})] {
            assert!(Callback::parse(&json!({ "callback_id": bad })).is_err(), "{bad}");
        }
        assert!(Callback::parse(&json!({})).is_err());
    }
}
