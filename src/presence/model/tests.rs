use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a time") + TimeDelta::seconds(seconds)
}

fn report(what: What, seconds: i64) -> Report {
    Report { room: Uuid::nil(), room_sid: "RM_1".into(), began: Some(at(0)), at: at(seconds), what }
}

fn participant(sid: &str, joined: Option<i64>) -> Participant {
    Participant {
        sid: sid.into(),
        identity: "user1~abcdefgh".into(),
        name: "Zoë".into(),
        kind: Kind::Standard,
        joined_at: joined.map(at),
    }
}

#[test]
fn kinds_are_read_as_livekit_spells_them() {
    for (text, kind, person) in [
        ("STANDARD", Kind::Standard, true),
        ("", Kind::Standard, true),
        ("CONNECTOR", Kind::Standard, true),
        ("SIP", Kind::Sip, true),
        ("INGRESS", Kind::Ingress, true),
        ("EGRESS", Kind::Egress, false),
        ("AGENT", Kind::Agent, false),
    ] {
        assert_eq!((Kind::of(text), Kind::of(text).is_person()), (kind, person), "{text}");
    }
}

#[test]
fn a_stay_knows_its_browser() {
    let seen = Stay::seen(Uuid::nil(), "RM_1", &participant("PA_1", None), at(3));
    assert_eq!((seen.device.as_deref(), seen.joined_at, seen.left_at), (Some("abcdefgh"), at(3), None));
    let recorder = Participant { kind: Kind::Egress, ..participant("PA_2", None) };
    assert_eq!(Stay::seen(Uuid::nil(), "RM_1", &recorder, at(3)).device, None, "its name means nothing");
}

#[test]
fn nobody_leaves_before_having_come() {
    let seen = Stay::seen(Uuid::nil(), "RM_1", &participant("PA_1", Some(5)), at(5));
    assert_eq!(seen.clone().until(Some(at(2))).left_at, Some(at(5)));
    assert_eq!(seen.clone().until(Some(at(9))).until(Some(at(7))).left_at, Some(at(7)));
    assert_eq!(seen.until(None).left_at, None);
}

#[test]
fn a_meeting_of_which_livekit_says_no_name_is_none() {
    let nameless = Report { room_sid: String::new(), ..report(What::Started, 0) };
    assert_eq!(Meeting::after(None, &nameless), None);
}

/// What is known after these reports; of each stay only what reports decide.
fn after(reports: &[Report]) -> (Option<Meeting>, Vec<Stay>) {
    let (mut meeting, mut stays) = (None, Vec::<Stay>::new());
    for report in reports {
        meeting = Meeting::after(meeting.as_ref(), report);
        let finished = meeting.as_ref().and_then(|meeting| meeting.finished_at);
        let (participant, left) = match &report.what {
            What::Started => continue,
            What::Finished => {
                stays = stays.into_iter().map(|stay| stay.until(finished)).collect();
                continue;
            }
            What::Joined(participant) => (participant, None),
            What::Left(participant) => (participant, Some(report.at)),
        };
        let place = stays.iter().position(|stay| stay.participant_sid == participant.sid);
        let before = place.map(|place| stays.swap_remove(place));
        let seen = Stay::seen(report.room, &report.room_sid, participant, report.at);
        stays.push(seen.until(left).merged(before.as_ref()).until(finished));
    }
    stays.sort_by(|one, other| one.participant_sid.cmp(&other.participant_sid));
    (meeting, stays)
}

proptest! {
    /// Whatever the order, and whatever comes twice.
    #[test]
    fn the_order_does_not_matter(
        order in Just((0..6_usize).chain(0..6).collect::<Vec<_>>()).prop_shuffle(),
        left in 6..20_i64,
        finished in 6..20_i64,
    ) {
        let (one, two) = (participant("PA_1", Some(5)), participant("PA_2", Some(6)));
        let reports = [
            report(What::Started, 0),
            report(What::Joined(one.clone()), 5),
            report(What::Joined(two.clone()), 6),
            report(What::Left(one), left),
            report(What::Finished, finished),
            report(What::Joined(participant("PA_3", Some(4))), 4),
        ];
        let shuffled: Vec<_> = order.iter().map(|index| reports[*index].clone()).collect();
        let (meeting, stays) = after(&shuffled);
        prop_assert_eq!(&(meeting.clone(), stays.clone()), &after(&reports));
        prop_assert_eq!(meeting.expect("known").finished_at, Some(at(finished)));
        let ends: Vec<_> = stays.iter().map(|stay| stay.left_at).collect();
        prop_assert_eq!(ends, [Some(at(left.min(finished))), Some(at(finished)), Some(at(finished))]);
    }
}
