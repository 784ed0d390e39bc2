//! What requests for roles ask for, every wrong field at once.

use serde_json::Value;
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    rooms::model::Role,
    web::fields::Fields,
};

/// A role that somebody is to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewAccess {
    /// Who.
    pub user: Uuid,
    /// In which room.
    pub room: Uuid,
    /// As what.
    pub role: Role,
}

fn key(fields: &mut Fields<'_>, name: &'static str) -> Option<Uuid> {
    fields.read(name, "uuid_invalid", |value| value.as_str().and_then(|text| Uuid::try_parse(text).ok()))
}

fn role(fields: &mut Fields<'_>) -> Option<Role> {
    fields.read("role", "role_invalid", |value| value.as_str().and_then(|word| word.parse().ok()))
}

/// Who and where must be there; without a role it is that of a member.
pub fn new(value: &Value) -> Result<NewAccess> {
    let mut fields = Fields::of(value)?;
    fields.ignore(&["id"]);
    fields.require("user", "required");
    fields.require("resource", "required");
    let (user, room, role) = (key(&mut fields, "user"), key(&mut fields, "resource"), role(&mut fields));
    fields.done()?;
    let missing = || Error::field("non_field_errors", "required");
    Ok(NewAccess {
        user: user.ok_or_else(missing)?,
        room: room.ok_or_else(missing)?,
        role: role.unwrap_or(Role::Member),
    })
}

/// The new role, if one is given. Whose and where stays as it is, whatever is said; `whole`: it must be said all the same.
pub fn change(value: &Value, whole: bool) -> Result<Option<Role>> {
    let mut fields = Fields::of(value)?;
    fields.ignore(&["id"]);
    if whole {
        fields.require("user", "required");
        fields.require("resource", "required");
    }
    let (_, _, role) = (key(&mut fields, "user"), key(&mut fields, "resource"), role(&mut fields));
    fields.done().map(|()| role)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let told = |result: Result<NewAccess>| match result {
            Err(Error::Invalid(wrong)) => wrong.into_iter().map(|w| (w.field.into_owned(), w.code)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let wrong = told(new(&json!({ "user": "x", "role": "king", "team": 1 })));
        let names: Vec<_> = wrong.iter().map(|(field, code)| (field.as_str(), *code)).collect();
        assert_eq!(
            names,
            [("resource", "required"), ("user", "uuid_invalid"), ("role", "role_invalid"), ("team", "unknown_field")]
        );
        let id = Uuid::nil();
        assert_eq!(new(&json!({ "user": id, "resource": id })).expect("fine").role, Role::Member);
        assert_eq!(change(&json!({ "role": "owner" }), false).expect("fine"), Some(Role::Owner));
        assert_eq!(change(&json!({}), false).expect("fine"), None);
        assert!(change(&json!({ "role": "owner" }), true).is_err() && change(&json!({ "role": null }), false).is_err());
    }
}
