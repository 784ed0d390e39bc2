//! What the contract's request holds (§1.6).

use serde_json::Value;

use super::model::{Addressee, MOST, New};
use crate::{error::Result, i18n::Lang, users::model::Email, web::fields::Fields};

/// The addresses, as the contract has it: a list, of which every wrong item is told as `emails/<place>`. Errors: those, and field
/// `emails` (`required`, `not_a_list`, `addresses_required`, `addresses_too_many`).
pub fn read(value: &Value, lang: Lang) -> Result<New> {
    let mut fields = Fields::of(value)?;
    fields.require("emails", "required");
    let mut to: Vec<Addressee> = Vec::new();
    match fields.get("emails") {
        Some(Value::Array(items)) if items.is_empty() => drop(fields.wrong::<()>("emails", "addresses_required")),
        Some(Value::Array(items)) if items.len() > MOST => drop(fields.wrong::<()>("emails", "addresses_too_many")),
        Some(Value::Array(items)) => {
            for (place, item) in items.iter().enumerate() {
                match item.as_str().ok_or("not_a_string").and_then(Email::try_from) {
                    Ok(email) if to.iter().any(|before| before.email.folded() == email.folded()) => {}
                    Ok(email) => to.push(Addressee { email, name: None }),
                    Err(code) => drop(fields.wrong::<()>(format!("emails/{place}"), code)),
                }
            }
        }
        Some(_) => drop(fields.wrong::<()>("emails", "not_a_list")),
        None => {}
    }
    fields.done().map(|()| New { to, message: String::new(), lang, time: None })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::Error;

    #[test]
    fn every_wrong_address_is_told_by_its_place() {
        let new = read(&json!({ "emails": ["a@b.org", "A@b.org", "c@d.org"] }), Lang::Fr).expect("fine");
        assert_eq!(new.to.iter().map(|to| to.email.as_str()).collect::<Vec<_>>(), ["a@b.org", "c@d.org"]);
        let many: Vec<_> = (0..=MOST).map(|n| format!("a{n}@b.org")).collect();
        for (body, expected) in [
            (json!({}), vec![("emails", "required")]),
            (json!({ "emails": "a@b.org" }), vec![("emails", "not_a_list")]),
            (json!({ "emails": [] }), vec![("emails", "addresses_required")]),
            (json!({ "emails": many }), vec![("emails", "addresses_too_many")]),
            (
                json!({ "emails": ["a", "a@b.org", 7, "a@b.org\r\nBcc: x@y.zz"] }),
                vec![("emails/0", "email_invalid"), ("emails/2", "not_a_string"), ("emails/3", "email_invalid")],
            ),
            (json!({ "emails": ["a@b.org"], "bcc": [] }), vec![("bcc", "unknown_field")]),
        ] {
            let Err(Error::Invalid(wrong)) = read(&body, Lang::En) else { panic!("{body}") };
            assert_eq!(wrong.iter().map(|one| (one.field.as_ref(), one.code)).collect::<Vec<_>>(), expected, "{body}");
        }
    }
}
