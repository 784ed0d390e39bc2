//! What `app/js/inside.ts` needs of the server: its texts in the reader's language, and its drawings, in a file that it fetches once
//! somebody is in. The island knows neither, which keeps what a browser must load before the button works small.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use serde_json::{Map, Value, json};
use visavis::{
    config::Frontend,
    i18n::{Lang, inside},
};

use crate::ui::icon::IconName;

/// The drawings, by the names of the script.
const ICONS: &[(&str, IconName)] = &[
    ("bell", IconName::Bell),
    ("camera", IconName::Camera),
    ("check", IconName::Check),
    ("chevron", IconName::Chevron),
    ("close", IconName::Close),
    ("download", IconName::Download),
    ("edit", IconName::Edit),
    ("flip", IconName::Flip),
    ("hand", IconName::Hand),
    ("reply", IconName::Reply),
    ("keyboard", IconName::Keyboard),
    ("mic", IconName::Mic),
    ("mic_off", IconName::MicOff),
    ("send", IconName::Send),
    ("settings", IconName::Settings),
    ("signal", IconName::Signal),
    ("smile", IconName::Smile),
];

/// One language's file.
struct Texts {
    lang: Lang,
    path: String,
    json: String,
}

static TEXTS: LazyLock<Vec<Texts>> = LazyLock::new(|| {
    let file = |&lang: &Lang| {
        let json = given(lang).to_string();
        let mut hasher = DefaultHasher::new();
        json.hash(&mut hasher);
        Texts { lang, path: format!("/assets/inside-{}-{:016x}.json", lang.code(), hasher.finish()), json }
    };
    Lang::ALL.iter().map(file).collect()
});

/// Where a page finds the texts; the path changes with what they say.
pub fn url(lang: Lang) -> &'static str {
    TEXTS.iter().find(|texts| texts.lang == lang).map_or("", |texts| &texts.path)
}

/// The file at this path.
pub fn find(path: &str) -> Option<&'static str> {
    TEXTS.iter().find(|texts| texts.path == path).map(|texts| texts.json.as_str())
}

/// What the operator set for calls, as `app/js/settings/rules.ts` reads it.
pub fn rules(told: &Frontend) -> String {
    json!({
        "sound": told.max_participants_for_sound,
        "mute": told.auto_mute_on_join_threshold,
        "idle": told.idle_disconnect_warning_delay.unwrap_or(0),
    })
    .to_string()
}

/// As the script reads it. Placeholders stay: the script fills them in.
fn given(lang: Lang) -> Value {
    let set = |texts: &[(&str, &str)]| {
        let pairs = texts.iter().map(|&(key, text)| (key.to_owned(), Value::from(text)));
        Value::Object(Map::from_iter(pairs))
    };
    let words = inside(lang).iter().map(|&(name, texts)| (name.to_owned(), set(texts)));
    let icons = ICONS.iter().map(|&(name, icon)| (name.to_owned(), Value::from(icon.shapes())));
    json!({ "words": Map::from_iter(words), "icons": Map::from_iter(icons) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    /// What is looked up in each folder of scripts: every `word('…'` or `icon('…'`.
    fn asked(folder: &str, mark: &str) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("js").join(folder);
        let files = fs::read_dir(folder).expect("there").flatten();
        let text: String = files.map(|file| fs::read_to_string(file.path()).expect("readable")).collect();
        text.split(mark).skip(1).filter_map(|rest| rest.split('\'').next()).map(str::to_owned).collect()
    }

    #[test]
    fn every_word_and_drawing_of_the_scripts_is_there_in_every_language() {
        for &lang in Lang::ALL {
            let given = given(lang);
            for (set, _) in inside(lang) {
                let folder = if *set == "common" { "inside" } else { set };
                let words = asked(folder, "word('");
                assert!(!words.is_empty(), "{set}");
                for word in words {
                    assert!(given["words"][set][&word].is_string(), "{} {set}: {word}", lang.code());
                }
                for icon in asked(folder, "icon('").into_iter().chain(asked(folder, "icon: '")) {
                    assert!(given["icons"][&icon].is_string(), "{icon}");
                }
            }
            assert!(given["words"]["hands"]["raised"].as_str().is_some_and(|text| text.contains("{name}")));
        }
    }

    #[test]
    fn each_language_has_a_path_of_its_own() {
        for &lang in Lang::ALL {
            let found = find(url(lang)).expect("there");
            assert!(found.contains(inside(lang)[0].1[0].1), "{}", lang.code());
        }
        assert_eq!(find("/assets/inside-en-0000000000000000.json"), None);
    }
}
