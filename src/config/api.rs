//! What the REST API lets people see and do.

use std::str::FromStr;

use super::{
    Source,
    setting::{ON_OFF, settings},
};

settings! {
    /// Whether everybody who is signed in may list all accounts with their addresses.
    USER_LISTING: "user_listing", ON_OFF, default "false";
    /// Who comes into a new room without being asked, when its maker does not say.
    DEFAULT_ACCESS_LEVEL: "default_access_level", "public, trusted or restricted", default "public";
}

/// Settings of the API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Whether everybody who is signed in may list all accounts with their addresses.
    pub user_listing: bool,
    /// Who comes into a new room without being asked: `public`, `trusted` or `restricted`.
    pub default_access_level: String,
}

/// One of the contract's words.
struct Level(String);

impl FromStr for Level {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        matches!(word, "public" | "trusted" | "restricted").then(|| Self(word.to_owned())).ok_or(())
    }
}

impl Api {
    pub(super) fn read(source: &mut Source) -> Self {
        let Level(default_access_level) = source.value(&DEFAULT_ACCESS_LEVEL);
        Self { user_listing: source.value(&USER_LISTING), default_access_level }
    }
}
