//! No view holds a literal: what people read comes from `locales/`, where every language has it.
//!
//! A small lexer over the `view!` macros in `app/src`. Between tags every word is a fault, in tags those of attributes that are
//! read or read out, and in Rust blocks what looks like the beginning of a sentence.

use std::{fs, path::Path};

/// Names are the same in every language.
const NAMES: &[&str] = &["Visavis", "OpenAPI", "JSON"];
/// Attributes, and properties of our components, that people read or hear.
const READ: &[&str] = &[
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "button",
    "hint",
    "label",
    "lead",
    "placeholder",
    "sub",
    "text",
    "title",
];

/// Where the lexer is.
#[derive(Clone, Copy, PartialEq)]
enum At {
    /// Between tags.
    Text,
    /// In a tag.
    Tag,
    /// In braces, this many deep; and whether a tag is around them.
    Block(usize, bool),
}

/// Every word for people that a source file says by itself.
fn literals(source: &str) -> Vec<String> {
    source.match_indices("view! {").flat_map(|(at, start)| view(&source[at + start.len()..])).collect()
}

/// The same of one macro, from after its opening brace.
fn view(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = At::Text;
    let mut attribute = String::new();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let mut step = next.len_utf8();
        match next {
            '/' if rest.starts_with("//") => step = rest.find('\n').unwrap_or(rest.len()),
            '"' => {
                let (text, length) = string(rest);
                step = length;
                if speaks(at, &attribute, text) {
                    found.push(text.to_owned());
                }
            }
            '{' => {
                at = match at {
                    At::Block(depth, tag) => At::Block(depth + 1, tag),
                    other => At::Block(1, other == At::Tag),
                }
            }
            '}' => {
                at = match at {
                    At::Block(1, true) => At::Tag,
                    At::Block(1, false) => At::Text,
                    At::Block(depth, tag) => At::Block(depth - 1, tag),
                    // The macro's own.
                    At::Text | At::Tag => return found,
                }
            }
            // A character in quotes, which may be a quotation mark or a brace; not a lifetime.
            '\'' if matches!(at, At::Block(..)) => step = character(rest),
            '<' if at == At::Text => at = At::Tag,
            '=' | '-' if at == At::Tag && rest[1..].starts_with('>') => step = 2,
            '>' if at == At::Tag => at = At::Text,
            letter if at == At::Tag && (letter.is_alphanumeric() || "-:".contains(letter)) => {
                step = rest.find(|c: char| !c.is_alphanumeric() && !"-_:".contains(c)).unwrap_or(rest.len());
                if rest[step..].starts_with('=') {
                    attribute = rest[..step].to_owned();
                }
            }
            letter if at == At::Text && letter.is_alphabetic() => {
                step = rest.find(['<', '{', '"', '}']).unwrap_or(rest.len());
                found.push(rest[..step].trim().to_owned());
            }
            _ => {}
        }
        rest = &rest[step..];
    }
    found
}

/// The text of a string literal, and how long it is in the source.
fn string(source: &str) -> (&str, usize) {
    let mut escaped = false;
    for (at, each) in source.char_indices().skip(1) {
        match each {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return (&source[1..at], at + 1),
            _ => escaped = false,
        }
    }
    (source, source.len())
}

fn character(source: &str) -> usize {
    let end = source.char_indices().skip(2).take(8).find(|(at, each)| *each == '\'' && !source[..*at].ends_with("'\\"));
    match end {
        // `'a` is a lifetime; `'x'`, `'\n'` and `'\u{a0}'` are characters.
        Some((at, _)) if source[1..].starts_with('\\') || source[1..at].chars().count() == 1 => at + 1,
        _ => 1,
    }
}

fn speaks(at: At, attribute: &str, text: &str) -> bool {
    if NAMES.contains(&text.trim()) {
        return false;
    }
    let mut letters = text.trim_start().chars();
    match at {
        At::Text => text.split("\\u{").enumerate().any(|(part, piece)| {
            let said = if part == 0 { piece } else { piece.split_once('}').map_or("", |(_, said)| said) };
            said.chars().any(char::is_alphabetic)
        }),
        At::Tag => READ.contains(&attribute) && text.chars().any(char::is_alphabetic),
        At::Block(..) => {
            letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_some_and(|c| c.is_lowercase() || c == ' ')
        }
    }
}

