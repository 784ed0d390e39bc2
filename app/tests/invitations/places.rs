//! How an invitation becomes a place, and when it does not.

use chrono::TimeDelta;
use serde_json::json;
use visavis::{
    invitations::model::Status,
    rooms::model::Role,
    users::{manage, model::User},
};

use super::{client, confirm, listed, mailing, role, room, send};
use crate::{account::browser::Browser, on_both, support::TestApp};

const NO_SERVER: &str = "smtp://127.0.0.1:1?tls=none";

/// Opens the room and asks to come in; whether that let them in.
async fn comes_in(app: &TestApp, user: &User, slug: &str) -> bool {
    let browser = client(app, user).await;
    assert_eq!(browser.get(&format!("/{slug}")).await.status, 200);
    let ask = json!({ "request": { "slug": slug, "name": user.display_name(), "again": false } });
    let answer = browser.post("/fn/enter", ask.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text.contains("eyJ")
}

on_both! {
    async fn who_opens_the_room_with_the_confirmed_address_is_a_member_and_nobody_else(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        let (round, other) = (room(&app, &ann, "Round").await, room(&app, &ann, "Other").await);
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "Ben@Example.org, nobody@example.org")]).await;
        assert!(!comes_in(&app, &ben, "round").await, "nobody has shown that the address is theirs");
        assert_eq!(role(&app, &round, &ben).await, None);
        confirm(&app, &eve).await;
        assert!(!comes_in(&app, &eve, "round").await, "another address");
        confirm(&app, &ben).await;
        assert_eq!(role(&app, &round, &ben).await, None, "not before they come");
        assert!(!comes_in(&app, &ben, "other").await, "another room");
        assert_eq!(role(&app, &other, &ben).await, None);
        assert!(comes_in(&app, &ben, "round").await);
        assert_eq!(role(&app, &round, &ben).await, Some(Role::Member));
        let mine = listed(&app, &round).await.into_iter().find(|one| one.email == "Ben@Example.org").expect("there");
        assert_eq!((mine.accepted_by, mine.accepted_at.is_some()), (Some(ben.id), true));
        assert!(comes_in(&app, &ben, "round").await, "again");
    }

    async fn the_page_alone_and_the_door_alone_suffice(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let round = room(&app, &ann, "Round").await;
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "ben@example.org cleo@example.org")]).await;
        confirm(&app, &ben).await;
        confirm(&app, &cleo).await;
        let page = client(&app, &ben).await.get("/round").await.text;
        assert!(page.contains(">Join<") || page.contains("Join\n"), "the button says what will happen");
        assert_eq!(role(&app, &round, &ben).await, Some(Role::Member));
        let ask = json!({ "request": { "slug": "round", "name": "Cleo", "again": false } });
        assert!(client(&app, &cleo).await.post("/fn/enter", ask.to_string()).await.text.contains("eyJ"));
        assert_eq!(role(&app, &round, &cleo).await, Some(Role::Member));
    }

    async fn what_was_taken_back_opens_nothing(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &[("addresses", "ben@example.org cleo@example.org")]).await;
        confirm(&app, &ben).await;
        confirm(&app, &cleo).await;
        assert!(comes_in(&app, &cleo, "round").await);
        for one in listed(&app, &round).await {
            let page = host.submit("/round/invitations", &[("do", "take-back"), ("which", &one.id.to_string())]).await.text;
            assert!(page.contains("It opens nothing any more.") && page.contains("Taken back"), "{page}");
        }
        assert!(!comes_in(&app, &ben, "round").await);
        assert!(!comes_in(&app, &cleo, "round").await, "with the place it gave");
        assert_eq!((role(&app, &round, &ben).await, role(&app, &round, &cleo).await), (None, None));
        assert!(listed(&app, &round).await.iter().all(|one| one.status == Status::Cancelled));
        app.advance(TimeDelta::hours(25));
        assert!(listed(&app, &round).await.is_empty(), "and a day later it is no longer shown");
    }

    async fn who_lost_the_place_does_not_get_it_back_by_the_same_invitation(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &[("addresses", "ben@example.org")]).await;
        confirm(&app, &ben).await;
        assert!(comes_in(&app, &ben, "round").await);
        let mut lent = app.state.db.lend().await.expect("lent");
        visavis::on_db!(&mut lent.conn(), c => sqlx::query("DELETE FROM room_accesses WHERE user_id = $1").bind(ben.id).execute(c).await.map(drop)).expect("gone");
        drop(lent);
        assert!(!comes_in(&app, &ben, "round").await);
        // A new invitation is a new decision.
        send(&mut host, &round, &[("addresses", "ben@example.org")]).await;
        assert!(comes_in(&app, &ben, "round").await);
    }

    async fn a_place_goes_with_the_last_invitation_that_gave_it_and_no_other_does(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        // Ben is invited to two dates before he comes, and to a third afterwards; Cleo was made a member by hand.
        let id = app.state.random.uuid();
        let access = visavis::rooms::model::Access { id, room_id: round.id, user_id: cleo.id, role: Role::Member, created_at: app.state.clock.now() };
        visavis::rooms::store::insert_access(&mut app.state.db.lend().await.expect("lent").conn(), &access).await.expect("given");
        for at in ["2026-11-30T10:30", "2026-12-07T10:30"] {
            send(&mut host, &round, &[("addresses", "ben@example.org cleo@example.org"), ("at", at)]).await;
        }
        confirm(&app, &ben).await;
        confirm(&app, &cleo).await;
        assert!(comes_in(&app, &ben, "round").await && comes_in(&app, &cleo, "round").await);
        send(&mut host, &round, &[("addresses", "ben@example.org"), ("at", "2026-12-14T10:30")]).await;
        assert!(comes_in(&app, &ben, "round").await);
        let mine: Vec<_> = listed(&app, &round).await.into_iter().filter(|one| one.email == "ben@example.org").collect();
        assert_eq!(mine.len(), 3);
        for (number, one) in mine.iter().enumerate() {
            assert_eq!(role(&app, &round, &ben).await, Some(Role::Member), "before {number}");
            host.submit("/round/invitations", &[("do", "take-back"), ("which", &one.id.to_string())]).await;
        }
        assert_eq!(role(&app, &round, &ben).await, None, "with the last one");
        for one in listed(&app, &round).await.iter().filter(|one| one.email == "cleo@example.org") {
            host.submit("/round/invitations", &[("do", "take-back"), ("which", &one.id.to_string())]).await;
        }
        assert_eq!(role(&app, &round, &cleo).await, Some(Role::Member), "what a host gave is not an invitation's to take");
    }

    async fn a_host_who_is_invited_stays_a_host_also_when_it_is_taken_back(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let round = room(&app, &ann, "Round").await;
        let id = app.state.random.uuid();
        let access = visavis::rooms::model::Access { id, room_id: round.id, user_id: ben.id, role: Role::Administrator, created_at: app.state.clock.now() };
        visavis::rooms::store::insert_access(&mut app.state.db.lend().await.expect("lent").conn(), &access).await.expect("given");
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &[("addresses", "ben@example.org")]).await;
        confirm(&app, &ben).await;
        assert!(comes_in(&app, &ben, "round").await);
        let one = listed(&app, &round).await[0].id.to_string();
        host.submit("/round/invitations", &[("do", "take-back"), ("which", &one)]).await;
        assert_eq!(role(&app, &round, &ben).await, Some(Role::Administrator));
    }

    async fn an_account_that_was_closed_or_has_another_address_by_now_gets_nothing(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let round = room(&app, &ann, "Round").await;
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "ben@example.org")]).await;
        confirm(&app, &ben).await;
        let loaded = visavis::users::service::active(&app.state, ben.id).await.expect("read").expect("there");
        let mut lent = app.state.db.lend().await.expect("lent");
        visavis::on_db!(&mut lent.conn(), c => sqlx::query("UPDATE users SET email = 'new@example.org', email_folded = 'new@example.org' WHERE id = $1").bind(ben.id).execute(c).await.map(drop)).expect("changed");
        drop(lent);
        // What the request knows of the account is older than what the table says.
        visavis::invitations::service::claim(&app.state, Some(&loaded), &round).await.expect("nothing goes wrong");
        assert_eq!(role(&app, &round, &ben).await, None);
        manage::set_active(&app.state, &ben, false).await.expect("closed");
        visavis::invitations::service::claim(&app.state, Some(&loaded), &round).await.expect("nothing goes wrong");
        assert_eq!(role(&app, &round, &ben).await, None);
    }

    async fn who_becomes_a_member_is_one_in_the_call_and_in_the_log(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let round = room(&app, &ann, "Round").await;
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "ben@example.org")]).await;
        confirm(&app, &ben).await;
        // In another tab, from before.
        let inside = visavis::livekit::client::ParticipantInfo { identity: ben.subject(), kind: "STANDARD".into(), active: true, ..Default::default() };
        app.livekit.set_room(&round.id.to_string(), "RM_1", &[inside]);
        assert!(comes_in(&app, &ben, "round").await);
        let all = app.state.livekit.client().list_participants(&round.id.to_string()).await.expect("told");
        assert_eq!(all[0].attributes.get("room_role").map(String::as_str), Some("member"));
        let mut lent = app.state.db.lend().await.expect("lent");
        let lines: i64 = visavis::on_db!(&mut lent.conn(), c => sqlx::query_scalar("SELECT COUNT(*) FROM room_audit WHERE action = 'accepted' AND actor_id = $1").bind(ben.id).fetch_one(c).await).expect("counted");
        assert_eq!(lines, 1);
        drop(lent);
        let page = Browser::of(&app, &ann).await.get("/round/log").await;
        assert!(page.text.contains("accepted an invitation and is a member now"), "{}", page.text);
    }

    async fn two_tabs_at_once_make_one_member(app: TestApp) {
        let app = mailing(app, NO_SERVER);
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let round = room(&app, &ann, "Round").await;
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "ben@example.org")]).await;
        confirm(&app, &ben).await;
        let browser = client(&app, &ben).await;
        let pages = futures_util::future::join_all((0..6).map(|_| browser.get("/round"))).await;
        assert!(pages.iter().all(|page| page.status == 200));
        assert_eq!(role(&app, &round, &ben).await, Some(Role::Member));
    }
}
