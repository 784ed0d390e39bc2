//! The table, read.

use std::collections::BTreeMap;

use super::actors::ACTORS;

/// One row: a request, and what each actor is answered with.
#[derive(Debug)]
pub struct Row {
    /// Where it stands, for the message of a failure.
    pub line: usize,
    pub method: String,
    /// As the router has it, with its `{names}`.
    pub route: String,
    /// What `{names}` are filled with, where it is not the thing of that name.
    pub fills: BTreeMap<String, String>,
    /// In the order of [`ACTORS`]; whether a participant token comes with it.
    pub expected: Vec<(u16, bool)>,
    pub body: String,
}

/// Every row, comments and empty lines left out.
pub fn read(text: &str) -> Vec<Row> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(at, line)| row(at, line)).collect()
}

fn row(line: usize, text: &str) -> Row {
    let mut rest = text;
    let mut word = || {
        rest = rest.trim_start();
        let (word, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        rest = after;
        word.to_owned()
    };
    let (method, route) = (word(), word());
    let (mut fills, mut expected) = (BTreeMap::new(), Vec::new());
    while expected.len() < ACTORS.len() {
        let word = word();
        match word.split_once('=') {
            Some((name, value)) => drop(fills.insert(name.to_owned(), value.to_owned())),
            None => {
                let status = word.trim_end_matches('+').parse();
                let status = status.unwrap_or_else(|_| panic!("line {line}: {word:?} is no status: {text}"));
                expected.push((status, word.ends_with('+')));
            }
        }
    }
    Row { line, method, route, fills, expected, body: rest.trim().to_owned() }
}
