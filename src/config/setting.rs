//! What a setting is. Each is described once, beside the code that reads it: the description gives its flag, variable and TOML
//! key, its default, what `visavis config` prints, and `docs/configuration.md`.

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name in a TOML file; tables become dots.
    pub key: &'static str,
    /// What a right value is; completes "expected …".
    pub kind: &'static str,
    /// What holds when nobody gives it.
    pub fallback: Fallback,
    /// Whether its value may be shown.
    pub secrecy: Secrecy,
    /// Whether `--help` names its flag. The others have one as well.
    pub in_help: bool,
    meaning: &'static str,
}

/// What holds when a setting is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// Nothing: what it is about is off.
    Off,
    /// This value.
    Value(&'static str),
    /// Something worked out, told in words.
    Told(&'static str),
}

/// Whether a value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// To everybody.
    Open,
    /// To nobody.
    Secret,
    /// A URL, but for the password in it.
    Url,
}

impl Setting {
    /// A setting that is off when it is not given.
    pub const fn new(key: &'static str, kind: &'static str, meaning: &'static str) -> Self {
        Self { key, kind, meaning, fallback: Fallback::Off, secrecy: Secrecy::Open, in_help: false }
    }

    /// With this value when it is not given.
    pub const fn default(mut self, value: &'static str) -> Self {
        self.fallback = Fallback::Value(value);
        self
    }

    /// With a value that is worked out when it is not given; in words.
    pub const fn told(mut self, words: &'static str) -> Self {
        self.fallback = Fallback::Told(words);
        self
    }

    /// Never shown, and can come from a file that `…_file` names.
    pub const fn secret(mut self) -> Self {
        self.secrecy = Secrecy::Secret;
        self
    }

    /// A URL that may hold a password; can come from a file that `…_file` names.
    pub const fn secret_url(mut self) -> Self {
        self.secrecy = Secrecy::Url;
        self
    }

    /// Named by `--help`.
    pub const fn help(mut self) -> Self {
        self.in_help = true;
        self
    }

    /// What it is for, in a sentence.
    pub fn meaning(&self) -> &'static str {
        self.meaning.trim()
    }

    /// Whether it is on or off.
    pub fn is_switch(&self) -> bool {
        self.kind == ON_OFF
    }

    /// Whether a file can hold it.
    pub fn is_secret(&self) -> bool {
        self.secrecy != Secrecy::Open
    }

    /// `livekit.api_key` → `VISAVIS_LIVEKIT_API_KEY`.
    pub fn variable(&self) -> String {
        variable(self.key)
    }

    /// `livekit.api_key` → `livekit-api-key`.
    pub fn flag(&self) -> String {
        self.key.replace(['.', '_'], "-")
    }

    /// The key that names a file which holds the value.
    pub fn file_key(&self) -> String {
        format!("{}_file", self.key)
    }

    /// The value as it may be shown.
    pub fn masked(&self, value: &str) -> String {
        match self.secrecy {
            Secrecy::Open => value.to_owned(),
            Secrecy::Secret => "••••••••".to_owned(),
            Secrecy::Url => without_password(value),
        }
    }
}

/// The environment variable of a key.
pub(super) fn variable(key: &str) -> String {
    format!("VISAVIS_{}", key.replace('.', "_").to_uppercase())
}

/// `postgres://me:word@host/db?password=word` → `postgres://me:••••@host/db`. What does not parse may hide a password anywhere.
fn without_password(text: &str) -> String {
    if let Some(path) = text.strip_prefix("sqlite:") {
        return format!("sqlite:{}", path.split('?').next().unwrap_or_default());
    }
    let Ok(url) = url::Url::parse(text) else { return "••••••••".to_owned() };
    let user = match (url.username(), url.password()) {
        ("", None) => String::new(),
        (user, None) => format!("{user}@"),
        (user, Some(_)) => format!("{user}:••••@"),
    };
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    format!("{}://{user}{}{port}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

/// Describes the settings of a section: a doc comment that gives the meaning, a name, the key, what a right value is, and then any
/// of `default "…"`, `told "…"`, `secret`, `secret_url`, `help`. Makes a constant of each, and `SETTINGS`, the list of all.
macro_rules! settings {
    ($($(#[doc = $line:literal])+ $name:ident: $key:literal, $kind:expr $(, $word:ident $($text:literal)?)*;)+) => {
        $(
            $(#[doc = $line])+
            pub(super) const $name: $crate::config::Setting =
                $crate::config::Setting::new($key, $kind, concat!($($line),+))$(.$word($($text)?))*;
        )+
        /// Every setting of this section.
        pub(super) const SETTINGS: &[$crate::config::Setting] = &[$($name),+];
    };
}
pub(super) use settings;

/// [`Setting::kind`] of what is on or off.
pub(super) const ON_OFF: &str = "true or false";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_shown_nowhere() {
        let setting = Setting::new("database_url", "a URL", "").secret_url();
        for (value, shown) in [
            ("postgres://me:word@host:5/db?password=word", "postgres://me:••••@host:5/db"),
            ("redis://:word@host/0", "redis://:••••@host/0"),
            ("postgres://host/db", "postgres://host/db"),
            ("sqlite:/a/b.db?key=word", "sqlite:/a/b.db"),
            ("host=x password=word", "••••••••"),
        ] {
            assert_eq!(setting.masked(value), shown);
        }
    }
}
