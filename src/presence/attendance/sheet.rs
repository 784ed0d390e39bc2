//! Stays as CSV (RFC 4180), for spreadsheets. Pure.

use chrono::{DateTime, Utc};

use crate::{
    i18n::{Lang, pages},
    presence::model::{Kind, Stay},
    users::timezone::wall,
};

/// By this mark spreadsheets know the letters beyond ASCII.
const MARK: char = '\u{feff}';

/// The whole file; times as the clocks of `zone` say them.
pub fn write(lang: Lang, zone: &str, now: DateTime<Utc>, stays: &[Stay]) -> String {
    let mut text = String::from(MARK);
    line(
        &mut text,
        &[
            pages::attendance_name(lang),
            pages::attendance_who(lang),
            pages::attendance_by(lang),
            &pages::attendance_joined(lang, zone),
            &pages::attendance_left(lang, zone),
            pages::attendance_minutes(lang),
        ],
    );
    for stay in stays {
        let who = match stay.user_id {
            Some(_) => pages::attendance_account(lang),
            None => pages::attendance_guest(lang),
        };
        let by = match stay.kind {
            Kind::Sip => pages::attendance_telephone(lang),
            Kind::Ingress => pages::attendance_stream(lang),
            _ => pages::attendance_browser(lang),
        };
        let left = stay.left_at.map_or(String::new(), |left| moment(left, zone));
        let minutes = (stay.left_at.unwrap_or(now) - stay.joined_at).num_seconds().max(0) / 60;
        line(&mut text, &[&stay.name, who, by, &moment(stay.joined_at, zone), &left, &minutes.to_string()]);
    }
    text
}

/// In the order that spreadsheets of every language read.
fn moment(at: DateTime<Utc>, zone: &str) -> String {
    let wall = wall(at, zone);
    format!("{:04}-{:02}-{:02} {:02}:{:02}", wall.year, wall.month, wall.day, wall.hour, wall.minute)
}

fn line(text: &mut String, cells: &[&str]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push('"');
        // A spreadsheet would run what begins like this; with an apostrophe before it, it is text.
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
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
    use uuid::Uuid;

    use super::*;

    fn stay(name: &str, left: Option<&str>) -> Stay {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        Stay {
            room_id: Uuid::nil(),
            participant_sid: "PA".into(),
            room_sid: "RM".into(),
            identity: "a".into(),
            name: name.into(),
            kind: Kind::Standard,
            device: None,
            user_id: None,
            joined_at: at("2026-11-21T23:30:00Z"),
            left_at: left.map(at),
            told: true,
        }
    }

    fn written(stays: &[Stay]) -> String {
        write(Lang::En, "Europe/Paris", "2026-11-22T00:00:59Z".parse().expect("a time"), stays)
    }

    #[test]
    fn a_line_for_each_stay() {
        let ann = Stay { user_id: Some(Uuid::nil()), ..stay("Ann", Some("2026-11-21T23:42:59Z")) };
        let phone = Stay { kind: Kind::Sip, ..stay("Zoë, \"Z\"", None) };
        assert_eq!(
            written(&[ann, phone]),
            "\u{feff}\"Name\",\"Account or guest\",\"By\",\"Joined (Europe/Paris)\",\"Left (Europe/Paris)\",\"Minutes\"\r\n\
             \"Ann\",\"Account\",\"Browser or app\",\"2026-11-22 00:30\",\"2026-11-22 00:42\",\"12\"\r\n\
             \"Zoë, \"\"Z\"\"\",\"Guest\",\"Telephone\",\"2026-11-22 00:30\",\"\",\"30\"\r\n"
        );
    }

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
        fn no_name_is_a_formula_or_breaks_the_line(start in "[=+@\t\r\n＝ a-]{0,2}", rest in ".{0,20}|[\",\r\n]{0,9}") {
            let name = format!("{start}{rest}");
            let lines = read(&written(&[stay(&name, None)]));
            prop_assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [6, 6]);
            let cell = &lines[1][0];
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{:?}", cell);
            prop_assert!(*cell == name || *cell == format!("'{name}"), "{:?}", cell);
        }
    }
}