fn sources(folder: &Path, into: &mut Vec<std::path::PathBuf>) {
    for each in fs::read_dir(folder).expect("a folder").flatten() {
        let path = each.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn every_word_of_a_view_comes_from_the_locales() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let (mut views, mut found) = (0, Vec::new());
    for file in files {
        let source = fs::read_to_string(&file).expect("readable");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        views += source.matches("view! {").count();
        found.extend(literals(source).into_iter().map(|text| format!("{}: {text:?}", file.display())));
    }
    assert!(views > 80, "they were found: {views}");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_lexer_sees_what_is_said_and_nothing_else() {
    let cases: &[(&str, &[&str])] = &[
        (r#"view! { <p>"Hello"</p> }"#, &["Hello"]),
        (r#"view! { <p>Hello you</p> }"#, &["Hello you"]),
        (r#"view! { <p>" · "{name}"\u{a0}: "</p> }"#, &[]),
        (r#"view! { <p class="plain" id="main" title="A word">{words::x(lang)}</p> }"#, &["A word"]),
        (r#"view! { <a class=if on { "a b" } else { "c" } href="/x">"go"</a> }"#, &["go"]),
        (r#"view! { <a on:click=move |_| { say("Stop it") }>{on.then(|| "is-on")}</a> }"#, &["Stop it"]),
        (r#"view! { <b>{x.split('"').map(|c| c == '}')}</b>"said" }"#, &["said"]),
        (r#"view! { <b>"Visavis"</b> } fn f() { g("Nobody reads this") }"#, &[]),
        ("view! { // It is said\n <b>{a}</b> }", &[]),
    ];
    for (source, expected) in cases {
        assert_eq!(literals(source), *expected, "{source}");
    }
}

/// What a script says by itself: a quoted text in which a word with a capital is followed by another word.
fn sentences(script: &str) -> Vec<String> {
    let word = |text: &str| text.chars().count() > 1 && text.chars().all(|c| c.is_alphabetic() || c == '’');
    let begins = |text: &str| {
        word(text) && text.chars().next().is_some_and(char::is_uppercase) && text.chars().any(char::is_lowercase)
    };
    let spoken = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        words.windows(2).any(|pair| begins(pair[0]) && word(pair[1].trim_end_matches(['.', ',', '!', '?', '…'])))
    };
    let code =
        script.lines().map(str::trim_start).filter(|line| !["//", "*", "/*"].iter().any(|mark| line.starts_with(mark)));
    let quoted = code.flat_map(|line| {
        let line = line.split(" // ").next().unwrap_or_default();
        line.split(['\'', '"', '`']).skip(1).step_by(2)
    });
    quoted.filter(|text| spoken(text)).map(str::to_owned).collect()
}

#[test]
fn every_word_of_a_script_comes_from_the_locales() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("js");
    let mut folders = vec![scripts];
    let (mut files, mut found) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").flatten().map(|each| each.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "node_modules" && name != "left-out" {
                folders.push(path);
            } else if name.ends_with(".ts") {
                files += 1;
                let said = sentences(&fs::read_to_string(&path).expect("readable"));
                found.extend(said.into_iter().map(|text| format!("{}: {text:?}", path.display())));
            }
        }
    }
    assert!(files > 40, "they were found: {files}");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_a_script_says_is_told_from_what_it_names() {
    let cases: &[(&str, &[&str])] = &[
        ("label(x, 'Raise your hand');", &["Raise your hand"]),
        ("tell(`Hello there`);", &["Hello there"]),
        ("// Nobody reads 'This here'\nmade('p', 'quiet small'); x.code === 'KeyH'", &[]),
        ("icon('send') // 'Not this'", &[]),
        ("{ 'Control+Shift+H Meta+Shift+H': word('raise') }", &[]),
    ];
    for (script, expected) in cases {
        assert_eq!(sentences(script), *expected, "{script}");
    }
}
