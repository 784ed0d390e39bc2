//! What the REST API lets people see and do.

use super::{
    Source,
    setting::{ON_OFF, settings},
};

settings! {
    /// Whether everybody who is signed in may list all accounts with their addresses.
    USER_LISTING: "user_listing", ON_OFF, default "false";
}

/// Settings of the API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Whether everybody who is signed in may list all accounts with their addresses.
    pub user_listing: bool,
}

impl Api {
    pub(super) fn read(source: &mut Source) -> Self {
        Self { user_listing: source.value(&USER_LISTING) }
    }
}
