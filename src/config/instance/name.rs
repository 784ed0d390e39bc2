//! What the instance is called.

use std::str::FromStr;

/// A name; not given, it is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Default for Name {
    fn default() -> Self {
        Self("Visavis".to_owned())
    }
}

impl FromStr for Name {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let fits = (1..=40).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned())).ok_or(())
    }
}

impl Name {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_of_one_line() {
        assert_eq!(Name::default().as_str(), "Visavis");
        assert!("Ville de Lyon & <Cie>".parse::<Name>().is_ok());
        for wrong in ["", "a\r\nBcc: x@y.zz", &"x".repeat(41)] {
            assert!(wrong.parse::<Name>().is_err(), "{wrong:?}");
        }
    }
}
