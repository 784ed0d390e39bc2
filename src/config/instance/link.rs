//! A link at the foot of every page.

use std::str::FromStr;

use url::Url;

/// What it says, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// `https://…`, `http://…`, `mailto:…`, or a path of this site.
    pub url: String,
}

impl FromStr for Link {
    type Err = ();

    /// `Imprint|https://example.org/imprint`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (text, url) = text.split_once('|').ok_or(())?;
        let (text, url) = (text.trim(), url.trim());
        // Two slashes, or a slash and a backslash, lead to another host.
        let ours = url.starts_with('/') && !url[1..].starts_with(['/', '\\']) && !url.contains(char::is_control);
        let whole = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "https" | "http" | "mailto"));
        let fits = (1..=60).contains(&text.chars().count()) && (ours || whole);
        fits.then(|| Self { text: text.to_owned(), url: url.to_owned() }).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_page_or_a_mailbox() {
        let link = Link { text: "Imprint".into(), url: "https://example.org/imprint".into() };
        assert_eq!("Imprint | https://example.org/imprint".parse(), Ok(link));
        assert!("Contact|mailto:a@example.org".parse::<Link>().is_ok() && "Rules|/rules".parse::<Link>().is_ok());
        for wrong in [
            "Imprint",
            "|https://x.org",
            "x|",
            "x|javascript:alert(1)",
            "x|data:text/html,x",
            "x|//evil.org",
            "x|/\\evil.org",
        ] {
            assert!(wrong.parse::<Link>().is_err(), "{wrong}");
        }
    }
}
