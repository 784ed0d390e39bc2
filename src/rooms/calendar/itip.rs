//! What calendars tell each other about a meeting (RFC 5546): an invitation, another time, and that it does not take place.

use chrono::{DateTime, Utc};

use super::{event::Event, ics};

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Come; or come at another time.
    Request,
    /// Do not come.
    Cancel,
}

impl Method {
    /// As RFC 5546 spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Somebody whom calendars name.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// What they are called.
    pub name: Option<&'a str>,
    /// Their address.
    pub email: &'a str,
}

/// Who invites, and who writes for them (RFC 5545 §3.2.18): mail programs trust a message whose sender it names.
#[derive(Clone, Copy, Debug)]
pub struct Organizer<'a> {
    /// Who invites.
    pub who: Person<'a>,
    /// The address that the mail comes from.
    pub sent_by: &'a str,
}

/// A message to the calendar of one person. Others who are invited are not named in it.
#[derive(Clone, Copy, Debug)]
pub struct Itip<'a> {
    /// What it is about.
    pub method: Method,
    /// The meeting, the same through all its changes.
    pub uid: &'a str,
    /// Which of its changes this is.
    pub sequence: i32,
    /// The meeting as it now is, or was to be.
    pub event: &'a Event,
    /// Who invites.
    pub organizer: Organizer<'a>,
    /// Who is invited.
    pub attendee: Person<'a>,
}

impl Itip<'_> {
    /// The message. `now`: when it was written. Nobody is asked to answer: there is no program here that reads answers.
    pub fn text(&self, now: DateTime<Utc>) -> String {
        let status = match self.method {
            Method::Request => "CONFIRMED",
            Method::Cancel => "CANCELLED",
        };
        let who = |person: Person<'_>| {
            let name = person.name.map(quoted).filter(|name| name != "\"\"");
            format!("{}:mailto:{}", name.map(|name| format!(";CN={name}")).unwrap_or_default(), escaped(person.email))
        };
        let organizer = self.organizer;
        let by = match organizer.who.email == organizer.sent_by {
            true => String::new(),
            false => format!(";SENT-BY=\"mailto:{}\"", escaped(organizer.sent_by)),
        };
        let invited = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE";
        let more = vec![
            format!("ORGANIZER{by}{}", who(organizer.who)),
            format!("{invited}{}", who(self.attendee)),
            format!("SEQUENCE:{}", self.sequence),
            format!("STATUS:{status}"),
        ];
        ics::calendar(self.method.as_str(), self.uid.to_owned(), self.event, now, more)
    }
}

/// A parameter's value: quotation marks cannot stand in it (RFC 5545 §3.2), nor what ends a line.
fn quoted(text: &str) -> String {
    let plain = |c: char| match c {
        '"' => Some('\''),
        '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some(' '),
        c => Some(c),
    };
    format!("\"{}\"", text.chars().filter_map(plain).collect::<String>().trim())
}

/// An address as `mailto:` takes it (RFC 6068 §2).
fn escaped(address: &str) -> String {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$'*+@".contains(&byte);
    let letter = |byte: u8| if fine(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    address.bytes().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn message(method: Method, name: &str, email: &str) -> String {
        let from = "2026-11-30T09:30:00Z".parse().expect("a time");
        let event = Event {
            room: Uuid::nil(),
            name: name.to_owned(),
            link: "https://meet.example.org/monday-round".to_owned(),
            from,
            to: from + TimeDelta::minutes(60),
            text: name.to_owned(),
        };
        let person = Person { name: Some(name), email };
        let organizer = Organizer { who: person, sent_by: "a@b.org" };
        let itip = Itip { method, uid: "x@visavis", sequence: 3, event: &event, organizer, attendee: person };
        itip.text("2026-11-21T12:00:00Z".parse().expect("a time"))
    }

    fn names(file: &str) -> Vec<String> {
        let whole = file.replace("\r\n ", "");
        whole.lines().map(|line| line.split([':', ';']).next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn an_invitation_and_its_end() {
        let request = message(Method::Request, "Anna", "anna@example.org").replace("\r\n ", "");
        for line in [
            "METHOD:REQUEST",
            "UID:x@visavis",
            "SEQUENCE:3",
            "STATUS:CONFIRMED",
            "ORGANIZER;SENT-BY=\"mailto:a@b.org\";CN=\"Anna\":mailto:anna@example.org",
            "DTSTART:20261130T093000Z",
        ] {
            assert!(request.contains(&format!("\r\n{line}\r\n")), "{line}: {request}");
        }
        let cancel = message(Method::Cancel, "", "o'neil+x?y&z=%@bücher.example").replace("\r\n ", "");
        assert!(cancel.contains("METHOD:CANCEL") && cancel.contains("STATUS:CANCELLED"));
        assert!(
            cancel
                .contains("ORGANIZER;SENT-BY=\"mailto:a@b.org\":mailto:o'neil+x%3Fy%26z%3D%25@b%C3%BCcher.example\r\n"),
            "{cancel}"
        );
    }

    #[test]
    fn no_name_adds_a_line_or_a_parameter() {
        let plain = names(&message(Method::Request, "Anna", "a@b.org"));
        for evil in ["x\r\nATTENDEE:mailto:v@x.y", "a\";X-EVIL=1:mailto:v@x.y", "a\u{2028}X:1", "a;b,c:d", "\\", "\""] {
            let text = message(Method::Request, evil, "a@b.org");
            assert_eq!(names(&text), plain, "{evil:?}");
            let organizer = text.replace("\r\n ", "");
            let organizer = organizer.lines().find(|line| line.starts_with("ORGANIZER")).expect("there").to_owned();
            assert_eq!(organizer.matches('"').count() % 2, 0, "{organizer}");
            assert!(organizer.ends_with(":mailto:a@b.org") && !organizer.contains("\";"), "{organizer}");
        }
    }

    proptest! {
        #[test]
        fn anything_at_all_stays_within_its_lines(name in any::<String>(), email in any::<String>()) {
            let text = message(Method::Request, &name, &email);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
            prop_assert_eq!(names(&text), names(&message(Method::Request, "Anna", "a@b.org")));
        }
    }
}
