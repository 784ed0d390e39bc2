//! What a form shows when it comes back: what was typed, and what was wrong with it.

use std::collections::BTreeMap;

use visavis::i18n::{Lang, errors};

/// The state of a form between POST and the GET that follows.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// Field name and error code. The empty name is for what concerns the form as a whole.
    pub errors: Vec<(String, String)>,
    /// What was typed, by field name. Never a password.
    pub values: BTreeMap<String, String>,
    /// Code of what went well.
    pub notice: Option<String>,
}

impl FormState {
    /// What was typed into a field.
    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// The sentence of what is wrong with a field.
    pub fn error(&self, lang: Lang, field: &str) -> Option<&'static str> {
        let (_, code) = self.errors.iter().find(|(name, _)| name == field)?;
        Some(errors::by_code(lang, code).unwrap_or_else(|| errors::internal(lang)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_a_sentence_even_when_its_code_has_none() {
        let form = FormState {
            errors: vec![("email".into(), "email_invalid".into()), (String::new(), "no_such_code".into())],
            ..FormState::default()
        };
        assert_eq!(form.error(Lang::En, "email"), Some(errors::email_invalid(Lang::En)));
        assert_eq!(form.error(Lang::En, ""), Some(errors::internal(Lang::En)));
        assert_eq!(form.error(Lang::En, "name"), None);
    }
}
