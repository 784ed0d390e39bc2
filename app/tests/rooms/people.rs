//! Giving and taking roles on the page of a room.

use visavis::{on_db, rooms::model::Role, users::model::User};

use super::{browser, follow, give, role, room, to};
use crate::{on_both, support::TestApp};

async fn close(app: &TestApp, user: &User) {
    let mut lent = app.state.db.lend().await.expect("lent");
    let (conn, id) = (&mut lent.conn(), user.id);
    let sql = "UPDATE users SET is_active = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(sql).bind(id).bind(false).execute(c).await.map(drop)).expect("closed");
}

on_both! {
    async fn roles_are_given_by_address_changed_and_taken(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (owner, round) = (browser(&app, &ann).await, room(&app, &ann, "Round").await);
        let added = owner.post("/round/settings", "do=add&email=+BEN%40Example.org+&role=member").await;
        let page = follow(&owner, &added).await;
        assert!(page.contains("They find the room among theirs.") && page.contains("ben@example.org"), "{page}");
        assert_eq!(role(&app, &round, &ben).await, Some(Role::Member));
        let again = follow(&owner, &owner.post("/round/settings", "do=add&email=ben%40example.org&role=owner").await).await;
        assert!(again.contains("This person already has a role in this room.") && again.contains("value=\"ben@example.org\""));
        let access = page.split("name=\"access\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a key").to_owned();
        for (act, wanted) in [("make-administrator", Some(Role::Administrator)), ("make-owner", Some(Role::Owner))] {
            assert!(follow(&owner, &owner.post("/round/settings", format!("do={act}&access={access}")).await).await.contains("The role is changed."));
            assert_eq!(role(&app, &round, &ben).await, wanted, "{act}");
        }
        // An owner's role is that owner's alone.
        let refused = follow(&owner, &owner.post("/round/settings", format!("do=make-member&access={access}")).await).await;
        assert!(refused.contains("Only owners make others owners"), "{refused}");
        let other = browser(&app, &ben).await;
        assert_eq!(to(&other.post("/round/settings", format!("do=remove&access={access}")).await), "/");
        assert_eq!(role(&app, &round, &ben).await, None);
        assert_eq!(other.get("/round/settings").await.status, 403);
    }

    async fn the_last_owner_stays_and_hosts_make_no_owners(app: TestApp) {
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let round = room(&app, &ann, "Round").await;
        let hosts = give(&app, &round, &ben, Role::Administrator).await;
        let (owner, host) = (browser(&app, &ann).await, browser(&app, &ben).await);
        let page = owner.get("/round/settings").await.text;
        assert_eq!(page.matches("name=\"access\"").count(), 1, "nothing can be done about the last owner: {page}");
        let mut lent = app.state.db.lend().await.expect("lent");
        let all = visavis::rooms::store::accesses(&mut lent.conn(), &[round.id]).await.expect("read");
        drop(lent);
        let own = all.iter().find(|access| access.user_id == ann.id).expect("hers").id;
        for act in ["remove", "make-member"] {
            let said = follow(&owner, &owner.post("/round/settings", format!("do={act}&access={own}")).await).await;
            assert!(said.contains("A room keeps at least one owner."), "{said}");
        }
        let form = host.get("/round/settings").await.text;
        assert!(form.contains("value=\"administrator\"") && !form.contains("value=\"owner\"") && !form.contains("make-owner"), "{form}");
        for body in [format!("do=make-owner&access={hosts}"), "do=add&email=cleo%40example.org&role=owner".to_owned()] {
            assert!(follow(&host, &host.post("/round/settings", body.clone()).await).await.contains("Only owners make others owners"), "{body}");
        }
        assert_eq!((role(&app, &round, &ben).await, role(&app, &round, &cleo).await), (Some(Role::Administrator), None));
    }

    async fn a_page_changes_no_role_of_another_room(app: TestApp) {
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let (hers, other, his) = (room(&app, &ann, "Hers").await, room(&app, &ann, "Other").await, room(&app, &ben, "His").await);
        let (own, foreign) = (give(&app, &other, &cleo, Role::Member).await, give(&app, &his, &cleo, Role::Member).await);
        let client = browser(&app, &ann).await;
        for access in [own.as_str(), foreign.as_str(), "x", ""] {
            for act in ["remove", "make-administrator", "make-owner"] {
                let answer = client.post("/hers/settings", format!("do={act}&access={access}")).await;
                assert!(matches!(answer.status.as_u16(), 403 | 404), "{act} {access}");
            }
        }
        assert_eq!((role(&app, &other, &cleo).await, role(&app, &his, &cleo).await), (Some(Role::Member), Some(Role::Member)));
        assert_eq!(role(&app, &hers, &cleo).await, None);
    }

    async fn an_address_without_account_and_one_that_was_closed_read_the_same_and_few_can_be_tried(app: TestApp) {
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let round = room(&app, &ann, "Round").await;
        close(&app, &ben).await;
        let owner = browser(&app, &ann).await;
        let said = |email: &'static str| {
            let owner = owner.clone();
            async move {
                let page = follow(&owner, &owner.post("/round/settings", format!("do=add&email={email}&role=member")).await).await;
                let error = page.split("id=\"email-error\"").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap_or_default();
                assert!(page.contains(&format!("value=\"{}\"", email.replace("%40", "@"))), "{page}");
                error.to_owned()
            }
        };
        let nobody = said("nobody%40example.org").await;
        assert!(nobody.contains("No account here has this address."), "{nobody}");
        assert_eq!(said("ben%40example.org").await, nobody);
        assert!(said("nonsense").await.contains("does not look like an e-mail address"));
        for _ in 0..60 {
            owner.post("/round/settings", "do=add&email=nobody%40example.org&role=member").await;
        }
        let late = follow(&owner, &owner.post("/round/settings", "do=add&email=cleo%40example.org&role=member").await).await;
        assert!(late.contains("Too many attempts") && role(&app, &round, &cleo).await.is_none(), "{late}");
        // A member learns nothing at all.
        give(&app, &round, &cleo, Role::Member).await;
        let member = browser(&app, &cleo).await;
        for email in ["ann%40example.org", "nobody%40example.org"] {
            assert_eq!(member.post("/round/settings", format!("do=add&email={email}&role=member")).await.status, 403);
        }
    }
}
