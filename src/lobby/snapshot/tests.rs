use proptest::prelude::*;

use super::*;
use crate::{lobby::model, rooms::model::Configuration};

const TIMES: Times = Times {
    waiting: TimeDelta::seconds(3),
    denied: TimeDelta::seconds(5),
    accepted: TimeDelta::hours(6),
    patience: TimeDelta::hours(1),
};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn room(access_level: AccessLevel) -> Room {
    Room {
        id: Uuid::from_u128(9),
        name: "Monday".into(),
        slug: "monday".into(),
        access_level,
        configuration: sqlx::types::Json(Configuration::default()),
        pin_code: None,
        attendance: false,
        chat: true,
        chat_history: true,
        locked_at: None,
        max_participants: None,
        hosts_required: false,
        verified_only: false,
        meeting_limit: None,
        created_at: at(0),
        updated_at: at(0),
    }
}

fn asker(browser: u128) -> Asker {
    Asker { participant_id: Uuid::from_u128(browser), user_id: None }
}

fn entry(browser: u128, status: Status, since: i64, until: i64) -> Entry {
    Entry {
        room_id: Uuid::from_u128(9),
        participant_id: Uuid::from_u128(browser),
        user_id: None,
        username: format!("Guest {browser}"),
        status,
        since: at(since),
        until: at(until),
        refusals: 0,
        decided_at: None,
        decided_by: None,
    }
}

fn seen(entries: Vec<Entry>, now: i64) -> Snapshot {
    Snapshot::of(Some(room(AccessLevel::Restricted)), entries, false, None, at(now), &TIMES)
}

fn waiting(place: usize) -> View {
    View::Waiting { place, host_here: false, message: None, sign_in_helps: false }
}

#[test]
fn each_sees_their_own_place_and_what_hosts_say() {
    let all = vec![
        entry(1, Status::Waiting, 0, 100),
        entry(2, Status::Waiting, 1, 40),
        entry(3, Status::Waiting, 2, 100),
        entry(4, Status::Accepted, 0, 1000),
        entry(5, Status::Denied, 0, 70),
    ];
    let snapshot = seen(all, 50);
    let view = |browser| snapshot.view(&asker(browser), Passes::No, &TIMES);
    assert_eq!([view(1), view(3)], [waiting(1), waiting(2)], "who is not seen stands in nobody's way");
    assert_eq!(view(2), waiting(3), "and comes after all who are");
    assert_eq!([view(4), view(5), view(6)], [View::Admitted, View::Refused(at(70)), View::Gone]);
    let ids: Vec<_> = snapshot.waiting().map(|entry| entry.participant_id.as_u128()).collect();
    assert_eq!(ids, [1, 3]);
    assert_eq!(snapshot.holds(&TIMES), Duration::from_secs(50));
    let said = Snapshot::of(
        Some(room(AccessLevel::Restricted)),
        vec![entry(1, Status::Waiting, 0, 9)],
        true,
        Some("Soon".into()),
        at(1),
        &TIMES,
    );
    let expected = View::Waiting { place: 1, host_here: true, message: Some("Soon".into()), sign_in_helps: false };
    assert_eq!(said.view(&asker(1), Passes::No, &TIMES), expected);
    assert!(!expected.is_final() && View::Admitted.is_final() && View::Gone.is_final() && View::TimedOut.is_final());
}

