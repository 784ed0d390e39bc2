//! Finds translations that nobody uses. (That all languages agree is checked when the crate is built.)

use crate::place;
use anyhow::{Context, Result, bail};
use std::{collections::HashSet, fs};

/// Error texts are looked up by the code an error carries, so they are used by their quoted names.
const BY_CODE: &str = "errors";

/// What the scripts look up by its quoted name; `party_popper` also as `party-popper`.
const BY_SCRIPTS: &str = "inside_";

/// Fails and names every key of `locales/en` that no source file mentions.
pub fn check() -> Result<()> {
    let repository = place::repository();
    let mut uses = Uses::default();
    for folder in ["src", "app/src"] {
        for file in place::files_below(&repository.join(folder))? {
            if file.extension().is_some_and(|extension| extension == "rs") {
                uses.read(&fs::read_to_string(&file)?);
            }
        }
    }
    for file in place::files_below(&repository.join("app/js"))? {
        if file.extension().is_some_and(|extension| extension == "ts") {
            uses.read_script(&fs::read_to_string(&file)?);
        }
    }
    let (mut count, mut unused) = (0, Vec::new());
    for file in place::files_below(&repository.join("locales/en"))? {
        let namespace =
            file.file_stem().and_then(|stem| stem.to_str()).context("a file name that is not text")?.to_owned();
        let keys: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&fs::read_to_string(&file)?).with_context(|| file.display().to_string())?;
        for key in keys.keys() {
            count += 1;
            if !uses.contains(&namespace, key) {
                unused.push(format!("  {namespace}::{key}"));
            }
        }
    }
    if !unused.is_empty() {
        bail!("{} translations are used nowhere; remove them from locales/*/:\n{}", unused.len(), unused.join("\n"));
    }
    eprintln!("{count} translations, all used");
    Ok(())
}

/// The names a source text mentions, as far as they can be translations.
#[derive(Default)]
struct Uses {
    qualified: HashSet<(String, String)>,
    called: HashSet<String>,
    quoted: HashSet<String>,
    scripts: HashSet<String>,
}

impl Uses {
    fn contains(&self, namespace: &str, key: &str) -> bool {
        if self.qualified.contains(&(namespace.to_owned(), key.to_owned())) {
            return true;
        }
        if namespace.starts_with(BY_SCRIPTS) {
            return self.scripts.contains(key);
        }
        let otherwise = if namespace == BY_CODE { &self.quoted } else { &self.called };
        otherwise.contains(key)
    }

    fn read_script(&mut self, source: &str) {
        self.scripts.extend(source.split('\'').map(|part| part.replace('-', "_")));
    }

    fn read(&mut self, source: &str) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let mut previous: Option<(&str, usize)> = None;
        let mut rest = 0;
        while let Some(found) = source[rest..].find(is_part) {
            let start = rest + found;
            let end = source[start..].find(|c| !is_part(c)).map_or(source.len(), |length| start + length);
            let word = &source[start..end];
            if let Some((namespace, before)) = previous
                && &source[before..start] == "::"
            {
                self.qualified.insert((namespace.to_owned(), word.to_owned()));
            }
            if source[end..].starts_with('(') {
                self.called.insert(word.to_owned());
            }
            if source[..start].ends_with('"') && source[end..].starts_with('"') {
                self.quoted.insert(word.to_owned());
            }
            previous = Some((word, end));
            rest = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_used_by_its_full_name_or_by_a_call_but_not_by_a_longer_name() {
        let mut uses = Uses::default();
        uses.read(r#"i18n::home::title(lang); leave(lang); home::greeting_long; (home::map, "not_found")"#);
        assert!(uses.contains("home", "title") && uses.contains("call", "leave") && uses.contains("home", "map"));
        assert!(uses.contains("errors", "not_found"));
        assert!(
            !uses.contains("home", "greeting")
                && !uses.contains("home", "not_found")
                && !uses.contains("errors", "leave")
        );
    }

    #[test]
    fn scripts_use_a_key_by_its_quoted_name() {
        let mut uses = Uses::default();
        uses.read_script("word('raise'); [['party-popper', '🎉']]; lower");
        assert!(uses.contains("inside_hands", "raise") && uses.contains("inside_hands", "party_popper"));
        assert!(!uses.contains("inside_hands", "lower") && !uses.contains("hands", "raise"));
    }
}
