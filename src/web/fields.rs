//! The fields of a JSON body, read one by one; everything that is wrong with them is told at once, fields that we do not
//! know included: a misspelt one must not pass for one that was left out.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::error::{Error, FieldError, FieldErrors, Result};

/// Unknown fields that one answer names, and how much of each name.
const NAMED: usize = 20;
const NAME: usize = 100;

/// A body that is being read.
#[derive(Debug)]
pub struct Fields<'v> {
    object: &'v Map<String, Value>,
    known: Vec<&'static str>,
    wrong: FieldErrors,
}

impl<'v> Fields<'v> {
    /// Errors: field `non_field_errors`, `not_an_object`.
    pub fn of(value: &'v Value) -> Result<Self> {
        let object = value.as_object().ok_or_else(|| Error::field("non_field_errors", "not_an_object"))?;
        Ok(Self { object, known: Vec::new(), wrong: Vec::new() })
    }

    /// What is given under a name.
    pub fn get(&mut self, name: &'static str) -> Option<&'v Value> {
        self.known.push(name);
        self.object.get(name)
    }

    /// A text; null is none (`required`).
    pub fn text(&mut self, name: &'static str) -> Option<&'v str> {
        match self.get(name)? {
            Value::String(text) => Some(text),
            Value::Null => self.wrong(name, "required"),
            _ => self.wrong(name, "not_a_string"),
        }
    }

    /// A value that `read` understands, else `code`.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        code: &'static str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(name)?;
        read(value).or_else(|| self.wrong(name, code))
    }

    /// Must be there, whatever it is.
    pub fn require(&mut self, name: &'static str, code: &'static str) {
        if !self.object.contains_key(name) {
            self.wrong::<()>(name, code);
        }
    }

    /// Allowed to be there, and without effect: what our answers hold and clients send back.
    pub fn ignore(&mut self, names: &[&'static str]) {
        self.known.extend_from_slice(names);
    }

    /// Notes that something is wrong with a field.
    pub fn wrong<T>(&mut self, field: impl Into<Cow<'static, str>>, code: &'static str) -> Option<T> {
        self.wrong.push(FieldError::new(field, code));
        None
    }

    /// Everything that was wrong.
    pub fn done(mut self) -> Result<()> {
        let unknown = self.object.keys().filter(|name| !self.known.contains(&name.as_str()));
        let shown = unknown.take(NAMED).map(|name| name.chars().take(NAME).collect::<String>());
        self.wrong.extend(shown.map(|name| FieldError::new(name, "unknown_field")));
        if self.wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(self.wrong)) }
    }
}

/// Words and numbers count as what they mean, as the contract has it: `"no"` is false.
pub fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(yes) => Some(*yes),
        Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
        Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
        Value::String(word) => match word.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Some(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let body = json!({ "a": 1, "b": null, "c": "fine", "id": 7, "naem": "x" });
        let mut fields = Fields::of(&body).expect("an object");
        assert_eq!((fields.text("a"), fields.text("b"), fields.text("c")), (None, None, Some("fine")));
        fields.require("d", "required");
        fields.ignore(&["id", "d"]);
        let Err(Error::Invalid(wrong)) = fields.done() else { panic!("something is wrong") };
        let told: Vec<_> = wrong.iter().map(|w| (w.field.as_ref(), w.code)).collect();
        assert_eq!(told, [("a", "not_a_string"), ("b", "required"), ("d", "required"), ("naem", "unknown_field")]);
        assert!(Fields::of(&json!([])).is_err());
    }
}
