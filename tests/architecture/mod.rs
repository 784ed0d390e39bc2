//! Rule 1 and 2 of the house: who may know whom (`ARCHITECTURE.md`).

use std::{fs, path::Path};

/// Layers from the lowest to the highest; a module may use its own layer's earlier rooms and everything below.
const LAYERS: &[&[&str]] = &[
    &["clock", "random", "i18n", "error"],
    &["config", "db", "cache", "jobs", "livekit", "mail", "metrics", "backup"],
    // The state is what requests share; `users` and `sessions` hand their stores to it and are the lowest features.
    &["state", "users", "sessions", "web"],
    &["rooms"],
    &["presence"],
    &["invitations"],
    &["lobby"],
    &["chat", "guest_links", "participants", "spotlight"],
    &["moderation"],
    // An account with all that hangs on it.
    &["accounts"],
    &["webhooks"],
    &["http"],
    &["doctor"],
];

/// Rooms of one layer that may use each other.
const TOGETHER: &[usize] = &[0, 1, 2];

/// Infrastructure that may not know this infrastructure: `config` is read by whoever starts a thing, not by the thing.
const NEVER: &[(&str, &str)] = &[
    ("livekit", "config"),
    ("livekit", "db"),
    ("jobs", "livekit"),
    ("cache", "db"),
    ("db", "cache"),
    ("db", "config"),
    ("db", "jobs"),
    ("db", "livekit"),
    ("config", "livekit"),
    ("config", "db"),
    ("error", "config"),
    ("livekit", "jobs"),
];

fn layer(room: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&room))
        .unwrap_or_else(|| panic!("src/{room} has no place in tests/architecture"))
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("src is there").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Every `crate::x` in a source, in `use` trees as well: `use crate::{a::b, c}`.
fn uses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(tree) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in tree.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.push(std::mem::take(&mut word)),
                    c if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            found.push(word);
        } else {
            found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
        .iter()
        .map(|path| path.trim().split("::").next().unwrap_or_default().trim().to_owned())
        .filter(|room| !room.is_empty())
        .collect()
}

#[test]
fn no_arrow_points_upward() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&src) {
        let inner = file.strip_prefix(&src).expect("below src");
        let room =
            inner.components().next().expect("a name").as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        if room == "lib" || file.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("readable");
        for used in uses(&text) {
            if used == room || used == "on_db" || used.starts_with("__") {
                continue;
            }
            let (from, to) = (layer(&room), layer(&used));
            let upward = to > from || (to == from && !TOGETHER.contains(&from));
            if upward || NEVER.contains(&(&room, &used)) {
                wrong.push(format!("{} uses crate::{used}", inner.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Rule 4: SQL only in stores, axum only where HTTP is, `livekit_api` only in `livekit/`.
#[test]
fn each_tool_stays_in_its_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    type Fine = fn(&str) -> bool;
    let rules: [(&str, Fine); 3] = [
        ("sqlx::query", |path| path.ends_with("store.rs") || path.starts_with("db/")),
        ("axum::", |path| {
            path.ends_with("api.rs")
                || ["web/", "http/", "webhooks/", "livekit/forward/"].iter().any(|room| path.starts_with(room))
        }),
        ("livekit_api::", |path| path.starts_with("livekit/")),
    ];
    let mut wrong = Vec::new();
    for file in files(&src) {
        let inner = file.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("readable");
        wrong.extend(
            rules
                .iter()
                .filter(|(word, fine)| text.contains(word) && !fine(&inner))
                .map(|(word, _)| format!("{inner}: {word}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
