use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::rooms::{
    model::{AccessLevel, Role},
    permissions::{self, Who},
};

pub const TIMES: Times = Times {
    waiting: TimeDelta::seconds(3),
    denied: TimeDelta::seconds(5),
    accepted: TimeDelta::hours(6),
    patience: TimeDelta::hours(1),
};
const ROOM: Uuid = Uuid::from_u128(9);
const ANN: Uuid = Uuid::from_u128(101);
const BEN: Uuid = Uuid::from_u128(102);

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn asker(browser: u128, account: Option<u128>) -> Asker {
    Asker { participant_id: Uuid::from_u128(browser), user_id: account.map(Uuid::from_u128) }
}

fn asks(stored: Option<Entry>, asker: &Asker, now: DateTime<Utc>) -> Asked {
    ask(stored, asker, ROOM, "Karim", now, TIMES.waiting, &TIMES)
}

fn waits(stored: Option<Entry>, asker: &Asker, now: DateTime<Utc>) -> (Entry, bool) {
    match asks(stored, asker, now) {
        Asked::Waiting { entry, new } => (entry, new),
        other => panic!("{other:?}"),
    }
}

/// Somebody who asked at zero, and on whom was decided one second later.
fn decided(allow: bool) -> Entry {
    let (entry, _) = waits(None, &asker(1, None), at(0));
    let (decision, after) = decide(&entry, allow, ANN, at(1), &TIMES);
    assert_eq!(decision, Decision::Write);
    after
}

#[test]
fn a_place_is_kept_over_short_absences_and_told_of_when_it_was_lost_from_sight() {
    let who = asker(1, None);
    let (first, new) = waits(None, &who, at(0));
    assert!(new && first.status == Status::Waiting && first.until == at(3));
    for (seconds, same_place, told) in
        [(1, true, false), (2, true, false), (3, true, true), (100, true, true), (122, true, true), (123, false, true)]
    {
        let (entry, new) = waits(Some(first.clone()), &who, at(seconds));
        assert_eq!((entry.since == first.since, new), (same_place, told), "{seconds}");
        assert_eq!(entry.until, at(seconds + 3));
    }
    let named = ask(Some(first.clone()), &who, ROOM, "Somebody else", at(2), TIMES.waiting, &TIMES);
    assert!(
        matches!(named, Asked::Waiting { entry, .. } if entry.username == "Karim"),
        "hosts decide on a name they saw"
    );
    let longer = Entry { until: at(45), ..first };
    assert_eq!(waits(Some(longer), &who, at(1)).0.until, at(45), "asking shortens nothing");
}

#[test]
fn who_waits_in_vain_for_too_long_begins_anew() {
    let who = asker(1, None);
    let entry = Entry { until: at(10_000), ..waits(None, &who, at(0)).0 };
    assert!(entry.is_seen(at(3599), &TIMES) && !entry.is_tired(at(3599), &TIMES));
    assert!(!entry.is_seen(at(3600), &TIMES) && entry.is_tired(at(3600), &TIMES) && !entry.is_kept(at(3600), &TIMES));
    let (again, new) = waits(Some(entry), &who, at(3600));
    assert!(new && again.since == at(3600));
}

#[test]
fn an_admission_is_for_one_account_on_one_browser_while_it_lasts() {
    let admitted = decided(true);
    assert!(matches!(asks(Some(admitted.clone()), &asker(1, None), at(21_600)), Asked::Accepted(_)));
    assert!(matches!(asks(Some(admitted.clone()), &asker(1, None), at(21_601)), Asked::Waiting { new: true, .. }));
    for other in [asker(1, Some(101)), asker(2, None), asker(2, Some(101))] {
        let (entry, new) = waits(Some(admitted.clone()), &other, at(2));
        assert!(new && entry.user_id == other.user_id && entry.participant_id == other.participant_id, "{other:?}");
        assert!(entry.decided_at.is_none() && entry.decided_by.is_none() && entry.admission().is_none());
    }
    assert!(decided(false).admission().is_none() && waits(None, &asker(1, None), at(0)).0.admission().is_none());
}

