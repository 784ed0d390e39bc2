//! Where a setting's value comes from.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    str::FromStr,
};

use super::setting::{Fallback, Setting, variable};

/// One setting that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {what}")]
pub struct Problem {
    /// The setting, as its environment variable spells it.
    pub setting: String,
    /// What is wrong with it, and what would be right.
    pub what: String,
}

/// Where a value was found; what comes first wins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The command line.
    Flag,
    /// A variable.
    Environment,
    /// The TOML file of this name.
    Toml(String),
    /// A file that holds nothing else, named by `…_file`.
    File(String),
    /// Made by us and kept in this file.
    Generated(String),
    /// Nobody gave one.
    Default,
}

/// The values given by the command line, the environment and the file, and what was found wrong so far.
#[derive(Clone, Debug, Default)]
pub struct Source {
    flags: BTreeMap<String, String>,
    pub(super) env: BTreeMap<String, String>,
    pub(super) file: BTreeMap<String, String>,
    file_name: String,
    /// What was asked for, with what was found.
    pub(super) found: BTreeMap<&'static str, (String, Origin)>,
    pub(super) asked: BTreeSet<&'static str>,
    pub(super) only_looking: bool,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

impl Source {
    /// Flags by setting name (`livekit.api_key`), and the environment; only `VISAVIS_*` of it is looked at.
    pub fn new(flags: BTreeMap<String, String>, env: impl Iterator<Item = (String, String)>) -> Self {
        let env = env.filter(|(name, value)| name.starts_with("VISAVIS_") && !value.is_empty()).collect();
        Self { flags, env, ..Self::default() }
    }

    /// Adds the values of a TOML text; tables become dots, lists are joined by commas.
    pub fn with_toml(mut self, name: &str, text: &str) -> Self {
        name.clone_into(&mut self.file_name);
        match text.parse::<toml::Table>() {
            Ok(table) => flatten("", &table, &mut self.file),
            Err(error) => self.problems.push(Problem { setting: name.to_owned(), what: error.to_string() }),
        }
        self
    }

    /// Adds the values of a TOML file.
    pub fn with_file(mut self, path: &std::path::Path) -> Self {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => self.with_toml(&name, &text),
            Err(error) => {
                let what = format!("{name} cannot be read: {error}");
                self.problems.push(Problem { setting: variable("config"), what });
                self
            }
        }
    }

    /// Reading makes nothing: no folder, no secret.
    pub fn only_looking(mut self) -> Self {
        self.only_looking = true;
        self
    }

    fn given(&self, key: &str) -> Option<(String, Origin)> {
        let trimmed = |value: &String| value.trim().to_owned();
        let flag = self.flags.get(key).map(|value| (trimmed(value), Origin::Flag));
        flag.or_else(|| self.env.get(&variable(key)).map(|value| (trimmed(value), Origin::Environment)))
            .or_else(|| self.file.get(key).map(|value| (trimmed(value), Origin::Toml(self.file_name.clone()))))
    }

    /// The value of a setting as it was given: by itself, or, for a secret, in the file that `…_file` names.
    pub fn text(&mut self, setting: &Setting) -> Option<String> {
        self.asked.insert(setting.key);
        let found = self.given(setting.key);
        let file = setting.is_secret().then(|| self.given(&setting.file_key())).flatten();
        let (value, origin) = match (found, file) {
            (Some((_, direct)), Some((path, named))) if named < direct => self.content(setting, path)?,
            (Some(found), _) => found,
            (None, Some((path, _))) => self.content(setting, path)?,
            (None, None) => return None,
        };
        self.found.insert(setting.key, (value.clone(), origin));
        Some(value)
    }

    fn content(&mut self, setting: &Setting, path: String) -> Option<(String, Origin)> {
        match std::fs::read_to_string(&path) {
            Ok(value) => Some((value.trim().to_owned(), Origin::File(path))),
            Err(error) => {
                let setting = variable(&setting.file_key());
                self.problems.push(Problem { setting, what: format!("{path} cannot be read: {error}") });
                None
            }
        }
    }

    /// A value that parses, or nothing when it is not given.
    pub fn optional<T: FromStr>(&mut self, setting: &Setting) -> Option<T> {
        let text = self.text(setting)?;
        let value = text.parse().ok();
        if value.is_none() {
            let text = setting.masked(&text);
            self.problem(setting, format!("expected {}, found “{text}”", setting.kind));
        }
        value
    }

    /// A value that parses, or the setting's default.
    pub fn value<T: FromStr>(&mut self, setting: &Setting) -> T {
        self.optional(setting)
            .or_else(|| default(setting))
            .unwrap_or_else(|| unreachable!("{} has a default", setting.key))
    }

    /// Values with commas between them; none when it is not given.
    pub fn list<T: FromStr>(&mut self, setting: &Setting) -> Vec<T> {
        let text = self.text(setting).unwrap_or_else(|| default(setting).unwrap_or_default());
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        let (mut values, mut wrong) = (Vec::new(), Vec::new());
        for word in words {
            match word.parse() {
                Ok(value) => values.push(value),
                Err(_) => wrong.push(setting.masked(word)),
            }
        }
        if !wrong.is_empty() {
            self.problem(setting, format!("expected {}, found “{}”", setting.kind, wrong.join("”, “")));
        }
        values
    }

    /// A path.
    pub fn path(&mut self, setting: &Setting) -> Option<PathBuf> {
        self.text(setting).map(PathBuf::from)
    }

    /// Notes that a setting is wrong.
    pub fn problem(&mut self, setting: &Setting, what: impl Into<String>) {
        self.problems.push(Problem { setting: setting.variable(), what: what.into() });
    }

    /// Notes a value that we made and keep in a file.
    pub(super) fn made(&mut self, setting: &Setting, value: &str, path: &std::path::Path) {
        self.found.insert(setting.key, (value.to_owned(), Origin::Generated(path.display().to_string())));
    }
}

fn default<T: FromStr>(setting: &Setting) -> Option<T> {
    match setting.fallback {
        Fallback::Value(text) => text.parse().ok(),
        Fallback::Off | Fallback::Told(_) => None,
    }
}

fn flatten(prefix: &str, table: &toml::Table, into: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, into),
            toml::Value::Array(items) => {
                into.insert(key, items.iter().map(text).collect::<Vec<_>>().join(","));
            }
            other => {
                into.insert(key, text(other));
            }
        }
    }
}

fn text(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
