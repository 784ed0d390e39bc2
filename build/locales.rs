//! Locale files to Rust. One JSON object of strings per namespace; `{name}` is a placeholder.
//!
//! A key becomes `i18n::<namespace>::<key>(lang)`, with one `&str` (or anything `Display`) argument per placeholder, in
//! alphabetical order. The namespace `errors` also gets `by_code(lang, code)`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::Path,
};

/// The language every other one is compared with.
const REFERENCE: &str = "en";

/// What the browser speaks. There the texts come with the page, in the reader's language alone: in the module they would be loaded
/// in all of them.
const BROWSER: &str = "meeting";

/// What `app/js/inside.ts` speaks: sets of texts that it fetches, in the reader's language, once somebody is in. `inside_hands` is its
/// set `hands`.
const INSIDE: &str = "inside_";

type Namespace = BTreeMap<String, String>;
type Language = BTreeMap<String, Namespace>;

/// The generated code, or every way in which the files disagree.
pub fn generate(folder: &Path) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let languages = read(folder, &mut problems);
    compare(&languages, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(write(&languages))
}

/// Every file of every language.
pub fn files(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    entries(folder).into_iter().flat_map(|language| entries(&language))
}

fn read(folder: &Path, problems: &mut Vec<String>) -> BTreeMap<String, Language> {
    let mut languages = BTreeMap::new();
    for dir in entries(folder) {
        let mut language = Language::new();
        for file in entries(&dir) {
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            match serde_json::from_str::<Namespace>(&text) {
                Ok(namespace) => {
                    language.insert(stem(&file), namespace);
                }
                Err(error) => problems.push(format!("{}: {error}", file.display())),
            }
        }
        languages.insert(stem(&dir), language);
    }
    languages
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    all.sort();
    all
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The placeholders of a text: every `{name}`.
pub fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn compare(languages: &BTreeMap<String, Language>, problems: &mut Vec<String>) {
    let Some(reference) = languages.get(REFERENCE) else {
        problems.push(format!("locales/{REFERENCE} is missing"));
        return;
    };
    for (code, language) in languages {
        for (space, keys) in reference {
            let Some(theirs) = language.get(space) else {
                problems.push(format!("locales/{code}/{space}.json is missing"));
                continue;
            };
            for (key, text) in keys {
                match theirs.get(key) {
                    None => problems.push(format!("locales/{code}/{space}.json: {key} is missing")),
                    Some(other) if placeholders(other) != placeholders(text) => {
                        problems.push(format!(
                            "locales/{code}/{space}.json: {key} has other placeholders than {REFERENCE}"
                        ));
                    }
                    Some(other) if other.trim().is_empty() => {
                        problems.push(format!("locales/{code}/{space}.json: {key} is empty"))
                    }
                    Some(_) => {}
                }
            }
            for key in theirs.keys().filter(|key| !keys.contains_key(*key)) {
                problems.push(format!("locales/{code}/{space}.json: {key} is not in {REFERENCE}"));
            }
        }
        for space in language.keys().filter(|space| !reference.contains_key(*space)) {
            problems.push(format!("locales/{code}/{space}.json is not in {REFERENCE}"));
        }
    }
}

fn write(languages: &BTreeMap<String, Language>) -> String {
    let mut out = String::new();
    let codes: Vec<&String> = languages.keys().collect();
    let variants: Vec<String> = codes.iter().map(|code| capitalise(code)).collect();
    let all = variants.iter().map(|v| format!("Lang::{v}")).collect::<Vec<_>>().join(", ");
    let _ = writeln!(
        out,
        "/// A language the product speaks.\n#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]\npub enum Lang {{"
    );
    for (code, variant) in codes.iter().zip(&variants) {
        let default = if *code == REFERENCE { "#[default] " } else { "" };
        let _ = writeln!(out, "    /// `{code}`\n    {default}{variant},");
    }
    let _ = writeln!(
        out,
        "}}\nimpl Lang {{\n    /// Every language, in alphabetical order of its code.\n    pub const ALL: &'static [Lang] = &[{all}];"
    );
    let _ = writeln!(
        out,
        "    /// The two-letter code (ISO 639-1).\n    pub const fn code(self) -> &'static str {{\n        match self {{"
    );
    for (code, variant) in codes.iter().zip(&variants) {
        let _ = writeln!(out, "            Lang::{variant} => {code:?},");
    }
    let _ = writeln!(out, "        }}\n    }}\n}}");
    let Some(reference) = languages.get(REFERENCE) else { return out };
    inside(&mut out, languages);
    for (space, keys) in reference.iter().filter(|(space, _)| !space.starts_with(INSIDE)) {
        let with_server = if space == BROWSER { "" } else { "#[cfg(feature = \"server\")]\n" };
        let _ = writeln!(
            out,
            "/// Texts of `locales/*/{space}.json`.\n{with_server}pub mod {space} {{\n    use super::Lang;"
        );
        for (at, (key, text)) in keys.iter().enumerate() {
            function(&mut out, languages, space, key, text);
            if space == BROWSER {
                spoken(&mut out, at, key, text);
            }
        }
        if space == BROWSER {
            everything(&mut out, languages, space);
        }
        if space == "errors" {
            let _ = writeln!(
                out,
                "    /// The sentence of an error code; `None` for a code without one.\n    pub fn by_code(lang: Lang, code: &str) -> Option<&'static str> {{\n        Some(match code {{"
            );
            for (key, _) in keys.iter().filter(|(_, text)| placeholders(text).is_empty()) {
                let _ = writeln!(out, "            {key:?} => {key}(lang),");
            }
            let _ = writeln!(out, "            _ => return None,\n        }})\n    }}");
        }
        let _ = writeln!(out, "}}");
    }
    out
}

fn function(out: &mut String, languages: &BTreeMap<String, Language>, space: &str, key: &str, text: &str) {
    let names = placeholders(text);
    let arguments: String = names.iter().map(|name| format!(", {name}: impl std::fmt::Display")).collect();
    let result = if names.is_empty() { "&'static str" } else { "String" };
    let _ = writeln!(
        out,
        "    /// {}\n    #[cfg(feature = \"server\")]\n    pub fn {key}(lang: Lang{arguments}) -> {result} {{\n        match lang {{",
        text.replace('\n', " ")
    );
    for (code, language) in languages {
        let Some(text) = language.get(space).and_then(|keys| keys.get(key)) else { continue };
        let variant = capitalise(code);
        let _ = if names.is_empty() {
            writeln!(out, "            Lang::{variant} => {text:?},")
        } else {
            writeln!(out, "            Lang::{variant} => format!({text:?}),")
        };
    }
    let _ = writeln!(out, "        }}\n    }}");
}

/// The same function for the browser, which looks the text up by its place.
fn spoken(out: &mut String, at: usize, key: &str, text: &str) {
    let names = placeholders(text);
    let arguments: String = names.iter().map(|name| format!(", {name}: impl std::fmt::Display")).collect();
    let (result, body) = if names.is_empty() {
        ("&'static str", format!("super::spoken::word({at})"))
    } else {
        let pairs: String = names.iter().map(|name| format!("(\"{{{name}}}\", &{name}), ")).collect();
        ("String", format!("super::spoken::fill({at}, &[{pairs}])"))
    };
    let _ = writeln!(
        out,
        "    /// {}\n    #[cfg(not(feature = \"server\"))]\n    pub fn {key}(_: Lang{arguments}) -> {result} {{ {body} }}",
        text.replace('\n', " ")
    );
}

/// Every text in its place, for the page to bring along.
fn everything(out: &mut String, languages: &BTreeMap<String, Language>, space: &str) {
    let _ = writeln!(
        out,
        "    /// Every text, in the order of the keys.\n    #[cfg(feature = \"server\")]\n    pub const fn everything(lang: Lang) -> &'static [&'static str] {{\n        match lang {{"
    );
    for (code, language) in languages {
        let texts: Vec<&String> = language.get(space).into_iter().flat_map(|keys| keys.values()).collect();
        let _ = writeln!(out, "            Lang::{} => &{texts:?},", capitalise(code));
    }
    let _ = writeln!(out, "        }}\n    }}");
    let count = languages.get(REFERENCE).and_then(|language| language.get(space)).map_or(0, BTreeMap::len);
    let _ = writeln!(
        out,
        "    /// How many texts there are.\n    #[cfg(not(feature = \"server\"))]\n    pub const COUNT: usize = {count};"
    );
}

/// Every set of texts for the script, as pairs of key and text.
fn inside(out: &mut String, languages: &BTreeMap<String, Language>) {
    let _ = writeln!(
        out,
        "/// A set of texts: its name, and each key with its text.\npub type TextSet = (&'static str, &'static [(&'static str, &'static str)]);\n/// The sets of `locales/*/{INSIDE}*.json`, placeholders unfilled.\n#[cfg(feature = \"server\")]\npub const fn inside(lang: Lang) -> &'static [TextSet] {{\n    match lang {{"
    );
    for (code, language) in languages {
        let _ = writeln!(out, "        Lang::{} => &[", capitalise(code));
        for (space, keys) in language {
            let Some(set) = space.strip_prefix(INSIDE) else { continue };
            let pairs: Vec<(&String, &String)> = keys.iter().collect();
            let _ = writeln!(out, "            ({set:?}, &{pairs:?}),");
        }
        let _ = writeln!(out, "        ],");
    }
    let _ = writeln!(out, "    }}\n}}");
}

fn capitalise(code: &str) -> String {
    let mut letters = code.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
