//! What people may change about themselves through the REST API (contract §1.2).

use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    defaults::{AccessLevel, Configuration},
    model::User,
    store, timezone,
};
use crate::{
    error::{Error, Result},
    state::AppState,
    web::fields::Fields,
};

/// The contract's spellings of languages, and our codes.
pub const LANGUAGES: [(&str, &str); 4] = [("en-us", "en"), ("fr-fr", "fr"), ("nl-nl", "nl"), ("de-de", "de")];

/// Changes; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    timezone: Option<String>,
    language: Option<&'static str>,
    /// Empty and none both mean no preference, and are told apart by clients.
    access_level: Option<Option<String>>,
    configuration: Option<Configuration>,
}

impl Changes {
    /// What one's new rooms start with; no level: what is usual here.
    pub fn of_new_rooms(level: Option<AccessLevel>, configuration: Configuration) -> Self {
        let access_level = Some(level.map(|level| level.as_str().to_owned()));
        Self { access_level, configuration: Some(configuration), ..Self::default() }
    }

    /// The request's fields, every wrong one at once. `whole`: the time zone must be there.
    pub fn parse(value: &Value, whole: bool) -> Result<Self> {
        let mut fields = Fields::of(value)?;
        fields.ignore(&["id", "email", "full_name", "short_name"]);
        if whole {
            fields.require("timezone", "required");
        }
        let zone = |value: &Value| value.as_str().filter(|name| timezone::exists(name)).map(str::to_owned);
        let language = |value: &Value| {
            let word = value.as_str()?;
            LANGUAGES.iter().find(|(theirs, _)| *theirs == word).map(|(_, ours)| *ours)
        };
        let level = |value: &Value| match value {
            Value::Null => Some(None),
            Value::String(none) if none.is_empty() => Some(Some(String::new())),
            other => AccessLevel::read(other).map(|level| Some(level.as_str().to_owned())),
        };
        let changes = Self {
            timezone: fields.read("timezone", "timezone_unknown", zone),
            language: fields.read("language", "language_unknown", language),
            access_level: fields.read("default_room_access_level", "access_level_invalid", level),
            configuration: fields.read("default_room_configuration", "configuration_invalid", Configuration::parse),
        };
        fields.done().map(|()| changes)
    }
}

/// Whether `user` may change the account `id`: only their own. Errors: `NotFound` without such an account, `Forbidden`.
pub async fn may_change(state: &AppState, user: &User, id: &str) -> Result<()> {
    let id = Uuid::try_parse(id).map_err(|_| Error::NotFound)?;
    if id == user.id {
        return Ok(());
    }
    let mut lent = state.db.lend().await?;
    store::by_id(&mut lent.conn(), id).await?.ok_or(Error::NotFound)?;
    Err(Error::Forbidden)
}

/// Changes one's own account.
pub async fn change(state: &AppState, user: &User, changes: Changes) -> Result<User> {
    let mut tx = state.db.begin().await?;
    let mut now =
        store::locked(&mut tx.conn(), user.id).await?.filter(|user| user.is_active).ok_or(Error::Unauthorized)?;
    if let Some(timezone) = changes.timezone {
        now.timezone = timezone;
    }
    if let Some(language) = changes.language {
        now.language = Some(language.to_owned());
    }
    if let Some(level) = changes.access_level {
        now.default_room_access_level = level;
    }
    if let Some(configuration) = changes.configuration {
        now.default_room_configuration = Json(serde_json::to_value(configuration).map_err(anyhow::Error::from)?);
    }
    now.updated_at = state.clock.now();
    store::set_preferences(&mut tx.conn(), &now).await?;
    tx.commit().await?;
    Ok(now)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_wrong_field_is_told_and_read_only_ones_are_not_looked_at() {
        let body = json!({ "timezone": "Mars/Base", "language": "xx", "default_room_access_level": "open",
            "default_room_configuration": null, "email": 7, "id": "x", "nickname": "y" });
        let Err(Error::Invalid(wrong)) = Changes::parse(&body, true) else { panic!("wrong") };
        let fields: Vec<_> = wrong.iter().map(|w| w.field.as_ref()).collect();
        assert_eq!(
            fields,
            ["timezone", "language", "default_room_access_level", "default_room_configuration", "nickname"]
        );
        assert!(Changes::parse(&json!({}), true).is_err(), "all of it needs the time zone");
        assert_eq!(Changes::parse(&json!({ "email": "x" }), false).expect("fine"), Changes::default());
    }
}