#[test]
fn refusals_in_a_row_last_longer_and_longer_until_somebody_is_admitted() {
    let who = asker(1, None);
    let (mut stored, mut now) = (None, at(0));
    for lasts in [5, 5, 30, 120, 600, 600, 600] {
        let (entry, _) = waits(stored, &who, now);
        let (decision, refused) = decide(&entry, false, ANN, now, &TIMES);
        assert_eq!((decision, refused.until - now), (Decision::Write, TimeDelta::seconds(lasts)));
        let last = now + TimeDelta::seconds(lasts - 1);
        assert_eq!(refused.refused_for(last), Some(Duration::from_secs(1)));
        assert!(matches!(asks(Some(refused.clone()), &who, last), Asked::Denied(_)));
        now = refused.until;
        assert_eq!(refused.refused_for(now), None);
        stored = Some(refused);
    }
    let (entry, _) = waits(stored, &asker(1, Some(101)), now);
    assert_eq!(entry.refusals, 7, "signing in forgives nothing");
    assert_eq!(decide(&entry, true, ANN, now, &TIMES).1.refusals, 0);
    let patient = Times { denied: TimeDelta::minutes(15), ..TIMES };
    assert_eq!(refusal(1, &patient), patient.denied);
    assert_eq!(refusal(i32::MAX, &patient), patient.denied);
    let worn = Entry { refusals: i32::MAX, ..waits(None, &who, now).0 };
    assert_eq!(decide(&worn, false, ANN, now, &TIMES).1.refusals, i32::MAX);
}

#[test]
fn the_first_decision_of_one_moment_holds_and_a_later_one_overrides() {
    for first in [true, false] {
        let entry = decided(first);
        for second in [true, false] {
            let (decision, after) = decide(&entry, second, BEN, at(5), &TIMES);
            assert_eq!((decision, &after), (Decision::Decided, &entry), "{first} {second}: another host's");
        }
        assert_eq!(decide(&entry, first, ANN, at(5), &TIMES).0, Decision::Decided, "{first}: pressed twice");
        let (decision, after) = decide(&entry, !first, ANN, at(2), &TIMES);
        assert_eq!(decision, Decision::Write, "one's own second thought");
        assert_eq!(after.admission().is_some(), !first);
    }
    let (decision, after) = decide(&decided(true), false, BEN, at(6), &TIMES);
    assert_eq!((decision, after.status, after.decided_by), (Decision::Write, Status::Denied, Some(BEN)));
    let long = Times { denied: TimeDelta::minutes(1), ..TIMES };
    let (_, refused) = decide(&waits(None, &asker(1, None), at(0)).0, false, ANN, at(1), &long);
    assert_eq!(decide(&refused, true, BEN, at(6), &long).0, Decision::Write);
}

#[test]
fn nobody_is_decided_on_who_is_gone() {
    let (entry, _) = waits(None, &asker(1, None), at(0));
    for (seconds, expected) in [(2, Decision::Write), (122, Decision::Write), (123, Decision::Gone)] {
        let (decision, after) = decide(&entry, true, ANN, at(seconds), &TIMES);
        assert_eq!(decision, expected, "{seconds}");
        assert_eq!(after.admission().is_some(), expected == Decision::Write);
    }
    let tired = Entry { until: at(10_000), ..entry };
    assert_eq!(decide(&tired, true, ANN, at(3600), &TIMES).0, Decision::Gone);
    for allow in [true, false] {
        let over = decided(allow);
        assert_eq!(decide(&over, true, BEN, over.until.max(at(6)), &TIMES), (Decision::Gone, over.clone()), "{allow}");
    }
}

#[derive(Clone, Debug)]
enum Event {
    Ask(usize, Option<usize>),
    Stay(usize, Option<usize>),
    GiveUp(usize, Option<usize>),
    Decide { host: usize, browser: usize, allow: bool },
    Pass(i64),
    MeetingEnds,
    Level(AccessLevel),
    Role(usize, bool),
    Sweep,
}

