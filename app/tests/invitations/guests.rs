//! Guest links.

use chrono::TimeDelta;
use serde_json::json;
use visavis::{
    lobby::{decisions, now::Standing, service as door, store},
    rooms::{
        model::Room,
        permissions::{self, Who},
    },
    users::model::User,
};

use super::{listed, room};
use crate::{
    account::browser::{Browser, Page},
    on_both,
    support::TestApp,
};

/// Makes a link on the page, which shows it once; its path.
async fn make(host: &mut Browser, slug: &str, fields: &[(&str, &str)]) -> String {
    let mut all = vec![("do", "make-link"), ("link_name", "Candidate"), ("days", "7"), ("uses", "")];
    all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    all.extend_from_slice(fields);
    let answer = host.post(&format!("/{slug}/invitations"), &all).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let to = answer.to().split('#').next().unwrap_or_default().to_owned();
    let page = host.get(&to).await.text;
    let url = page.split("data-url=\"http://localhost:8080").nth(1).and_then(|rest| rest.split('"').next());
    let url = url.unwrap_or_else(|| panic!("no link: {page}")).to_owned();
    let again = host.get(&to).await.text;
    assert!(!again.contains(&url) && again.contains("Candidate"), "a second time it is not shown");
    url
}

/// What the door of the room says to this browser.
async fn enters(browser: &mut Browser, app: &TestApp, slug: &str) -> bool {
    let cookie = browser.cookies.get("lobbyParticipantId").cloned().unwrap_or_default();
    let session = browser.cookies.get("sessionid").cloned();
    let client = crate::support::Client::new(crate::whole(app), session);
    let client = client.with("cookie", &format!("lobbyParticipantId={cookie}"));
    let ask = json!({ "request": { "slug": slug, "name": "Karim", "again": false } });
    let answer = client.post("/fn/enter", ask.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text.contains("eyJ")
}

async fn link(app: &TestApp, room: &Room) -> visavis::guest_links::model::GuestLink {
    let permit =
        permissions::invite(Who { signed_in: true, role: Some(visavis::rooms::model::Role::Owner), ..Who::STRANGER })
            .expect("a host");
    let all = visavis::guest_links::service::list(&app.state, &permit, room.id).await.expect("read");
    all.into_iter().next().expect("a link").link
}

/// The body without what changes with every answer.
fn plain(page: &Page) -> String {
    let text = page.text.clone();
    let nonce = text.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("-").to_owned();
    text.replace(&nonce, "")
}

on_both! {
    async fn looking_changes_nothing_the_button_lets_in_this_browser_alone(app: TestApp) {
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let path = make(&mut Browser::of(&app, &ann).await, "round", &[("may_pass", "on"), ("uses", "1")]).await;
        assert!(path.starts_with("/round/g/") && path.len() == "/round/g/".len() + 32, "192 bits: {path}");
        let (mut guest, mut other) = (Browser::new(&app), Browser::new(&app));
        for _ in 0..3 {
            let page = guest.get(&path).await;
            assert!(page.status == 200 && page.text.contains("Go on to the meeting") && page.text.contains("method=\"post\""), "{}", page.text);
        }
        assert_eq!(link(&app, &round).await.uses, 0);
        let listed = Browser::of(&app, &ann).await.get("/round/invitations").await;
        assert!(listed.text.contains("made by ann"), "{}", listed.text);
        assert!(!enters(&mut guest, &app, "round").await);
        let answer = guest.post(&path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.to()), (303, "/round"));
        assert!(enters(&mut guest, &app, "round").await);
        assert!(!enters(&mut other, &app, "round").await, "another browser waits");
        assert_eq!(link(&app, &round).await.uses, 1);
        assert_eq!(other.get(&path).await.status, 404, "used up");
        assert_eq!(other.post(&path, &[]).await.status, 404);
        assert!(!enters(&mut other, &app, "round").await);
        // Who used it up comes back by the same mail.
        for answer in [guest.get(&path).await, guest.post(&path, &[]).await] {
            assert_eq!((answer.status.as_u16(), answer.to()), (303, "/round"));
        }
        assert_eq!(guest.get("/round/g/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.status, 404, "but by no other");
        // As long as any admission.
        app.advance(TimeDelta::hours(7));
        assert!(!enters(&mut guest, &app, "round").await);
        assert_eq!(guest.get(&path).await.status, 404);
    }

    async fn who_needs_no_link_uses_none_up(app: TestApp) {
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        let path = make(&mut host, "round", &[("may_pass", "on"), ("uses", "1")]).await;
        assert_eq!(host.get(&path).await.status, 200, "hosts see what their guest will see");
        assert_eq!(host.post(&path, &[]).await.to(), "/round");
        assert_eq!(link(&app, &round).await.uses, 0, "and use nothing up");
        let mut guest = Browser::new(&app);
        for _ in 0..2 {
            assert_eq!(guest.post(&path, &[]).await.to(), "/round");
        }
        assert!(enters(&mut guest, &app, "round").await);
        let used = link(&app, &round).await;
        assert_eq!(used.uses, 1);
        for browser in [&mut host, &mut guest] {
            assert_eq!(browser.get(&path).await.to(), "/round");
        }
        visavis::guest_links::service::revoke(&app.state, &ann, round.id, used.id).await.expect("taken back");
        for browser in [&mut host, &mut guest] {
            assert_eq!(browser.get(&path).await.status, 404, "taken back, it leads nobody");
        }
    }

    async fn what_opens_nothing_looks_the_same_whatever_the_reason(app: TestApp) {
        let ann = app.user("ann").await;
        let (round, _other) = (room(&app, &ann, "Round").await, room(&app, &ann, "Other").await);
        let mut host = Browser::of(&app, &ann).await;
        let mut made = Vec::new();
        for fields in [[("uses", "1"), ("days", "90")], [("uses", ""), ("days", "1")], [("uses", ""), ("days", "90")]] {
            app.advance(TimeDelta::seconds(1));
            made.push(make(&mut host, "round", &fields).await);
        }
        let (once, short, gone) = (made[0].clone(), made[1].clone(), made[2].clone());
        assert_eq!(Browser::new(&app).post(&once, &[]).await.status, 303);
        // The newest comes first.
        let page = host.get("/round/invitations").await.text;
        let id = page.split("name=\"which\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a key").to_owned();
        assert_eq!(id, link(&app, &round).await.id.to_string());
        assert!(host.submit("/round/invitations", &[("do", "revoke"), ("which", &id)]).await.text.contains("The link is taken back."));
        app.advance(TimeDelta::days(2));
        let other_room = gone.replace("/round/", "/other/");
        let good = make(&mut Browser::of(&app, &ann).await, "round", &[]).await.replace("/round/", "/other/");
        let unknown = ["/round/g/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/nowhere/g/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/round/g/x", "/round/g/%00%ff"];
        let mut bodies = Vec::new();
        for path in [once.as_str(), &short, &gone, &other_room, &good].into_iter().chain(unknown) {
            for post in [false, true] {
                let mut guest = Browser::new(&app);
                let page = if post { guest.post(path, &[]).await } else { guest.get(path).await };
                assert_eq!(page.status, 404, "{path}");
                assert!(page.headers.get("set-cookie").is_none_or(|line| !line.to_str().unwrap_or_default().contains("lobby")), "{path}");
                bodies.push(plain(&page).replace(path, ""));
            }
        }
        bodies.retain(|body| body.contains("This link does not work"));
        assert!(bodies.len() >= 16, "{}", bodies.len());
        let head = |body: &String| body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default().to_owned();
        assert!(bodies.windows(2).all(|pair| head(&pair[0]) == head(&pair[1])));
    }

    async fn one_that_does_not_pass_leads_to_the_door(app: TestApp) {
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let path = make(&mut Browser::of(&app, &ann).await, "round", &[]).await;
        let mut guest = Browser::new(&app);
        assert_eq!(guest.post(&path, &[]).await.to(), "/round");
        assert!(!enters(&mut guest, &app, "round").await);
        assert_eq!(link(&app, &round).await.uses, 1);
    }

    async fn no_link_makes_up_for_a_hosts_refusal(app: TestApp) {
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let path = make(&mut Browser::of(&app, &ann).await, "round", &[("may_pass", "on")]).await;
        let mut guest = Browser::new(&app);
        // Waits, and is refused.
        let answer = guest.post(&path, &[]).await;
        assert_eq!(answer.status, 303);
        let all = store::all(&mut app.state.db.lend().await.expect("lent").conn(), round.id).await.expect("read");
        let (_, permit) = decisions::door(&app.state, &ann, "round").await.expect("a host");
        decisions::decide(&app.state, &round, &permit, &ann, all[0].participant_id, false).await.expect("refused");
        assert!(!enters(&mut guest, &app, "round").await);
        assert_eq!(guest.post(&path, &[]).await.to(), "/round", "the link is good, and the door says no");
        assert!(!enters(&mut guest, &app, "round").await);
        let asker = visavis::lobby::model::Asker { participant_id: all[0].participant_id, user_id: None };
        assert!(!matches!(door::stands(&app.state, &round, &Standing::new(&round, Who::STRANGER), &asker).await.expect("read"), door::Stands::Admitted(_)));
    }

    async fn of_many_at_once_no_more_come_than_the_link_is_good_for(app: TestApp) {
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let path = make(&mut Browser::of(&app, &ann).await, "round", &[("may_pass", "on"), ("uses", "5")]).await;
        let all = (0..9).map(|_| async { Browser::new(&app).post(&path, &[]).await.status.as_u16() });
        let mut statuses = futures_util::future::join_all(all).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 303, 303, 303, 303, 404, 404, 404, 404]);
        assert_eq!(link(&app, &round).await.uses, 5);
    }

    async fn who_guesses_is_told_to_wait(app: TestApp) {
        let ann = app.user("ann").await;
        room(&app, &ann, "Round").await;
        let good = make(&mut Browser::of(&app, &ann).await, "round", &[]).await;
        let mut guest = Browser::new(&app);
        let mut statuses = Vec::new();
        for n in 0..40 {
            statuses.push(guest.get(&format!("/round/g/guess{n}")).await.status.as_u16());
        }
        assert_eq!((statuses.iter().filter(|s| **s == 404).count(), statuses.iter().filter(|s| **s == 429).count()), (30, 10));
        assert_eq!(guest.get(&good).await.status, 200, "a link that is good opens all the same");
    }

    async fn hosts_make_them_and_what_they_type_is_looked_at(app: TestApp) {
        let (ann, eve) = (app.user("ann").await, app.user("eve").await);
        let round = room(&app, &ann, "Round").await;
        let fields = [("do", "make-link"), ("link_name", "x"), ("days", "7")];
        assert_eq!(Browser::of(&app, &eve).await.post("/round/invitations", &fields).await.status, 403);
        assert!(Browser::new(&app).post("/round/invitations", &fields).await.to().starts_with("/sign-in"));
        let mut host = Browser::of(&app, &ann).await;
        let page = host.submit("/round/invitations", &[("do", "make-link"), ("link_name", " "), ("days", "5000"), ("uses", "0")]).await.text;
        assert!(page.contains("id=\"link_name-error\"") && page.contains("id=\"days-error\"") && page.contains("id=\"uses-error\""), "{page}");
        let path = make(&mut host, "round", &[("link_name", "Candidate <b>")]).await;
        assert!(!host.get("/round/invitations").await.text.contains("Candidate <b>"));
        // Only its hash is kept, and somebody else is not shown it.
        let token = path.rsplit('/').next().expect("a token");
        let mut lent = app.state.db.lend().await.expect("lent");
        let hashes: Vec<Vec<u8>> = visavis::on_db!(&mut lent.conn(), c => sqlx::query_scalar("SELECT token_hash FROM guest_links").fetch_all(c).await).expect("read");
        assert!(hashes.iter().all(|hash| hash.len() == 32 && hash != token.as_bytes()));
        drop(lent);
        assert!(listed(&app, &round).await.is_empty());
        let made: &User = &eve;
        assert_eq!(visavis::guest_links::service::shown(&app.state, made, &link(&app, &round).await.id.to_string()).await, None);
    }
}
