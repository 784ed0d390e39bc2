//! Which device a session is on, in the few words that its owner knows it by.
//!
//! Browsers call themselves by each other's names, so the order of the table matters: whoever says more comes first. Only these
//! words are kept, never the header: with all its numbers it could tell people apart.

use serde::{Deserialize, Serialize};

/// A browser and the system it runs on. Names of products: they are the same in every language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Such as `Firefox`.
    pub browser: Option<String>,
    /// Such as `Windows`.
    pub system: Option<String>,
}

const BROWSERS: [(&str, &str); 10] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];
const SYSTEMS: [(&str, &str); 8] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
    ("FreeBSD", "FreeBSD"),
];

impl Agent {
    /// What a `User-Agent` header says.
    pub fn parse(header: &str) -> Self {
        let first = |table: &[(&str, &str)]| {
            table.iter().find(|(sign, _)| header.contains(sign)).map(|(_, name)| (*name).to_owned())
        };
        Self { browser: first(&BROWSERS), system: first(&SYSTEMS) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_by_the_names_people_know() {
        let cases = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", Some("Firefox"), Some("Linux")),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                Some("Edge"),
                Some("Windows"),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
                Some("Safari"),
                Some("Mac"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                Some("Chrome"),
                Some("Android"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1",
                Some("Chrome"),
                Some("iPhone"),
            ),
            ("curl/8.5.0", Some("curl"), None),
            ("<script>alert(1)</script>", None, None),
            ("", None, None),
        ];
        for (header, browser, system) in cases {
            let agent = Agent::parse(header);
            assert_eq!((agent.browser.as_deref(), agent.system.as_deref()), (browser, system), "{header}");
        }
    }
}
