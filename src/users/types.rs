//! An account as the REST API shows it.

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{model::User, preferences::LANGUAGES};

/// The contract's user object (§1.2).
#[derive(Clone, Debug, Serialize)]
pub struct UserBody {
    /// Key.
    pub id: Uuid,
    /// E-mail address.
    pub email: Option<String>,
    /// Name.
    pub full_name: Option<String>,
    /// Short name.
    pub short_name: Option<String>,
    /// IANA time zone.
    pub timezone: String,
    /// Language in the contract's spelling, such as `en-us`.
    pub language: String,
    /// Access level of rooms this person makes.
    pub default_room_access_level: Option<String>,
    /// Configuration of rooms this person makes.
    pub default_room_configuration: Value,
}

impl From<User> for UserBody {
    fn from(user: User) -> Self {
        Self {
            language: contract_language(user.language.as_deref()).to_owned(),
            id: user.id,
            email: user.email,
            full_name: user.full_name,
            short_name: user.short_name,
            timezone: user.timezone,
            default_room_access_level: user.default_room_access_level,
            default_room_configuration: user.default_room_configuration.0,
        }
    }
}

/// A language code in the contract's spelling; the default's for none.
fn contract_language(code: Option<&str>) -> &'static str {
    LANGUAGES.iter().find(|(_, ours)| Some(*ours) == code).map_or(LANGUAGES[0].0, |(theirs, _)| *theirs)
}
