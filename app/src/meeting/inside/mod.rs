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
    ("host", IconName::Host),
    ("keyboard", IconName::Keyboard),
    ("lock", IconName::Lock),
    ("mic", IconName::Mic),
    ("mic_off", IconName::MicOff),
    ("more", IconName::More),
    ("plus", IconName::Plus),
    ("send", IconName::Send),
    ("settings", IconName::Settings),
    ("share", IconName::Share),
    ("signal", IconName::Signal),
    ("smile", IconName::Smile),
];

/// Drawings of the scripts alone: the island's own are part of what a browser must load before the button works.
const DRAWN: &[(&str, &str)] = &[
    (
        "background",
        r#"<circle cx="12" cy="9.5" r="3.25"/><path d="M5.75 20.25c.6-3.9 2.9-5.75 6.25-5.75s5.65 1.85 6.25 5.75M3.25 8.5l5-5M3.25 14l2.75-2.75M15 3.5l-1 1M20.75 8.5l-1.5 1.5M20.75 3.5l-3.5 3.5M20.75 14l-1 1"/>"#,
    ),
    ("fit", r#"<rect x="3" y="5" width="18" height="14" rx="3"/><path d="M7 11.5V9h2.5M17 12.5V15h-2.5"/>"#),
    (
        "layout",
        r#"<rect x="2.75" y="4.75" width="11.5" height="14.5" rx="2.5"/><rect x="17" y="4.75" width="4.25" height="5.75" rx="1.5"/><rect x="17" y="13.5" width="4.25" height="5.75" rx="1.5"/>"#,
    ),
    ("minus", r#"<path d="M4.75 12h14.5"/>"#),
    ("none", r#"<circle cx="12" cy="12" r="8.75"/><path d="M5.9 18.1L18.1 5.9"/>"#),
    (
        "person",
        r#"<g class="solid" fill="currentColor" stroke="none"><circle cx="12" cy="8.75" r="4.25"/><path d="M3.5 22c.6-5.2 3.7-7.6 8.5-7.6s7.9 2.4 8.5 7.6z"/></g>"#,
    ),
    (
        "pip",
        r#"<path d="M21.25 10V7.5a3 3 0 0 0-3-3H5.75a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3H9"/><rect x="12" y="12.75" width="9.25" height="7" rx="2"/>"#,
    ),
    (
        "remove",
        r#"<circle cx="9.5" cy="8" r="3.75"/><path d="M2.75 19.75c.5-3.7 3.15-5.75 6.75-5.75 2.3 0 4.2.85 5.4 2.4M16.5 8l4.5 4.5M21 8l-4.5 4.5"/>"#,
    ),
    ("spot", r#"<path d="M12 3l2.7 5.6 6.05.8-4.45 4.2 1.1 6.05L12 16.75l-5.4 2.9 1.1-6.05L3.25 9.4l6.05-.8z"/>"#),
];

/// What scripts load only when somebody wants it.
const FILES: &[&str] = &[
    "background-evening.svg",
    "background-hills.svg",
    "background-paper.svg",
    "background-sea.svg",
    "background-shelf.svg",
    "background-window.svg",
    "backgrounds.js",
    "host.js",
    "segmenter.tflite",
    "vision.js",
    "vision.wasm",
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
    let icons = icons.chain(DRAWN.iter().map(|&(name, shapes)| (name.to_owned(), Value::from(shapes))));
    let files = FILES.iter().map(|&name| (name.to_owned(), Value::from(crate::assets::url(name))));
    json!({ "words": Map::from_iter(words), "icons": Map::from_iter(icons), "files": Map::from_iter(files) })
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
            // Built with the browser half, as every check builds it.
            for file in FILES {
                let path = given["files"][file].as_str().expect("there");
                assert!(path.starts_with("/assets/") && path != "/assets/missing", "{file}");
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
