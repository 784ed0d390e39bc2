use super::*;

use Role::{Administrator, Member, Owner};

#[test]
fn who_may_enter() {
    use AccessLevel::{Public, Restricted, Trusted};
    let stranger = Who::STRANGER;
    let user = Who { signed_in: true, role: None, ..Who::STRANGER };
    let member = Who { signed_in: true, role: Some(Role::Member), ..Who::STRANGER };
    let owner = Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER };
    let table = [
        (Public, [true, true, true, true]),
        (Trusted, [false, true, true, true]),
        (Restricted, [false, false, true, true]),
    ];
    for (level, expected) in table {
        let got = [stranger, user, member, owner].map(|who| enter(level, who).is_ok());
        assert_eq!(got, expected, "{level:?}");
    }
}

#[test]
fn only_hosts_see_accesses_and_only_users_create() {
    let role = |role| Who { signed_in: true, role, ..Who::STRANGER };
    let got =
        [None, Some(Role::Member), Some(Role::Administrator), Some(Role::Owner)].map(|r| see_accesses(role(r)).is_ok());
    assert_eq!(got, [false, false, true, true]);
    assert!(create(true).is_ok() && create(false).is_err());
}

fn told(result: Result<impl Sized>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

fn everybody() -> [Who; 5] {
    let role = |role| Who { signed_in: true, role, ..Who::STRANGER };
    [Who::STRANGER, role(None), role(Some(Member)), role(Some(Administrator)), role(Some(Owner))]
}

#[test]
fn who_changes_and_deletes_rooms() {
    assert_eq!(everybody().map(|who| update(who).is_ok()), [false, false, false, true, true]);
    assert_eq!(everybody().map(|who| delete(who).is_ok()), [false, false, false, false, true]);
}

#[test]
fn who_gives_which_role() {
    let (no, owners) = ("hosts_only", "owners_only");
    for (role, expected) in [
        (Member, [no, no, no, "ok", "ok"]),
        (Administrator, [no, no, no, "ok", "ok"]),
        (Owner, [no, no, no, owners, "ok"]),
    ] {
        assert_eq!(everybody().map(|who| told(add_access(who, role))), expected, "{role:?}");
    }
}

#[test]
fn who_changes_which_role() {
    let (no, owners, last) = ("forbidden", "owners_only", "last_owner");
    let held = |role, own, owners| Held { own, role, owners };
    let table = [
        (held(Member, false, 1), Administrator, [no, no, no, "ok", "ok"]),
        (held(Administrator, true, 1), Member, [no, no, no, "ok", "ok"]),
        (held(Member, false, 1), Owner, [no, no, no, owners, "ok"]),
        (held(Owner, false, 2), Member, [no, no, no, owners, owners]),
        (held(Owner, false, 2), Owner, [no, no, no, owners, owners]),
        (held(Owner, true, 1), Member, [no, no, no, last, last]),
        (held(Owner, true, 2), Administrator, [no, no, no, "ok", "ok"]),
        (held(Owner, true, 1), Owner, [no, no, no, owners, "ok"]),
    ];
    for (held, to, expected) in table {
        assert_eq!(everybody().map(|who| told(change_access(who, held, to))), expected, "{held:?} to {to:?}");
    }
}

#[test]
fn who_takes_which_role_away() {
    let (no, last) = ("forbidden", "last_owner");
    let held = |role, own, owners| Held { own, role, owners };
    let table = [
        (held(Member, false, 1), [no, no, no, "ok", "ok"]),
        (held(Administrator, true, 1), [no, no, no, "ok", "ok"]),
        (held(Owner, false, 2), [no, no, no, no, no]),
        (held(Owner, true, 1), [no, no, no, last, last]),
        (held(Owner, true, 2), [no, no, no, "ok", "ok"]),
    ];
    for (held, expected) in table {
        assert_eq!(everybody().map(|who| told(remove_access(who, held))), expected, "{held:?}");
    }
}

#[test]
fn an_admission_is_for_one_account_on_one_browser_while_it_lasts() {
    let at = |seconds: i64| DateTime::from_timestamp(1_795_000_000 + seconds, 0).expect("a time");
    let [browser, other, user] = [1, 2, 3].map(Uuid::from_u128);
    let guest = Admission { participant_id: browser, user_id: None, until: at(10) };
    let account = Admission { user_id: Some(user), ..guest };
    let lets_in = |admission, browser, user, now| enter_admitted(admission, browser, user, now).is_ok();
    assert!(lets_in(&guest, browser, None, at(9)) && lets_in(&account, browser, Some(user), at(0)));
    assert!(!lets_in(&guest, browser, None, at(10)), "over");
    assert!(!lets_in(&guest, other, None, at(0)) && !lets_in(&account, other, Some(user), at(0)), "another browser");
    assert!(
        !lets_in(&guest, browser, Some(user), at(0)) && !lets_in(&account, browser, None, at(0)),
        "another account"
    );
}

#[test]
fn hosts_decide_at_the_door_and_whom_everybody_sees() {
    let who = |role| Who { signed_in: true, role, ..Who::STRANGER };
    let roles = [None, Some(Member), Some(Administrator), Some(Owner)];
    assert_eq!(roles.map(|role| decide(who(role)).is_ok()), [false, false, true, true]);
    assert_eq!(roles.map(|role| direct(who(role)).is_ok()), [false, false, true, true]);
}

#[test]
fn a_token_is_good_in_its_own_room() {
    let [room, other] = [1, 2].map(Uuid::from_u128);
    assert!(take_part(room, &room.to_string()).is_ok());
    for named in [other.to_string(), String::new(), format!("{room}!"), "choir".to_owned()] {
        assert!(take_part(room, &named).is_err(), "{named}");
    }
}

#[test]
fn hosts_invite_and_an_invitation_is_for_its_own_confirmed_address() {
    let no = "not_a_host";
    assert_eq!(everybody().map(|who| told(invite(who))), [no, no, no, "ok", "ok"]);
    let address = "ann@example.org";
    for (verified, lets_in) in
        [(Some(address), true), (Some("eve@example.org"), false), (None, false), (Some("ann@example.org "), false)]
    {
        assert_eq!(accept_invitation(verified, address).is_ok(), lets_in, "{verified:?}");
    }
    assert!(accept_invitation(Some(""), "").is_err(), "no address is nobody's");
    assert!(decide_by_link(true).is_ok() && decide_by_link(false).is_err());
}
