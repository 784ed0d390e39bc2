//! How a mail looks: one column, the link as a button and as text, and a plain twin. Nothing is loaded from anywhere.

use askama::Template;

use crate::{error::Result, i18n::Lang};

/// What a mail says.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Language of every word in it.
    pub lang: Lang,
    /// Subject.
    pub subject: &'a str,
    /// Whom it speaks to.
    pub greeting: &'a str,
    /// What it is about.
    pub lead: &'a str,
    /// What must catch the eye, such as the time of a meeting.
    pub facts: &'a [&'a str],
    /// What a person wrote, shown as their words and never as ours; empty: nothing.
    pub message: &'a str,
    /// What the link does; empty: there is no link.
    pub button: &'a str,
    /// The link.
    pub url: &'a str,
    /// What else is good to know.
    pub after: &'a [&'a str],
    /// Who sends it: the host of the instance.
    pub place: &'a str,
    /// What the instance is called.
    pub name: &'a str,
    /// The button's colour; white can be read on it.
    pub accent: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Text<'a> {
    letter: Letter<'a>,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    letter: Letter<'a>,
}

impl Letter<'_> {
    /// The plain twin.
    pub fn text(&self) -> Result<String> {
        Ok(Text { letter: *self }.render().map_err(anyhow::Error::from)?)
    }

    /// For programs that show pages.
    pub fn html(&self) -> Result<String> {
        Ok(Html { letter: *self }.render().map_err(anyhow::Error::from)?)
    }
}
