//! The words of an invitation.

use visavis::i18n::{Lang, rooms};

/// What somebody pastes into a message.
pub fn words(lang: Lang, name: &str, link: &str, when: Option<&str>) -> String {
    let when = when.map(|when| format!("{when}\n")).unwrap_or_default();
    let hello = rooms::text_hello(lang, name);
    format!("{hello}\n{when}\n{}\n{link}\n\n{}", rooms::text_join(lang), rooms::text_note(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_stands_on_a_line_of_its_own() {
        for lang in Lang::ALL {
            let text = words(*lang, "Monday", "https://meet.example.org/monday", Some("today"));
            assert!(text.lines().any(|line| line == "https://meet.example.org/monday"), "{text}");
            assert!(text.contains("\ntoday\n") && text.contains("Monday"), "{text}");
        }
    }
}
