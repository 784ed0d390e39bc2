//! What a form's answer tells the page that comes next: errors, and what was typed, once. It travels in the session, never in
//! the address: there it would lose the input and let anyone write text into our page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::error::Error;

const KEY: &str = "flash";

/// Errors, typed values, a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Field and code of each error; an empty field means the form as a whole.
    pub errors: Vec<(String, String)>,
    /// What was typed, by field; never a password.
    pub values: BTreeMap<String, String>,
    /// Code of a notice.
    pub notice: Option<String>,
    /// Seconds until it is worth trying again.
    pub retry_after: Option<u64>,
}

impl Flash {
    /// The flash of a failed form.
    pub fn of(error: &Error, values: &[(&str, &str)]) -> Self {
        let errors = match error {
            Error::Invalid(fields) => fields.iter().map(|e| (e.field.to_owned(), e.code.to_owned())).collect(),
            other => vec![(String::new(), other.code().to_owned())],
        };
        let retry_after = match error {
            Error::RateLimited { retry_after } => Some(retry_after.as_secs().max(1)),
            _ => None,
        };
        let values =
            values.iter().map(|(field, value)| ((*field).to_owned(), value.chars().take(2000).collect())).collect();
        Self { errors, values, notice: None, retry_after }
    }

    /// The flash of something that worked.
    pub fn notice(code: &str) -> Self {
        Self { notice: Some(code.to_owned()), ..Self::default() }
    }

    /// Leaves it for the next page.
    pub async fn leave(self, session: &Session) {
        if let Err(error) = session.insert(KEY, self).await {
            tracing::error!(%error, "A flash could not be kept");
        }
    }

    /// Takes what the previous answer left.
    pub async fn take(session: &Session) -> Self {
        session.remove(KEY).await.ok().flatten().unwrap_or_default()
    }

    /// The code of a field's error.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|(name, _)| name == field).map(|(_, code)| code.as_str())
    }

    /// What was typed into a field.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }
}
