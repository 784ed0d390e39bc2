//! Taking one's data along, and deleting the account.

use std::io::{Cursor, Read};

use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{
    presence::{
        self,
        model::{Kind, Participant, Report, What},
    },
    rooms::{
        self,
        model::{Access, Role},
        service::{NewRoom, create},
    },
    users::{self, service::change_password},
};

use super::browser::Browser;
use crate::{on_both, support::TestApp};

async fn room(app: &TestApp, owner: &users::model::User, name: &str) -> rooms::model::Room {
    create(&app.state, Some(owner), NewRoom { name: Some(name.into()), ..NewRoom::default() }).await.expect("made")
}

fn file(zip: &[u8], name: &str) -> Value {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip.to_vec())).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect("there").read_to_string(&mut text).expect("UTF-8");
    serde_json::from_str(&text).expect("JSON")
}

on_both! {
    async fn the_copy_holds_all_that_is_ones_own_and_nothing_else(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        change_password(&app.state, &ann, None, String::new(), "correct horse".into()).await.expect("set");
        let (own, bens) = (room(&app, &ann, "Own").await, room(&app, &ben, "Bens").await);
        room(&app, &ben, "Secret").await;
        let access = Access { id: app.state.random.uuid(), room_id: bens.id, user_id: ann.id, role: Role::Member, created_at: app.state.clock.now() };
        rooms::store::insert_access(&mut app.state.db.lend().await.expect("lent").conn(), &access).await.expect("given");
        for user in [&ann, &ben] {
            let who = Participant { sid: format!("PA_{}", user.id), identity: user.subject(), name: user.display_name(), kind: Kind::Standard, joined_at: None };
            let report = Report { room: own.id, room_sid: "RM_1".into(), began: None, at: app.state.clock.now(), what: What::Joined(who) };
            presence::service::hear(&app.state, &report).await.expect("noted");
        }
        let mut browser = Browser::of(&app, &ann).await;
        let answer = browser.get("/account/export").await;
        assert_eq!((answer.status.as_u16(), &answer.headers["content-type"]), (200, &"application/zip".parse().expect("a value")));
        assert!(answer.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
        assert_eq!(answer.headers["cache-control"], "no-store");
        let account = file(&answer.bytes, "account.json");
        assert_eq!((&account["email"], &account["has_password"], &account["id"]), (&json!("ann@example.org"), &json!(true), &json!(ann.id)));
        let roles: Vec<_> = file(&answer.bytes, "rooms.json").as_array().expect("a list").iter().map(|room| (room["id"].clone(), room["role"].clone())).collect();
        assert_eq!(roles.len(), 2);
        assert!(roles.contains(&(json!(own.id), json!("owner"))) && roles.contains(&(json!(bens.id), json!("member"))));
        assert_eq!(file(&answer.bytes, "accesses.json").as_array().expect("a list").len(), 2);
        let stays = file(&answer.bytes, "presences.json");
        assert_eq!((stays.as_array().map(Vec::len), &stays[0]["room_id"], &stays[0]["left_at"]), (Some(1), &json!(own.id), &json!(null)));
        let sessions = file(&answer.bytes, "sessions.json");
        assert_eq!((sessions[0]["device"]["browser"].clone(), sessions[0]["here"].clone()), (json!("Firefox"), json!(true)));
        let all = ["account.json", "sessions.json", "rooms.json", "accesses.json", "presences.json"].map(|name| file(&answer.bytes, name).to_string()).concat();
        for hidden in ["argon2", "Secret", "ben@example.org", browser.cookies["sessionid"].as_str()] {
            assert!(!all.contains(hidden), "{hidden}");
        }
        assert_eq!(Browser::new(&app).get("/account/export").await.status, 303, "not for strangers");
        let bens = Browser::of(&app, &ben).await.get(&format!("/account/export?user={}", ann.id)).await;
        assert_eq!(file(&bens.bytes, "account.json")["email"], "ben@example.org", "there is no way to name another");
    }

    async fn leaving_takes_the_password_and_a_decision_for_each_room(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        change_password(&app.state, &ann, None, String::new(), "correct horse".into()).await.expect("set");
        let (kept, gone) = (room(&app, &ann, "Kept").await, room(&app, &ann, "Gone").await);
        let access = Access { id: app.state.random.uuid(), room_id: kept.id, user_id: ben.id, role: Role::Member, created_at: app.state.clock.now() };
        rooms::store::insert_access(&mut app.state.db.lend().await.expect("lent").conn(), &access).await.expect("given");
        let (mut here, mut there) = (Browser::of(&app, &ann).await, Browser::of(&app, &ann).await);
        let page = here.get("/account/delete").await.text;
        assert!(page.contains("Kept") && page.contains("Gone") && page.contains("Hand over to ben (member)"), "{page}");

        let (kept_field, gone_field, heir) = (format!("room-{}", kept.id), format!("room-{}", gone.id), ben.id.to_string());
        let decided = [(kept_field.as_str(), heir.as_str()), (gone_field.as_str(), "delete")];
        let with = |password| [decided[0], decided[1], ("current", password)];
        let page = here.submit("/account/delete", &with("not it at all")).await.text;
        assert!(page.contains("This is not your present password."), "{page}");
        assert!(page.contains(&format!("<option value=\"{heir}\" selected")), "what was decided is kept: {page}");
        let page = here.submit("/account/delete", &[decided[0], ("current", "correct horse")]).await.text;
        assert!(page.contains("a room has no decision yet"), "{page}");
        let stranger = app.user("cid").await.id.to_string();
        let page = here.submit("/account/delete", &[(kept_field.as_str(), stranger.as_str()), decided[1], ("current", "correct horse")]).await.text;
        assert!(page.contains("a room has no decision yet"), "somebody without a role is no heir: {page}");

        let page = here.submit("/account/delete", &with("correct horse")).await.text;
        assert!(page.contains("Your account is deleted."), "{page}");
        for browser in [&mut here, &mut there] {
            assert_eq!(browser.get("/account").await.status, 303, "every session ended");
        }
        assert!(users::service::active(&app.state, ann.id).await.expect("read").is_none());
        let mut lent = app.state.db.lend().await.expect("lent");
        assert_eq!(rooms::store::role(&mut lent.conn(), kept.id, ben.id).await.expect("read"), Some(Role::Owner));
        assert!(rooms::store::by_id(&mut lent.conn(), gone.id).await.expect("read").is_none());
    }

    async fn without_a_password_it_takes_a_fresh_sign_in(app: TestApp) {
        let ann = app.user("ann").await;
        let mut browser = Browser::of(&app, &ann).await;
        app.advance(TimeDelta::minutes(11));
        assert!(browser.get("/account/delete").await.text.contains("Sign in again"));
        let page = browser.submit("/account/delete", &[]).await.text;
        assert!(page.contains("this takes a fresh sign-in"), "{page}");
        let to = browser.post("/sign-out?next=/account/delete", &[]).await;
        assert_eq!(to.to(), "/sign-in?next=/account/delete");
        browser.enter(&app, &ann).await;
        assert!(browser.submit("/account/delete", &[]).await.text.contains("Your account is deleted."));
    }

    async fn another_site_cannot_make_somebody_leave(app: TestApp) {
        let ann = app.user("ann").await;
        let session = app.signed_in(&ann).await;
        let client = crate::support::Client::new(crate::whole(&app), Some(session.session_id().to_owned()))
            .with("content-type", "application/x-www-form-urlencoded").with("sec-fetch-site", "cross-site");
        for path in ["/account/delete", "/account/profile", "/account/sessions/end", "/sign-out"] {
            assert_eq!(client.post(path, "x=y").await.status, 403, "{path}");
        }
        assert_eq!(client.post("/sign-out?next=//evil.example", "").await.status, 403);
    }
}
