//! Where a setting's value comes from.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    str::FromStr,
};

/// One setting that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {what}")]
pub struct Problem {
    /// The setting, as its environment variable spells it.
    pub setting: String,
    /// What is wrong with it, and what would be right.
    pub what: String,
}

/// The values given by the command line, the environment and the file, and what was found wrong so far.
#[derive(Clone, Debug, Default)]
pub struct Source {
    flags: BTreeMap<String, String>,
    env: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    asked: BTreeSet<String>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

/// `livekit.api_key` → `VISAVIS_LIVEKIT_API_KEY`.
fn variable(key: &str) -> String {
    format!("VISAVIS_{}", key.replace('.', "_").to_uppercase())
}

impl Source {
    /// Flags by setting name (`livekit.api_key`), and the environment; only `VISAVIS_*` of it is looked at.
    pub fn new(flags: BTreeMap<String, String>, env: impl Iterator<Item = (String, String)>) -> Self {
        let env = env.filter(|(name, value)| name.starts_with("VISAVIS_") && !value.is_empty()).collect();
        Self { flags, env, ..Self::default() }
    }

    /// Adds the values of a TOML text; tables become dots.
    pub fn with_toml(mut self, name: &str, text: &str) -> Self {
        match text.parse::<toml::Table>() {
            Ok(table) => flatten("", &table, &mut self.file),
            Err(error) => self.problems.push(Problem { setting: name.to_owned(), what: error.to_string() }),
        }
        self
    }

    /// The raw value of a setting.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.asked.insert(key.to_owned());
        let given = self.flags.get(key).or_else(|| self.env.get(&variable(key))).or_else(|| self.file.get(key));
        given.map(|value| value.trim().to_owned())
    }

    /// A secret: the setting itself, or the content of the file that `…_FILE` names.
    pub fn secret(&mut self, key: &str) -> Option<String> {
        let file_key = format!("{key}_file");
        let path = self.text(&file_key);
        if let Some(value) = self.text(key) {
            return Some(value);
        }
        let path = path?;
        match std::fs::read_to_string(&path) {
            Ok(value) => Some(value.trim().to_owned()),
            Err(error) => {
                self.problem(&file_key, format!("{path} cannot be read: {error}"));
                None
            }
        }
    }

    /// A path.
    pub fn path(&mut self, key: &str) -> Option<PathBuf> {
        self.text(key).map(PathBuf::from)
    }

    /// A value of a type that parses; `expected` completes "expected …".
    pub fn parsed<T: FromStr>(&mut self, key: &str, expected: &str) -> Option<T> {
        let text = self.text(key)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.problem(key, format!("expected {expected}, found “{text}”"));
        }
        value
    }

    /// Notes that a setting is wrong.
    pub fn problem(&mut self, key: &str, what: impl Into<String>) {
        self.problems.push(Problem { setting: variable(key), what: what.into() });
    }

    /// Notes every setting of the file that nobody asked for. (The environment may hold variables of scripts around us.)
    pub fn unknown(&mut self) {
        for key in self.file.keys().filter(|key| !self.asked.contains(*key)) {
            self.problems.push(Problem { setting: key.clone(), what: "there is no such setting".to_owned() });
        }
    }
}

fn flatten(prefix: &str, table: &toml::Table, into: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, into),
            toml::Value::String(text) => {
                into.insert(key, text.clone());
            }
            other => {
                into.insert(key, other.to_string());
            }
        }
    }
}
