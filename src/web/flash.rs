//! What a form's answer tells the page that comes next: errors, and what was typed, once. It travels in the session, never in
//! the address: there it would lose the input and let anyone write text into our page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::error::Error;

const KEY: &str = "flash";
/// Longest value that is kept, in characters: a list of addresses that somebody pasted.
const LONGEST: usize = 10_000;

/// Errors, typed values, a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Field and code of each error; an empty field means the form as a whole.
    pub errors: Vec<(String, String)>,
    /// What was typed, by field; never a password.
    pub values: BTreeMap<String, String>,
    /// Code of a notice.
    pub notice: Option<String>,
}

impl Flash {
    /// The flash of a failed form.
    pub fn of(error: &Error, values: &[(&str, &str)]) -> Self {
        let errors = match error {
            Error::Invalid(fields) => {
                fields.iter().map(|e| (e.field.clone().into_owned(), e.code.to_owned())).collect()
            }
            other => vec![(String::new(), other.code().to_owned())],
        };
        // Control characters go: PostgreSQL keeps no NUL in JSON, and no field shows any but the ends of lines.
        let kept = |value: &str| value.chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST).collect();
        let values = values.iter().map(|(field, value)| ((*field).to_owned(), kept(value))).collect();
        Self { errors, values, notice: None }
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
        // Removing counts as a change, even of nothing: a page without a flash must not write the session.
        match session.get_value(KEY).await {
            Ok(Some(_)) => session.remove(KEY).await.ok().flatten().unwrap_or_default(),
            _ => Self::default(),
        }
    }
}
