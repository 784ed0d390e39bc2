//! The texts as their languages are set: quotation marks, apostrophes, ellipses and spaces.

use std::{collections::BTreeMap, fs, path::Path};

/// Every text, as `fr/pages.json: sign_in` and what it says.
fn texts(language: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let mut all = Vec::new();
    for file in fs::read_dir(folder).expect("the language is there") {
        let file = file.expect("readable").path();
        let texts: BTreeMap<String, String> =
            serde_json::from_slice(&fs::read(&file).expect("readable")).expect("a map of texts");
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        all.extend(texts.into_iter().map(|(key, text)| (format!("{language}/{name}: {key}"), text)));
    }
    assert!(all.len() > 300, "{language} was read");
    all
}

#[test]
fn no_language_types_like_a_typewriter() {
    for language in ["de", "en", "fr", "nl"] {
        for (place, text) in texts(language) {
            let wrong = ["'", "\"", "...", " - ", "  ", " …"].into_iter().find(|bad| text.contains(bad));
            assert_eq!((wrong, text.trim()), (None, text.as_str()), "{place}");
        }
    }
}

#[test]
fn french_keeps_its_high_marks_with_the_word_before_them() {
    for (place, text) in texts("fr") {
        for (at, _) in text.match_indices([':', ';', '?', '!']) {
            let before = text[..at].chars().next_back();
            assert!(matches!(before, Some('\u{a0}' | '\u{202f}')), "{place}: {text}");
        }
    }
}

#[test]
fn german_and_dutch_stay_polite() {
    let informal = |text: &str, words: &[&str]| {
        text.split(|letter: char| !letter.is_alphabetic()).any(|word| words.contains(&word.to_lowercase().as_str()))
    };
    for (place, text) in texts("de") {
        assert!(
            !informal(&text, &["du", "dich", "dir", "dein", "deine", "deinen", "deinem", "deiner"]),
            "{place}: {text}"
        );
    }
    for (place, text) in texts("nl") {
        assert!(!informal(&text, &["je", "jij", "jou", "jouw"]), "{place}: {text}");
    }
}
