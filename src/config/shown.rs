//! The settings as they are, for whoever asks: no secret among them.

use serde::Serialize;

use super::{
    every,
    setting::{Fallback, Setting},
    source::{Origin, Source},
};

/// One setting with its value.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// Its name in a TOML file.
    pub key: &'static str,
    /// Its name in the environment.
    pub variable: String,
    /// What it is for.
    pub meaning: &'static str,
    /// What a right value is.
    pub kind: &'static str,
    /// What holds when nobody gives it; `None`: nothing.
    pub default: Option<&'static str>,
    /// What holds; `None`: nothing. A secret is masked.
    pub value: Option<String>,
    /// `flag`, `environment`, `toml`, `file`, `generated` or `default`.
    pub origin: &'static str,
    /// The file it comes from.
    pub file: Option<String>,
    /// Whether the value is masked.
    pub secret: bool,
}

impl Source {
    /// Every setting, with what was found when they were read.
    pub fn shown(&self) -> Vec<Shown> {
        every().map(|setting| self.show(setting)).collect()
    }

    fn show(&self, setting: &Setting) -> Shown {
        let found = self.found.get(setting.key);
        let default = match setting.fallback {
            Fallback::Off => None,
            Fallback::Value(text) | Fallback::Told(text) => Some(text),
        };
        let (origin, file) = match found.map_or(&Origin::Default, |(_, origin)| origin) {
            Origin::Flag => ("flag", None),
            Origin::Environment => ("environment", None),
            Origin::Toml(name) => ("toml", Some(name.clone())),
            Origin::File(name) => ("file", Some(name.clone())),
            Origin::Generated(name) => ("generated", Some(name.clone())),
            Origin::Default => ("default", None),
        };
        Shown {
            key: setting.key,
            variable: setting.variable(),
            meaning: setting.meaning(),
            kind: setting.kind,
            default,
            value: found.map(|(value, _)| setting.masked(value)).or_else(|| default.map(str::to_owned)),
            origin,
            file,
            secret: setting.is_secret(),
        }
    }
}
