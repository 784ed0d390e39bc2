//! What requests hold.

use serde_json::Value;

use super::rights::Wanted;
use crate::{
    error::Result,
    web::fields::{Fields, boolean},
};

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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::Error;

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
}
