//! Addresses as people paste them: with commas, semicolons, tabs or line breaks between them, with names, quoted or not.

use std::collections::BTreeSet;

use super::model::Addressee;
use crate::users::model::{Email, LONGEST_NAME, clean_name};

/// Longest part of what could not be read that is shown again, in characters.
const SHOWN: usize = 60;

/// What was read, every address once in the order in which they came, and what was no address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Addresses.
    pub to: Vec<Addressee>,
    /// The rest.
    pub wrong: Vec<String>,
}

/// Reads a list.
pub fn read(text: &str) -> Read {
    let (mut found, mut seen) = (Read::default(), BTreeSet::new());
    let mut take = |found: &mut Read, name: &str, address: &str| {
        let address = address.trim();
        let address = address.strip_prefix("mailto:").unwrap_or(address);
        match Email::try_from(address) {
            Ok(email) if seen.insert(email.folded()) => {
                let name = clean_name(name.trim_matches(['"', '\'', ' ']), LONGEST_NAME).ok();
                found.to.push(Addressee { name: name.filter(|name| name != email.as_str()), email });
            }
            Ok(_) => {}
            Err(_) => found.wrong.push(format!("{name} {address}").trim().chars().take(SHOWN).collect()),
        }
    };
    for line in text.split(['\n', '\r', '\t']).flat_map(|line| pieces(line, ';')) {
        // Before an address in angle brackets a comma is part of a name: "Lindqvist, Anna <anna@example.org>".
        let mut name = String::new();
        for piece in pieces(line, ',') {
            match piece.rsplit_once('<') {
                Some((words, address)) => {
                    let whole = [name.as_str(), words].into_iter().map(str::trim).filter(|part| !part.is_empty());
                    let whole = whole.collect::<Vec<_>>().join(", ");
                    take(&mut found, &whole, address.split('>').next().unwrap_or_default());
                    name.clear();
                }
                None if piece.contains('@') => {
                    let words: Vec<_> = piece.split_whitespace().collect();
                    if let [before @ .., last] = words.as_slice()
                        && last.contains('@')
                        && !before.iter().any(|word| word.contains('@'))
                    {
                        name.push_str(&format!(" {}", before.join(" ")));
                        take(&mut found, name.clone().trim(), last);
                    } else {
                        words.iter().for_each(|word| take(&mut found, "", word));
                    }
                    name.clear();
                }
                None if !piece.trim().is_empty() => {
                    let between = if name.is_empty() { "" } else { ", " };
                    name.push_str(&format!("{between}{}", piece.trim()));
                }
                None => {}
            }
        }
        if !name.trim().is_empty() {
            found.wrong.push(name.trim().chars().take(SHOWN).collect());
        }
    }
    found
}

/// A line at its commas or semicolons, but for those in quotation marks.
fn pieces(line: &str, at: char) -> Vec<&str> {
    // A mark that is never closed quotes nothing.
    let mut quoted = false;
    let closes = line.matches('"').count().is_multiple_of(2);
    line.split(move |c: char| {
        quoted ^= c == '"' && closes;
        c == at && !quoted
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> (Vec<String>, Vec<String>) {
        let read = read(text);
        let one = |to: &Addressee| match &to.name {
            Some(name) => format!("{name}={}", to.email.as_str()),
            None => to.email.as_str().to_owned(),
        };
        (read.to.iter().map(one).collect(), read.wrong)
    }

    #[test]
    fn lists_as_people_paste_them() {
        let cases: [(&str, &[&str], &[&str]); 13] = [
            ("", &[], &[]),
            ("a@b.org", &["a@b.org"], &[]),
            ("a@b.org, c@d.org;e@f.org\r\ng@h.org\n\n , ;", &["a@b.org", "c@d.org", "e@f.org", "g@h.org"], &[]),
            ("a@b.org c@d.org\te@f.org", &["a@b.org", "c@d.org", "e@f.org"], &[]),
            ("Anna Lindqvist <a@b.org>, <c@d.org>", &["Anna Lindqvist=a@b.org", "c@d.org"], &[]),
            ("Lindqvist, Anna <a@b.org>; Berg, Ben <c@d.org>", &["Lindqvist, Anna=a@b.org", "Berg, Ben=c@d.org"], &[]),
            ("\"Lindqvist, Anna; Dr.\" <a@b.org>; c@d.org", &["Lindqvist, Anna; Dr.=a@b.org", "c@d.org"], &[]),
            ("\"Lindqvist, Anna\" <a@b.org>, c@d.org", &["Lindqvist, Anna=a@b.org", "c@d.org"], &[]),
            ("Anna a@b.org", &["Anna=a@b.org"], &[]),
            ("a@b.org, A@B.org, Anna <a@b.org>", &["a@b.org"], &[]),
            ("mailto:a@b.org", &["a@b.org"], &[]),
            ("a@b.org, nonsense, c@d", &["a@b.org"], &["nonsense c@d"]),
            ("'Ann' <a@b.org\r\nBcc: x@y.zz>", &["Ann=a@b.org"], &["Bcc: x@y.zz>"]),
        ];
        for (text, to, wrong) in cases {
            let (found, rest) = told(text);
            assert_eq!(
                (found, rest),
                (to.iter().map(|s| (*s).to_owned()).collect(), wrong.iter().map(|s| (*s).to_owned()).collect()),
                "{text:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_is_an_address_once_or_told(text in any::<String>()) {
            let read = read(&text);
            let mut folded: Vec<_> = read.to.iter().map(|to| to.email.folded()).collect();
            folded.sort();
            let before = folded.len();
            folded.dedup();
            prop_assert_eq!(folded.len(), before);
            let names = read.to.iter().filter_map(|to| to.name.as_deref());
            prop_assert!(names.chain(read.to.iter().map(|to| to.email.as_str())).all(|text| !text.contains(['\r', '\n', '\0'])));
        }

        #[test]
        fn no_address_of_a_plain_list_is_lost(names in proptest::collection::btree_set("[a-z]{1,12}", 0..40), between in "(,|;|\n|, |;\r\n)") {
            let all: Vec<_> = names.iter().map(|name| format!("{name}@example.org")).collect();
            let read = read(&all.join(&between));
            prop_assert_eq!(read.to.iter().map(|to| to.email.as_str().to_owned()).collect::<Vec<_>>(), all);
            prop_assert!(read.wrong.is_empty());
        }
    }
}