#[test]
fn what_is_over_is_over() {
    for (entry, now, expected) in [
        (entry(1, Status::Accepted, 0, 10), 9, View::Admitted),
        (entry(1, Status::Accepted, 0, 10), 10, View::Gone),
        (entry(1, Status::Waiting, 0, 10), 129, waiting(1)),
        (entry(1, Status::Waiting, 0, 10), 130, View::Gone),
        (entry(1, Status::Waiting, 0, 9999), 3599, waiting(1)),
        (entry(1, Status::Waiting, 0, 9999), 3600, View::TimedOut),
        (Entry { user_id: Some(Uuid::nil()), ..entry(1, Status::Accepted, 0, 10) }, 1, View::Gone),
    ] {
        assert_eq!(seen(vec![entry.clone()], now).view(&asker(1), Passes::No, &TIMES), expected, "{now}: {entry:?}");
    }
    let let_in = seen(vec![entry(1, Status::Accepted, 0, 10)], 1);
    assert_eq!(let_in.view(&asker(1), Passes::Awaits, &TIMES), waiting(1), "no host is there yet");
    assert_eq!(seen(vec![entry(1, Status::Accepted, 0, 10)], 10).view(&asker(1), Passes::Awaits, &TIMES), View::Gone);
    assert_eq!(seen(vec![], 0).view(&asker(1), Passes::Yes, &TIMES), View::Admitted, "the room lets them in");
    let none = Snapshot::of(None, vec![entry(1, Status::Accepted, 0, 10)], true, None, at(1), &TIMES);
    assert_eq!(none.view(&asker(1), Passes::Yes, &TIMES), View::Gone, "there is no room to come into");
}

#[test]
fn nobody_waits_where_everybody_comes_in() {
    let all = vec![entry(1, Status::Waiting, 0, 100)];
    for (level, count) in [(AccessLevel::Public, 0), (AccessLevel::Trusted, 1), (AccessLevel::Restricted, 1)] {
        let snapshot = Snapshot::of(Some(room(level)), all.clone(), false, None, at(1), &TIMES);
        assert_eq!(snapshot.waiting().count(), count, "{level:?}");
    }
}

#[test]
fn who_is_about_to_drop_out_of_sight_is_known() {
    let snapshot = seen(
        vec![
            entry(1, Status::Waiting, 0, 57),
            entry(2, Status::Waiting, 0, 58),
            entry(3, Status::Denied, 0, 51),
            entry(4, Status::Waiting, -300, -70),
        ],
        50,
    );
    let fades = [1, 2, 3, 4, 5].map(|id| snapshot.fades(Uuid::from_u128(id), TimeDelta::seconds(8), &TIMES));
    assert_eq!(fades, [true, false, false, false, false]);
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::Waiting), Just(Status::Accepted), Just(Status::Denied)]
}

proptest! {
    /// What is shown is what asking would give: nobody is told "come in" and then not let in.
    #[test]
    fn the_view_is_what_asking_gives(
        status in status(), since in 0..5000_i64, lasts in 0..5000_i64, now in 0..9000_i64, account in any::<bool>(), stranger in any::<bool>(),
    ) {
        let who = Asker { participant_id: Uuid::from_u128(1), user_id: account.then(Uuid::nil) };
        let stored = Entry { user_id: (account != stranger).then(Uuid::nil), ..entry(1, status, since, since + lasts) };
        let now = since + now;
        let view = seen(vec![stored.clone()], now).view(&who, Passes::No, &TIMES);
        let asked = model::ask(Some(stored.clone()), &who, stored.room_id, "x", at(now), TIMES.waiting, &TIMES);
        match asked {
            model::Asked::Accepted(_) => prop_assert_eq!(view, View::Admitted),
            model::Asked::Denied(_) => prop_assert_eq!(view, View::Refused(stored.until)),
            model::Asked::Waiting { entry, .. } if matches!(view, View::Waiting { .. }) => prop_assert_eq!(entry.since, stored.since),
            model::Asked::Waiting { entry, .. } => {
                prop_assert_ne!(&view, &View::Admitted);
                prop_assert_eq!(entry.since, at(now), "who is told that they wait no more has no place");
            }
        }
    }

    /// Places are 1, 2, 3 … in the order of coming, whoever is seen.
    #[test]
    fn places_have_no_gaps(untils in proptest::collection::vec(0..20_i64, 0..30)) {
        let entries: Vec<_> =
            untils.iter().enumerate().map(|(n, until)| entry(n as u128, Status::Waiting, 0, *until)).collect();
        let snapshot = seen(entries, 10);
        let places: Vec<_> = snapshot.waiting().map(|entry| snapshot.places[&entry.participant_id]).collect();
        prop_assert_eq!(places, (1..=untils.iter().filter(|until| **until > 10).count()).collect::<Vec<_>>());
    }
}
