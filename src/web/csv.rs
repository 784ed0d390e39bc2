//! Lines of CSV (RFC 4180), for spreadsheets. Pure.

use chrono::{DateTime, Utc};

use crate::users::timezone::wall;

/// By this mark at the beginning spreadsheets know the letters beyond ASCII.
pub const MARK: char = '\u{feff}';

/// A moment as the clocks of `zone` say it, in the order that spreadsheets of every language read.
pub fn moment(at: DateTime<Utc>, zone: &str) -> String {
    let wall = wall(at, zone);
    format!("{:04}-{:02}-{:02} {:02}:{:02}", wall.year, wall.month, wall.day, wall.hour, wall.minute)
}

/// Adds a line.
pub fn line(text: &mut String, cells: &[&str]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push('"');
        // A spreadsheet would run what begins like this; with an apostrophe before it, it is text. Marks that nobody sees may stand
        // before it.
        let seen = cell
            .trim_start_matches(|c: char| matches!(c, '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}'));
        if seen.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a reader of RFC 4180 makes of it: lines of cells.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted = !quoted,
                ',' if !quoted => line.push(std::mem::take(&mut cell)),
                '\n' if !quoted => {
                    line.push(std::mem::take(&mut cell));
                    lines.push(std::mem::take(&mut line));
                }
                '\r' if !quoted => {}
                letter => cell.push(letter),
            }
        }
        lines
    }

    proptest! {
        #[test]
        fn nothing_is_a_formula_or_breaks_the_line(start in "[\u{2068}\u{200b}]?[=+@\t\r\n＝ a-]{0,2}", rest in ".{0,20}|[\",\r\n]{0,9}") {
            let name = format!("{start}{rest}");
            let mut text = String::new();
            line(&mut text, &["before", &name, "after"]);
            let lines = read(&text);
            prop_assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [3]);
            let cell = &lines[0][1];
            let seen = cell.trim_start_matches(['\u{2068}', '\u{200b}', '\u{feff}']);
            prop_assert!(!seen.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{:?}", cell);
            prop_assert!(*cell == name || *cell == format!("'{name}"), "{:?}", cell);
        }
    }
}
