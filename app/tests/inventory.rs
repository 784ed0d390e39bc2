//! Every route there is, frozen: a new one shows up here, and must be thought about.

use std::{collections::BTreeSet, fs, path::Path};

use visavis::rooms::slug::RESERVED;

pub const ROUTES: &str = include_str!("routes.txt");

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("there").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The paths in every `.route("…"` of the product, and of the constants that stand for one.
fn routes() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for file in sources(&root.join("src")).into_iter().chain(sources(&root.join("../src"))) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        for (at, word) in text.match_indices(".route(") {
            let argument = text[at + word.len()..].trim_start();
            match argument.strip_prefix('"') {
                Some(literal) => {
                    found.insert(literal.split('"').next().unwrap_or_default().to_owned());
                }
                None if argument.starts_with("PATH") => {
                    found.insert(visavis::webhooks::livekit::PATH.to_owned());
                }
                None => {
                    found.insert(format!("{}: a route that is not a literal", file.display()));
                }
            }
        }
        for (at, word) in text.match_indices("endpoint = \"") {
            found.insert(format!("/fn/{}", text[at + word.len()..].split('"').next().unwrap_or_default()));
        }
    }
    found
}

#[test]
fn no_route_comes_or_goes_unseen() {
    let frozen: BTreeSet<String> = ROUTES.lines().map(str::to_owned).collect();
    let now = routes();
    let text = now.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    assert_eq!(now, frozen, "app/tests/routes.txt should read:\n{text}\n");
}

#[test]
fn no_room_can_take_the_place_of_a_route() {
    let first = |route: &str| route.trim_start_matches('/').split('/').next().unwrap_or_default().replace('.', "-");
    let missing: Vec<String> = routes()
        .iter()
        .map(|route| first(route))
        .filter(|part| !part.is_empty() && !part.starts_with('{') && !RESERVED.contains(&part.as_str()))
        .collect();
    assert!(missing.is_empty(), "add to rooms/slug.rs RESERVED: {missing:?}");
}