fn event() -> impl Strategy<Value = Event> {
    let account = || proptest::option::of(0..2_usize);
    let step = prop_oneof![Just(0), Just(1), Just(4), Just(6), Just(130), Just(700), Just(3700), Just(21_700)];
    let level = prop_oneof![
        1 => Just(AccessLevel::Public), 2 => Just(AccessLevel::Trusted), 4 => Just(AccessLevel::Restricted)
    ];
    prop_oneof![
        8 => (0..2_usize, account()).prop_map(|(browser, account)| Event::Ask(browser, account)),
        2 => (0..2_usize, account()).prop_map(|(browser, account)| Event::Stay(browser, account)),
        1 => (0..2_usize, account()).prop_map(|(browser, account)| Event::GiveUp(browser, account)),
        8 => (0..2_usize, 0..2_usize, any::<bool>()).prop_map(|(host, browser, allow)| Event::Decide { host, browser, allow }),
        5 => step.prop_map(Event::Pass),
        1 => Just(Event::MeetingEnds),
        1 => level.prop_map(Event::Level),
        1 => (0..2_usize, any::<bool>()).prop_map(|(account, given)| Event::Role(account, given)),
        1 => Just(Event::Sweep),
    ]
}

/// What really happened to a browser, told apart from how the model keeps it.
#[derive(Clone, Copy, Debug)]
enum Happened {
    Asked(Option<usize>),
    Admitted,
    Refused,
    Ended,
}

struct World {
    now: i64,
    level: AccessLevel,
    members: [bool; 2],
    stored: HashMap<usize, Entry>,
    history: Vec<(i64, usize, Happened)>,
}

impl World {
    fn asker(browser: usize, account: Option<usize>) -> Asker {
        asker(browser as u128 + 1, account.map(|account| account as u128 + 101))
    }

    fn passes(&self, account: Option<usize>) -> bool {
        let role = account.filter(|account| self.members[*account]).map(|_| Role::Member);
        permissions::enter(self.level, Who { signed_in: account.is_some(), role, ..Who::STRANGER }).is_ok()
    }

    /// What the database gives back, and a new process reads.
    fn put(&mut self, browser: usize, entry: Entry) {
        let status = Status::try_from(entry.status.as_str().to_owned()).expect("a word of ours");
        self.stored.insert(browser, Entry { status, ..entry });
    }

    /// Whether a host's word lets this account in on this browser just now; only from what happened.
    fn was_admitted(&self, browser: usize, account: Option<usize>) -> bool {
        let (mut asked, mut admitted) = (None, None);
        for (when, _, what) in self.history.iter().filter(|(_, of, _)| *of == browser) {
            match what {
                // Somebody else who asks takes the place.
                Happened::Asked(who) => {
                    admitted = admitted.filter(|(of, _)| of == who);
                    asked = Some(*who);
                }
                Happened::Admitted => admitted = asked.map(|who| (who, *when)),
                Happened::Refused | Happened::Ended => admitted = None,
            }
        }
        admitted.is_some_and(|(who, when)| who == account && self.now < when + 21_600)
    }

    /// Whether a token is given.
    fn ask(&mut self, browser: usize, account: Option<usize>) -> Option<bool> {
        let (who, now) = (Self::asker(browser, account), at(self.now));
        if self.passes(account) {
            return Some(true);
        }
        let stored = self.stored.get(&browser).cloned();
        match asks(stored.clone(), &who, now) {
            Asked::Accepted(entry) => {
                let admission = entry.admission().expect("accepted");
                permissions::enter_admitted(&admission, who.participant_id, who.user_id, now).expect("it is theirs");
                Some(false)
            }
            Asked::Denied(entry) => {
                assert!(entry.is_of(&who) && now < entry.until);
                None
            }
            Asked::Waiting { entry, .. } => {
                let kept = stored.filter(|before| before.is_of(&who) && before.is_kept(now, &TIMES));
                assert_eq!(entry.since, kept.map_or(now, |before| before.since), "the place in the queue");
                assert!(entry.is_seen(now, &TIMES) && entry.admission().is_none());
                self.history.push((self.now, browser, Happened::Asked(account)));
                self.put(browser, entry);
                None
            }
        }
    }

