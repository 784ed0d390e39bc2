//! The file that every calendar reads (RFC 5545).

use chrono::{DateTime, Utc};

use super::event::Event;

/// Most octets of a line, its end not counted (§3.1).
const LINE: usize = 75;

/// The file. `now`: when it was written.
pub fn file(event: &Event, now: DateTime<Utc>) -> String {
    // The same room at the same time is the same meeting: added twice, it stands there once.
    let key = format!("{}-{}@visavis", event.room, at(event.from));
    calendar("PUBLISH", key, event, now, Vec::new())
}

fn at(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A calendar of one event. `more`: whole lines that belong to it, not folded yet.
pub(super) fn calendar(method: &str, key: String, event: &Event, now: DateTime<Utc>, more: Vec<String>) -> String {
    let head = [
        ("BEGIN", "VCALENDAR".to_owned()),
        ("VERSION", "2.0".to_owned()),
        ("PRODID", "-//Visavis//Visavis//EN".to_owned()),
        ("CALSCALE", "GREGORIAN".to_owned()),
        ("METHOD", method.to_owned()),
        ("BEGIN", "VEVENT".to_owned()),
        ("UID", key),
        ("DTSTAMP", at(now)),
        ("DTSTART", at(event.from)),
        ("DTEND", at(event.to)),
        ("SUMMARY", text(&event.name)),
        ("LOCATION", text(&event.link)),
        ("URL", bare(&event.link)),
        ("DESCRIPTION", text(&event.text)),
    ];
    let end = [("END", "VEVENT".to_owned()), ("END", "VCALENDAR".to_owned())];
    let line = |(name, value): (&str, String)| format!("{name}:{value}");
    head.into_iter().map(line).chain(more).chain(end.into_iter().map(line)).map(|line| folded(&line)).collect()
}

/// A TEXT value (§3.3.11): nothing in it ends the line or the value.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            // Some readers end lines at these, too.
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A value that is no TEXT, and takes no escapes.
fn bare(value: &str) -> String {
    value.chars().filter(|c| c.is_ascii_graphic()).collect()
}

/// A line cut into pieces of at most [`LINE`] octets, never within a letter; each but the first begins with a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 20 + 2);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn event(name: &str, words: &str) -> Event {
        let from = "2026-11-30T09:30:00Z".parse().expect("a time");
        Event {
            room: Uuid::nil(),
            name: name.to_owned(),
            link: "https://meet.example.org/monday-round".to_owned(),
            from,
            to: from + TimeDelta::minutes(60),
            text: words.to_owned(),
        }
    }

    fn written(event: &Event) -> String {
        file(event, "2026-11-21T12:00:00Z".parse().expect("a time"))
    }

    /// As a calendar reads it: unfolded lines, names and unescaped values.
    fn read(file: &str) -> Vec<(String, String)> {
        let whole = file.replace("\r\n ", "");
        let unescape = |value: &str| {
            let (mut out, mut escaped) = (String::new(), false);
            for c in value.chars() {
                match (escaped, c) {
                    (false, '\\') => escaped = true,
                    (true, 'n') => (escaped, _) = (false, out.push('\n')),
                    (_, c) => (escaped, _) = (false, out.push(c)),
                }
            }
            out
        };
        let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), unescape(value)));
        whole.split_terminator("\r\n").map(|line| pair(line).unwrap_or_default()).collect()
    }

    const NAMES: [&str; 16] = [
        "BEGIN",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "LOCATION",
        "URL",
        "DESCRIPTION",
        "END",
        "END",
    ];

    #[test]
    fn a_meeting_as_calendars_want_it() {
        let file = written(&event("Monday round", "Join; by link, or\ncode \\o/"));
        assert!(
            file.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n") && file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        );
        for line in [
            "UID:00000000-0000-0000-0000-000000000000-20261130T093000Z@visavis",
            "DTSTAMP:20261121T120000Z",
            "DTSTART:20261130T093000Z",
            "DTEND:20261130T103000Z",
            "DESCRIPTION:Join\\; by link\\, or\\ncode \\\\o/",
        ] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line} in {file}");
        }
    }

    #[test]
    fn a_name_cannot_add_a_line_of_its_own() {
        for evil in [
            "x\r\nATTENDEE:mailto:a@b.c",
            "x\nBEGIN:VALARM",
            "x\rX:1",
            "x\u{2028}X:1",
            "x\u{85}X:1",
            "x\u{b}X:1",
            "\\",
            "a\\",
        ] {
            let names: Vec<_> = read(&written(&event(evil, evil))).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, NAMES, "{evil:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_again(name in "\\PC{0,200}", words in "(\\PC|\n|[;,\\\\:\"]){0,300}") {
            let file = written(&event(&name, &words));
            prop_assert!(file.split("\r\n").all(|line| line.len() <= LINE));
            prop_assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
            let read = read(&file);
            prop_assert_eq!(read.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), NAMES);
            let lines = |text: &str| text.replace(['\u{2028}', '\u{2029}'], "\n");
            prop_assert_eq!(&read[10].1, &lines(&name));
            prop_assert_eq!(&read[13].1, &lines(&words));
        }

        #[test]
        fn anything_at_all_stays_within_its_lines(name in any::<String>(), words in any::<String>()) {
            let file = written(&event(&name, &words));
            prop_assert!(file.split("\r\n").all(|line| line.len() <= LINE && !line.contains(['\r', '\n'])));
            let names: Vec<_> = read(&file).into_iter().map(|(name, _)| name).collect();
            prop_assert_eq!(names, NAMES);
        }
    }
}
