//! What people decide about themselves: name, language, time zone, theme.

use super::{
    model::{LONGEST_NAME, User, clean_name},
    store, timezone,
};
use crate::{
    error::{Error, FieldError, Result},
    i18n::Lang,
    state::AppState,
};

/// Themes somebody can choose; without one the device decides.
pub const THEMES: [&str; 2] = ["light", "dark"];

/// The whole of it, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What others see.
    pub name: String,
    /// None: what the browser says.
    pub language: Option<Lang>,
    /// An IANA name.
    pub timezone: String,
    /// One of [`THEMES`]; none: like the device.
    pub theme: Option<&'static str>,
}

impl Profile {
    /// Checks what was typed and chosen; every wrong field at once. An empty language or theme is none.
    pub fn parse(name: &str, language: &str, timezone: &str, theme: &str) -> Result<Self> {
        let mut wrong = Vec::new();
        let mut bad = |field, code| wrong.push(FieldError::new(field, code));
        let name = clean_name(name, LONGEST_NAME).map_err(|code| bad("name", code)).unwrap_or_default();
        let language = match language {
            "" => None,
            code => Lang::ALL.iter().copied().find(|lang| lang.code() == code).or_else(|| {
                bad("language", "language_unknown");
                None
            }),
        };
        if !timezone::exists(timezone) {
            bad("timezone", "timezone_unknown");
        }
        let theme = match theme {
            "" => None,
            code => THEMES.into_iter().find(|theme| *theme == code).or_else(|| {
                bad("theme", "theme_unknown");
                None
            }),
        };
        if wrong.is_empty() {
            Ok(Self { name, language, timezone: timezone.to_owned(), theme })
        } else {
            Err(Error::Invalid(wrong))
        }
    }
}

/// Saves one's own profile.
pub async fn save(state: &AppState, user: &User, profile: &Profile) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::set_profile(&mut lent.conn(), user.id, profile, state.clock.now()).await?)
}

/// Gives an account another name. Errors: field `name`.
pub async fn rename(state: &AppState, user: &User, name: &str) -> Result<()> {
    let name = clean_name(name, LONGEST_NAME).map_err(|code| Error::field("name", code))?;
    let mut lent = state.db.lend().await?;
    Ok(store::set_name(&mut lent.conn(), user.id, &name, state.clock.now()).await?)
}

/// Remembers the language on every device; none: what each browser says.
pub async fn save_language(state: &AppState, user: &User, language: Option<Lang>) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::set_language(&mut lent.conn(), user.id, language.map(Lang::code), state.clock.now()).await?)
}

/// Remembers the theme on every device; anything but one of [`THEMES`] forgets it.
pub async fn save_theme(state: &AppState, user: &User, theme: Option<&str>) -> Result<()> {
    let theme = theme.and_then(|code| THEMES.into_iter().find(|theme| *theme == code));
    let mut lent = state.db.lend().await?;
    Ok(store::set_theme(&mut lent.conn(), user.id, theme, state.clock.now()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let Err(Error::Invalid(wrong)) = Profile::parse(" ", "xx", "Mars/Olympus", "pink") else { panic!("wrong") };
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field.as_ref()).collect();
        assert_eq!(fields, ["name", "language", "timezone", "theme"]);
        let good = Profile::parse(" Ann ", "", "Europe/Paris", "dark").expect("fine");
        let ann = Profile { name: "Ann".into(), language: None, timezone: "Europe/Paris".into(), theme: Some("dark") };
        assert_eq!(good, ann);
    }
}
