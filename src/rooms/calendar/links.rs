//! Links that open a calendar's own page with the meeting filled in.

use chrono::{DateTime, SecondsFormat, Utc};
use url::Url;

use super::event::Event;

fn link(base: &str, pairs: &[(&str, &str)]) -> String {
    // Both are constants and have no errors in them; nothing is better than a page that fails.
    Url::parse_with_params(base, pairs).map(String::from).unwrap_or_default()
}

/// Google Calendar.
pub fn google(event: &Event) -> String {
    let at = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let dates = format!("{}/{}", at(event.from), at(event.to));
    link(
        "https://calendar.google.com/calendar/render",
        &[
            ("action", "TEMPLATE"),
            ("text", &event.name),
            ("dates", &dates),
            ("details", &event.text),
            ("location", &event.link),
        ],
    )
}

/// Outlook on the web.
pub fn outlook(event: &Event) -> String {
    let at = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    link(
        "https://outlook.live.com/calendar/0/deeplink/compose",
        &[
            ("path", "/calendar/action/compose"),
            ("rru", "addevent"),
            ("subject", &event.name),
            ("startdt", &at(event.from)),
            ("enddt", &at(event.to)),
            ("body", &event.text),
            ("location", &event.link),
        ],
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_typed_stays_in_its_place() {
        let event = Event {
            room: Uuid::nil(),
            name: "A & B #1 &action=x \"><script>".into(),
            link: "https://meet.example.org/a-b".into(),
            from: "2026-11-30T09:30:00Z".parse().expect("a time"),
            to: "2026-11-30T10:30:00Z".parse().expect("a time"),
            text: "One\ntwo".into(),
        };
        for (link, host) in [(google(&event), "calendar.google.com"), (outlook(&event), "outlook.live.com")] {
            let url = Url::parse(&link).expect("a link");
            assert_eq!((url.scheme(), url.host_str(), url.fragment()), ("https", Some(host), None));
            let pairs: Vec<_> = url.query_pairs().collect();
            assert!(pairs.iter().any(|(_, value)| *value == event.name), "{link}");
            assert!(pairs.iter().filter(|(name, _)| name == "action").count() <= 1, "{link}");
            assert!(!link.contains(['<', '"', '\n', ' ']), "{link}");
        }
        assert!(google(&event).contains("dates=20261130T093000Z%2F20261130T103000Z"));
        assert!(outlook(&event).contains("startdt=2026-11-30T09%3A30%3A00Z"));
    }
}
