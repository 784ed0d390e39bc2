//! What `app/js/hands.ts` needs of the server: its texts in the reader's language, and its drawings. They stand on the island's element;
//! the island itself knows neither, which keeps what a browser must load before the button works small.

use serde_json::{Value, json};
use visavis::i18n::{Lang, hands as words, meeting};

use crate::ui::icon::IconName;

/// As the script reads it. Placeholders stay: the script fills them in.
pub fn given(lang: Lang) -> Value {
    json!({
        "words": {
            "cancel": words::cancel(lang),
            "clapping-hands": words::clapping(lang),
            "failed": words::failed(lang),
            "first": words::first(lang, "{name}"),
            "first_of": words::first_of(lang, "{count}", "{name}"),
            "folded-hands": words::folded(lang),
            "red-heart": words::heart(lang),
            "hint": words::hint(lang),
            "face-with-tears-of-joy": words::joy(lang),
            "keep": words::keep(lang),
            "lower": words::lower(lang),
            "lower_from": words::lower_from(lang, "{place}"),
            "lowered": words::lowered(lang),
            "next": words::next(lang),
            "party-popper": words::party(lang),
            "place": words::place(lang, "{place}"),
            "raise": words::raise(lang),
            "raised": words::raised(lang, "{name}"),
            "react": words::react(lang),
            "reacted": words::reacted(lang, "{name}", "{reaction}"),
            "reactions": words::reactions(lang, "{count}"),
            "rename": words::rename(lang),
            "renamed": words::renamed(lang, "{name}"),
            "save": words::save(lang),
            "see": words::see(lang),
            "thumbs-down": words::thumbs_down(lang),
            "thumbs-up": words::thumbs_up(lang),
            "up": words::up(lang, "{count}"),
            "face-with-open-mouth": words::wow(lang),
            "yours": words::yours(lang, "{place}"),
            "close": meeting::close(lang),
            "you": meeting::you(lang),
            "your_name": meeting::your_name(lang),
        },
        "icons": {
            "hand": IconName::Hand.shapes(),
            "smile": IconName::Smile.shapes(),
            "edit": IconName::Edit.shapes(),
            "close": IconName::Close.shapes(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    /// Every `word('…'` of the scripts, and the ids of reactions, which are looked up as they are.
    fn asked() -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("js/hands");
        let files = fs::read_dir(folder).expect("there").flatten();
        let text: String = files.map(|file| fs::read_to_string(file.path()).expect("readable")).collect();
        let after = |mark: &str| {
            let parts: Vec<_> = text.split(mark).skip(1).filter_map(|rest| rest.split('\'').next()).collect();
            parts.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        [after("word('"), after("], ['"), after("[['")].concat()
    }

    #[test]
    fn every_word_of_the_script_is_there_in_every_language() {
        let asked = asked();
        assert!(asked.len() > 20 && asked.iter().any(|word| word == "party-popper"), "{asked:?}");
        for &lang in Lang::ALL {
            let given = given(lang);
            for word in asked.iter().filter(|word| !word.is_empty()) {
                assert!(given["words"][word].is_string(), "{}: {word}", lang.code());
            }
            let raised = given["words"]["raised"].as_str().expect("a text");
            assert!(raised.contains("{name}"), "{raised}");
        }
    }
}
