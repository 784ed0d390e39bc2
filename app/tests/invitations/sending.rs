//! What goes out, and to whom.

use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{invitations::model::Status, rooms::model::Role};

use super::{client, confirm, invite, listed, mailing, room, send, waiting};
use crate::{account::browser::Browser, mailpit::Mailpit, on_both, support::TestApp, visitor};

on_both! {
    async fn the_contracts_request_sends_a_letter_to_each(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Monday round").await;
        let host = client(&app, &ann).await;
        let answer = invite(&host, &round, json!(["ben@example.org", "cleo@example.net", "BEN@example.org"])).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.json(), json!({ "status": "success", "message": "invitations sent" }));
        assert!(post.mails().await.is_empty(), "nobody waits for the mail server");
        app.work().await;
        let mails = post.mails().await;
        let mut to: Vec<_> = mails.iter().map(|mail| mail["To"].as_array().expect("a list").clone()).collect();
        to.sort_by_key(|to| to[0]["Address"].to_string());
        assert_eq!(to.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1], "each alone");
        assert_eq!((&to[0][0]["Address"], &to[1][0]["Address"]), (&json!("ben@example.org"), &json!("cleo@example.net")));
        for mail in &mails {
            assert_eq!((&mail["Cc"], &mail["Bcc"]), (&json!([]), &json!([])));
            assert_eq!(mail["Subject"], "ann invites you to “Monday round”");
            let text = mail["Text"].as_str().expect("a twin");
            assert!(text.lines().any(|line| line == "http://localhost:8080/monday-round"), "{text}");
            assert!(mail["HTML"].as_str().expect("a page").contains("href=\"http://localhost:8080/monday-round\""));
            assert!(!text.contains("PIN") && post.parts(mail).await.is_empty(), "no phone, no time");
        }
        assert!(listed(&app, &round).await.iter().all(|one| one.status == Status::Sent));
    }

    async fn what_is_wrong_is_told_as_the_contract_tells_it(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let host = client(&app, &ann).await;
        let answer = invite(&host, &round, json!(["a@b.org", "nonsense", "a@b.org\r\nBcc: x@y.zz"])).await;
        assert_eq!(answer.status, 400);
        let wrong = "This does not look like an e-mail address.";
        assert_eq!(answer.json(), json!({ "emails": { "1": [wrong], "2": [wrong] } }));
        for emails in [json!("a@b.org"), json!([]), json!(null), json!({ "0": "a@b.org" })] {
            let answer = invite(&host, &round, emails.clone()).await;
            assert_eq!((answer.status.as_u16(), answer.json()["emails"].as_array().map(Vec::len)), (400, Some(1)), "{emails}");
        }
        let path = format!("/api/v1.0/rooms/{}/invite/", round.id);
        let odd = host.post(&path, json!({ "emails": "x", "emails/0": 1, "emails/x": 2 }).to_string()).await;
        assert_eq!(odd.status, 400, "{}", odd.text);
        assert_eq!(waiting(&app).await, 0, "all or nothing");
    }

    async fn hosts_invite_and_nobody_else(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        let (round, others) = (room(&app, &ann, "Round").await, room(&app, &eve, "Others").await);
        let id = app.state.random.uuid();
        let access = visavis::rooms::model::Access { id, room_id: round.id, user_id: ben.id, role: Role::Member, created_at: app.state.clock.now() };
        visavis::rooms::store::insert_access(&mut app.state.db.lend().await.expect("lent").conn(), &access).await.expect("given");
        let all = json!(["x@example.org"]);
        assert_eq!(invite(&visitor(&app), &round, all.clone()).await.status, 401);
        for user in [&ben, &eve] {
            assert_eq!(invite(&client(&app, user).await, &round, all.clone()).await.status, 403);
        }
        assert_eq!(invite(&client(&app, &ann).await, &round, all.clone()).await.status, 200);
        let without_csrf = client(&app, &ann).await;
        let path = format!("/api/v1.0/rooms/{}/invite/", round.id);
        assert_eq!(without_csrf.post_without_csrf(&path, json!({ "emails": all }).to_string()).await.status, 403);
        // A host of one room does nothing to the invitations of another.
        let theirs = listed(&app, &round).await[0].clone();
        let mut other = Browser::of(&app, &eve).await;
        for act in ["again", "take-back"] {
            let fields = [("do", act), ("which", &theirs.id.to_string())];
            assert_eq!(other.post(&format!("/{}/invitations", others.slug), &fields).await.status, 404, "{act}");
            assert_eq!(other.post(&format!("/{}/invitations", round.slug), &fields).await.status, 403, "{act}");
        }
        let batch = theirs.batch_id.to_string();
        assert_eq!(other.post(&format!("/{}/invitations", others.slug), &[("do", "cancel"), ("which", &batch)]).await.status, 404);
        assert_eq!(listed(&app, &round).await[0].status, Status::Pending);
    }

    async fn where_no_mail_goes_out_nothing_is_promised(app: TestApp) {
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        assert_eq!(invite(&client(&app, &ann).await, &round, json!(["a@b.org"])).await.status, 404);
        let mut host = Browser::of(&app, &ann).await;
        let page = host.get("/round/invitations").await.text;
        assert!(page.contains("No mail goes out from here") && !page.contains("name=\"addresses\"") && page.contains("Guest links"), "{page}");
        assert_eq!(host.post("/round/invitations", &[("do", "send"), ("addresses", "a@b.org"), ("language", "en")]).await.status, 404);
    }

    async fn whoever_an_address_belongs_to_answer_and_work_are_the_same(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let (ann, _ben) = (app.user("ann").await, app.user("ben").await);
        let closed = app.user("closed").await;
        visavis::users::manage::set_active(&app.state, &closed, false).await.expect("closed");
        let round = room(&app, &ann, "Round").await;
        let host = client(&app, &ann).await;
        let mut told = Vec::new();
        for address in ["ben@example.org", "nobody@example.org", "closed@example.org", "ann@example.org"] {
            let before = waiting(&app).await;
            let mut answers = Vec::new();
            for _ in 0..8 {
                let answer = invite(&host, &round, json!([address])).await;
                answers.push((answer.status.as_u16(), answer.headers.get("content-length").cloned()));
            }
            told.push((answers, waiting(&app).await - before));
        }
        assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
        assert_eq!(told[0].0.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [200, 200, 200, 200, 200, 200, 429, 429]);
        // A day later it goes on.
        app.advance(TimeDelta::hours(25));
        assert_eq!(invite(&client(&app, &ann).await, &round, json!(["ben@example.org"])).await.status, 200);
    }

    async fn one_account_sends_only_so_many_and_a_refused_list_counts_nothing(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let host = client(&app, &ann).await;
        let list = |from: usize, many: usize| json!((from..from + many).map(|n| format!("p{n}@example.org")).collect::<Vec<_>>());
        assert_eq!(invite(&host, &round, list(0, 100)).await.status, 200);
        assert_eq!(invite(&host, &round, list(100, 90)).await.status, 200);
        let refused = invite(&host, &round, list(200, 11)).await;
        assert_eq!(refused.status, 429);
        assert!(refused.headers.contains_key("retry-after"));
        assert_eq!(invite(&host, &round, list(300, 10)).await.status, 200, "what was refused was not counted");
        assert_eq!(invite(&host, &round, list(400, 1)).await.status, 429);
        assert_eq!(waiting(&app).await, 200);
        assert_eq!(invite(&host, &round, list(0, 101)).await.status, 400);
    }

    async fn a_list_is_pasted_a_message_stays_text_and_no_header_ends_early(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let evil = "Round\u{2028}X: <b>";
        let round = room(&app, &ann, evil).await;
        let mut host = Browser::of(&app, &ann).await;
        let list = "Lindqvist, Anna <anna@example.org>; ben@example.org\r\n\"Zoë \u{202e}<b>\" <zoe@example.org>";
        let words = "Bring cake\r\n<script>x</script>\r\nBcc: victim@example.org\r\n\r\n-- \r\nnot yours";
        let page = send(&mut host, &round, &[("addresses", list), ("message", words)]).await;
        assert!(page.contains("The invitations are on their way."), "{page}");
        assert!(page.contains("Lindqvist, Anna") && page.contains("anna@example.org") && page.contains("On its way"), "{page}");
        app.work().await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 3);
        for mail in &mails {
            let raw = post.raw(mail).await;
            let head = raw.split("\r\n\r\n").next().expect("a head");
            assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
            assert!(mail["To"].as_array().is_some_and(|to| to.len() == 1) && mail["Bcc"] == json!([]));
            let (text, html) = (mail["Text"].as_str().expect("text"), mail["HTML"].as_str().expect("a page"));
            let text = text.replace("\r\n", "\n");
            assert!(text.contains("> Bring cake\n> <script>x</script>\n> Bcc: victim@example.org\n"), "{text}");
            assert!(!html.contains("<script>") && !html.contains("<b>") && html.contains("<blockquote"), "{html}");
        }
        let anna = mails.iter().find(|mail| mail["To"][0]["Address"] == "anna@example.org").expect("sent");
        assert_eq!(anna["To"][0]["Name"], "Lindqvist, Anna");
        assert!(anna["Text"].as_str().expect("text").starts_with("Hello Lindqvist, Anna,"));
        assert!(anna["ReplyTo"] == json!([]), "whose address is not known to be theirs gets no answers");
    }

    async fn letters_speak_four_languages_and_their_link_leads_to_the_room(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        confirm(&app, &ann).await;
        let round = room(&app, &ann, "Runde").await;
        let mut lent = app.state.db.lend().await.expect("lent");
        visavis::on_db!(&mut lent.conn(), c => sqlx::query("UPDATE rooms SET pin_code = '1234567890'").execute(c).await.map(drop)).expect("set");
        drop(lent);
        let mut host = Browser::of(&app, &ann).await;
        for (lang, subject, when) in [
            ("en", "ann invites you to “Runde”", "30 November 2026, 10:30 (Europe/Paris), 45 min"),
            ("fr", "ann vous invite à «\u{a0}Runde\u{a0}»", "30 novembre 2026 à 10\u{202f}h\u{202f}30 (Europe/Paris), 45 min"),
            ("de", "ann lädt Sie zu „Runde“ ein", "30.\u{a0}November 2026 um 10:30\u{a0}Uhr (Europe/Paris), 45 min"),
            ("nl", "ann nodigt u uit voor ‘Runde’", "30 november 2026 om 10:30\u{a0}uur (Europe/Paris), 45 min"),
        ] {
            let address = format!("guest-{lang}@example.org");
            let fields = [("addresses", address.as_str()), ("language", lang), ("at", "2026-11-30T10:30"), ("minutes", "45")];
            assert!(send(&mut host, &round, &fields).await.contains("The invitations are on their way."));
            app.work().await;
            let mails = post.mails().await;
            let mail = mails.iter().find(|mail| mail["To"][0]["Address"] == address.as_str()).expect("sent");
            assert_eq!(mail["Subject"], subject);
            assert_eq!(mail["ReplyTo"][0]["Address"], "ann@example.org");
            let (text, html) = (mail["Text"].as_str().expect("text"), mail["HTML"].as_str().expect("a page"));
            assert!(text.contains(when) && html.contains(when), "{text}");
            assert!(text.contains("123 456 7890") && html.contains("123 456 7890"), "{text}");
            assert!(html.contains(&format!("lang=\"{lang}\"")));
            let link = text.lines().find_map(|line| line.trim().strip_prefix("http://localhost:8080")).expect("a link").to_owned();
            assert_eq!(Browser::new(&app).get(&link).await.status, 200, "{link}");
            assert_eq!(link, "/runde", "nothing in it opens anything by itself");
        }
    }

    async fn one_goes_out_again_when_it_is_settled_and_not_twice_at_once(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &[("addresses", "ben@example.org")]).await;
        let id = listed(&app, &round).await[0].id.to_string();
        let again = [("do", "again"), ("which", id.as_str())];
        assert!(host.submit("/round/invitations", &again).await.text.contains("nothing to send just now"), "one is on its way");
        app.work().await;
        assert!(host.submit("/round/invitations", &again).await.text.contains("on its way once more"));
        app.work().await;
        assert_eq!(post.mails().await.len(), 2);
        host.submit("/round/invitations", &[("do", "take-back"), ("which", &id)]).await;
        assert!(host.submit("/round/invitations", &again).await.text.contains("nothing to send just now"));
        app.work().await;
        assert_eq!(post.mails().await.len(), 2, "who has no meeting in the calendar hears nothing of it");
        let rest: Vec<Value> = post.mails().await;
        assert!(rest.iter().all(|mail| mail["Subject"] == "ann invites you to “Round”"));
    }
}
