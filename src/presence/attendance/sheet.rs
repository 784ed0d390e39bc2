//! Stays as CSV. Pure.

use chrono::{DateTime, Utc};

use crate::{
    i18n::{Lang, pages},
    presence::model::{Kind, Stay},
    web::csv::{MARK, line, moment},
};

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

#[cfg(test)]
mod tests {
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
}