    fn decide(&mut self, host: usize, browser: usize, allow: bool) {
        let Some(entry) = self.stored.get(&browser).cloned() else { return };
        let by = [ANN, BEN][host];
        let (decision, after) = decide(&entry, allow, by, at(self.now), &TIMES);
        let last = self.history.iter().rev().find_map(|(when, of, what)| match what {
            Happened::Admitted | Happened::Refused if *of == browser => Some((*when, *what)),
            _ => None,
        });
        match decision {
            Decision::Gone => return,
            Decision::Decided => {
                let (when, what) = last.expect("somebody decided");
                assert!(self.now < when + 5, "{what:?}");
                return;
            }
            Decision::Write => assert_eq!(after.admission().is_some(), allow),
        }
        let what = if allow { Happened::Admitted } else { Happened::Refused };
        self.history.push((self.now, browser, what));
        self.put(browser, after);
    }

    fn step(&mut self, event: Event) -> Result<(), TestCaseError> {
        match event {
            Event::Ask(browser, account) => {
                if let Some(by_room) = self.ask(browser, account) {
                    prop_assert!(by_room || self.was_admitted(browser, account), "{:?}", self.history);
                }
            }
            Event::Stay(browser, account) => {
                let (who, now) = (Self::asker(browser, account), at(self.now));
                let stored = self.stored.get(&browser).cloned();
                if let Some(entry) = stored.filter(|entry| entry.is_of(&who) && entry.is_kept(now, &TIMES)) {
                    self.put(browser, Entry { until: entry.until.max(now + TimeDelta::seconds(45)), ..entry });
                }
            }
            Event::GiveUp(browser, account) => {
                let who = Self::asker(browser, account);
                self.stored.retain(|at, entry| *at != browser || !entry.is_of(&who) || entry.status != Status::Waiting);
            }
            Event::Decide { host, browser, allow } => self.decide(host, browser, allow),
            Event::Pass(seconds) => self.now += seconds,
            Event::MeetingEnds => {
                self.stored.retain(|_, entry| entry.status == Status::Waiting);
                self.history.extend([0, 1].map(|browser| (self.now, browser, Happened::Ended)));
            }
            Event::Level(level) => self.level = level,
            Event::Role(account, given) => self.members[account] = given,
            Event::Sweep => {
                let now = at(self.now);
                self.stored.retain(|_, entry| match entry.status {
                    Status::Waiting => now < entry.until + KEPT,
                    Status::Denied => now < entry.until + REMEMBERED,
                    Status::Accepted => now < entry.until,
                });
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever happens: who gets a token was let in by the room, or by a host who meant this account on this browser, and whose
    /// word still holds.
    #[test]
    fn nobody_comes_in_without_being_let_in(events in proptest::collection::vec(event(), 1..60)) {
        let mut world = World {
            now: 0, level: AccessLevel::Restricted, members: [false; 2], stored: HashMap::new(), history: Vec::new(),
        };
        for event in events {
            world.step(event)?;
        }
    }

    /// And who was let in gets one: once a host admits who waits, that asker and nobody else comes in.
    #[test]
    fn who_is_let_in_comes_in(later in 0..21_600_i64, browser in 1..3_u128, account in proptest::option::of(101..103_u128)) {
        let who = asker(browser, account);
        let (_, entry) = decide(&waits(None, &who, at(0)).0, true, ANN, at(0), &TIMES);
        for other_browser in 1..3 {
            for other_account in [None, Some(101), Some(102)] {
                let other = asker(other_browser, other_account);
                let comes = matches!(asks(Some(entry.clone()), &other, at(later)), Asked::Accepted(_));
                let permit = permissions::enter_admitted(&entry.admission().expect("admitted"), other.participant_id, other.user_id, at(later));
                prop_assert_eq!((comes, permit.is_ok()), (other == who, other == who));
            }
        }
    }
}
