//! What an account is, and what may stand in its fields.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use crate::i18n::Lang;

/// Longest name, in characters (the contract's `full_name`).
pub const LONGEST_NAME: usize = 100;
/// Longest e-mail address, in bytes (RFC 5321 §4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// Somebody with an account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct User {
    /// Key.
    pub id: Uuid,
    /// Subject at the identity provider; none for accounts made here.
    pub sub: Option<String>,
    /// E-mail address, as it was written.
    pub email: Option<String>,
    /// Name.
    pub full_name: Option<String>,
    /// Short name.
    pub short_name: Option<String>,
    /// Language code; none: what the browser says.
    pub language: Option<String>,
    /// Light or dark; none: like the device.
    pub theme: Option<String>,
    /// When a mail to the address was shown to have arrived.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// IANA time zone.
    pub timezone: String,
    /// Argon2id, PHC string; none: no password.
    pub password_hash: Option<String>,
    /// Runs this instance.
    pub is_admin: bool,
    /// May sign in; an inactive account is treated like a stranger everywhere.
    pub is_active: bool,
    /// Access level of rooms this person makes.
    pub default_room_access_level: Option<String>,
    /// Configuration of rooms this person makes.
    pub default_room_configuration: Json<Value>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl User {
    /// What LiveKit and the contract know this person by: the provider's subject, else the account's id.
    pub fn subject(&self) -> String {
        self.sub.clone().unwrap_or_else(|| self.id.to_string())
    }

    /// The address for comparison, as [`Email::folded`].
    pub fn folded_email(&self) -> Option<String> {
        self.email.as_deref().map(fold)
    }

    /// The language they chose; none: what the browser says.
    pub fn lang(&self) -> Option<Lang> {
        self.language.as_deref().and_then(Lang::from_code)
    }

    /// What others see: name, else e-mail address, else the id.
    pub fn display_name(&self) -> String {
        [&self.full_name, &self.email]
            .into_iter()
            .flatten()
            .find(|text| !text.is_empty())
            .cloned()
            .unwrap_or_else(|| self.id.to_string())
    }
}

fn fold(address: &str) -> String {
    address.to_lowercase()
}

/// An e-mail address that mail could be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For comparison: two spellings of one address are one account.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl TryFrom<&str> for Email {
    type Error = &'static str;

    /// Errors: `email_required`, `email_invalid` (keys of `locales/*/errors.json`).
    fn try_from(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("email_required");
        }
        let (local, domain) = text.rsplit_once('@').ok_or("email_invalid")?;
        let bad =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';' | '\\' | '@');
        let label = |l: &str| !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-');
        let fine = !local.is_empty()
            && local.len() <= 64
            && text.len() <= LONGEST_EMAIL
            && !local.contains(bad)
            && domain.split('.').all(label)
            && domain.split('.').count() >= 2
            && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
        if fine { Ok(Self(text.to_owned())) } else { Err("email_invalid") }
    }
}

/// The name of a person or of a room as people may write it: trimmed, one line, nothing that reorders the text around it.
pub fn clean_name(text: &str, longest: usize) -> Result<String, &'static str> {
    // Bidirectional overrides and isolates would turn the rest of our page around; zero-width ones make look-alikes.
    let hidden = |c: char| matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let line: String = text.chars().filter(|c| !hidden(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        Err("name_required")
    } else if line.chars().count() > longest {
        Err("name_too_long")
    } else {
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.org", " Anna.Lindqvist+x@mail.example.co.uk ", "jörg@bücher.example", "o'neil@x-y.example"]
        {
            assert!(Email::try_from(good).is_ok(), "{good}");
        }
        let long = format!("{}@b.org", "a".repeat(65));
        for bad in [
            "a",
            "a@",
            "@b.org",
            "a@b",
            "a@b..org",
            "a b@c.org",
            "a@b.org\r\nBcc: x@y.z",
            "a@b@c.org",
            "<a@b.org>",
            "a@-b.org",
            &long,
        ] {
            assert_eq!(Email::try_from(bad), Err("email_invalid"), "{bad}");
        }
        assert_eq!(Email::try_from("  "), Err("email_required"));
    }

    #[test]
    fn names_are_one_line_and_reorder_nothing() {
        let cases = [
            ("  Anna \n Lindqvist\t", Ok("Anna Lindqvist")),
            ("نور الهدى", Ok("نور الهدى")),
            ("\u{202e}evil\u{202c}", Ok("evil")),
            ("\u{61c}a", Ok("a")),
            ("a\u{0}b\u{7}", Ok("a b")),
            ("👩‍👩‍👧 Family", Ok("👩‍👩‍👧 Family")),
            (" \u{200b} ", Err("name_required")),
            ("abcdefghijk", Err("name_too_long")),
        ];
        for (text, expected) in cases {
            let longest = if text.starts_with("abc") { 10 } else { 40 };
            assert_eq!(clean_name(text, longest), expected.map(str::to_owned), "{text:?}");
        }
    }
}
