//! Sign-in links and confirmed addresses by e-mail, read from a real mail server.

use chrono::TimeDelta;
use serde_json::Value;
use visavis::{
    jobs::{Handlers, Worker},
    sessions::{self, link},
    users::{self, manage, model::User, service::change_password},
};

use super::browser::Browser;
use crate::{
    mailpit::{Mailpit, free_port},
    on_both,
    support::TestApp,
};

/// The same instance, with this mail server.
fn mailing(app: TestApp, url: &str) -> TestApp {
    app.with_settings(&[("smtp_url", url), ("mail_from", "Visavis <visavis@meet.example>")])
}

fn worker(app: &TestApp) -> Worker {
    let handlers = sessions::mailed::handlers(users::address::handlers(Handlers::default(), &app.state), &app.state);
    Worker { db: app.state.db.clone(), clock: app.state.clock.clone(), handlers, bell: app.state.jobs.clone() }
}

/// Runs every job that is due; how many there were.
async fn work(app: &TestApp) -> usize {
    let (worker, mut done) = (worker(app), 0);
    while worker.run_one().await.expect("the job table is there") {
        done += 1;
    }
    done
}

/// The path of the link in a mail: as text and as button it is the same.
fn link_in(mail: &Value) -> String {
    let text = mail["Text"].as_str().expect("a plain twin");
    let url = text.lines().find(|line| line.starts_with("http")).expect("a link").trim();
    assert!(mail["HTML"].as_str().expect("a page").contains(&format!("href=\"{url}\"")), "{}", mail["HTML"]);
    url.strip_prefix("http://localhost:8080").expect("our own address").to_owned()
}

async fn ann_now(app: &TestApp, ann: &User) -> User {
    users::service::active(&app.state, ann.id).await.expect("read").expect("there")
}

const ASK: &[(&str, &str)] = &[("email", "Ann@Example.org")];

on_both! {
    async fn a_link_by_mail_signs_in_once_and_confirms_the_address(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let mut browser = Browser::new(&app);
        assert!(browser.get("/sign-in").await.text.contains("formaction=\"/sign-in/link\""));
        assert!(browser.submit("/sign-in/link", ASK).await.text.contains("a link is on its way"));
        assert!(post.mails().await.is_empty(), "nobody waits for the mail server");
        assert_eq!(work(&app).await, 1);
        let mails = post.mails().await;
        assert_eq!((mails.len(), &mails[0]["To"][0]["Address"]), (1, &Value::from("ann@example.org")));
        assert_eq!(mails[0]["Subject"], "Sign in at localhost:8080");
        let path = link_in(&mails[0]);
        assert!(path.starts_with("/link/"), "{path}");
        for _ in 0..2 {
            assert_eq!(browser.get(&path).await.status, 200, "a program that checks links uses nothing up");
        }
        assert_eq!(ann_now(&app, &ann).await.email_verified_at, None);
        assert_eq!(browser.post(&path, &[]).await.to(), "/");
        assert!(ann_now(&app, &ann).await.email_verified_at.is_some());
        assert_eq!(browser.get("/account").await.status, 200);
        assert_eq!(Browser::new(&app).post(&path, &[]).await.status, 404, "once");
    }

    async fn a_link_of_the_terminal_says_nothing_about_the_address(app: TestApp) {
        let ann = app.user("ann").await;
        Browser::of(&app, &ann).await;
        assert_eq!(ann_now(&app, &ann).await.email_verified_at, None);
    }

    async fn whoever_the_address_belongs_to_the_answer_is_the_same(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let closed = app.user("closed").await;
        manage::set_active(&app.state, &closed, false).await.expect("closed");
        app.user("ann").await;
        let mut answers = Vec::new();
        for email in ["ann@example.org", "nobody@example.org", "closed@example.org"] {
            let mut told = Vec::new();
            for _ in 0..4 {
                let page = Browser::new(&app).submit("/sign-in/link", &[("email", email)]).await;
                told.push((page.text.contains("a link is on its way"), page.text.contains("Too many attempts")));
            }
            assert_eq!(work(&app).await, 3, "the same work: {email}");
            answers.push(told);
        }
        let same = vec![(true, false), (true, false), (true, false), (false, true)];
        assert_eq!(answers, [same.clone(), same.clone(), same]);
        let mails = post.mails().await;
        assert_eq!(mails.len(), 3, "and mail goes to the account alone");
        assert!(mails.iter().all(|mail| mail["To"][0]["Address"] == "ann@example.org"));
        app.advance(TimeDelta::minutes(16));
        assert!(Browser::new(&app).submit("/sign-in/link", ASK).await.text.contains("a link is on its way"));
        let page = Browser::new(&app).submit("/sign-in/link", &[("email", "a@b.org\r\nBcc: x@y.zz")]).await.text;
        assert!(page.contains("does not look like an e-mail address"), "{page}");
    }

    async fn a_sender_who_asks_for_many_is_stopped(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let mut taken = 0;
        for n in 0..25 {
            let email = format!("somebody{n}@example.org");
            let page = Browser::new(&app).submit("/sign-in/link", &[("email", &email)]).await;
            taken += usize::from(page.text.contains("a link is on its way"));
        }
        assert_eq!(taken, 20);
    }

    async fn a_mail_server_that_is_away_is_tried_again_and_no_log_names_anybody(app: TestApp) {
        let port = free_port();
        let app = mailing(app, &format!("smtp://127.0.0.1:{port}?tls=none"));
        let mut browser = Browser::new(&app);
        app.user("ann").await;
        assert!(browser.submit("/sign-in/link", ASK).await.text.contains("a link is on its way"), "as ever");
        assert_eq!(work(&app).await, 1);
        let mut lent = app.state.db.lend().await.expect("lent");
        let (kept, told): (String, String) = visavis::on_db!(&mut lent.conn(), c =>
            sqlx::query_as("SELECT CAST(payload AS TEXT), last_error FROM jobs").fetch_one(c).await).expect("it waits");
        drop(lent);
        assert!(told.contains("could not be reached"), "{told}");
        assert!(!kept.contains("example.org") && !told.contains("example.org"), "{kept} {told}");
        let post = Mailpit::start_on(port).await;
        app.advance(TimeDelta::seconds(3));
        assert_eq!(work(&app).await, 1);
        assert_eq!(post.mails().await.len(), 1);
        // After half an hour nobody waits for it any more.
        drop(post);
        browser.submit("/sign-in/link", ASK).await;
        work(&app).await;
        let post = Mailpit::start_on(port).await;
        app.advance(TimeDelta::minutes(31));
        assert_eq!(work(&app).await, 1);
        assert!(post.mails().await.is_empty());
    }

    async fn nothing_goes_out_unencrypted_unless_the_setting_says_so(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &format!("smtp://ann:secret-word@127.0.0.1:{}", post.smtp));
        app.user("ann").await;
        Browser::new(&app).submit("/sign-in/link", ASK).await;
        assert_eq!(work(&app).await, 1);
        let mut lent = app.state.db.lend().await.expect("lent");
        let told: String = visavis::on_db!(&mut lent.conn(), c =>
            sqlx::query_scalar("SELECT last_error FROM jobs").fetch_one(c).await).expect("it waits");
        assert!(told.contains("does not offer what the settings ask for") && !told.contains("secret-word"), "{told}");
        assert!(post.mails().await.is_empty());
    }

    async fn mails_speak_the_language_of_their_reader(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let mut lent = app.state.db.lend().await.expect("lent");
        visavis::on_db!(&mut lent.conn(), c => sqlx::query("UPDATE users SET language = 'fr', full_name = $1")
            .bind("Zoë\r\nBcc: victim@example.org\r\n\r\n<b>").execute(c).await.map(drop)).expect("changed");
        drop(lent);
        Browser::new(&app).submit("/sign-in/link", ASK).await;
        assert_eq!(work(&app).await, 1);
        let mails = post.mails().await;
        assert_eq!(mails[0]["Subject"], "Votre connexion à localhost:8080");
        assert!(mails[0]["HTML"].as_str().expect("a page").contains("lang=\"fr\""));
        assert_eq!((&mails[0]["Bcc"], &mails[0]["To"][0]["Address"]), (&Value::Array(vec![]), &Value::from("ann@example.org")));
        let raw = post.raw(&mails[0]).await;
        let head = raw.split("\r\n\r\n").next().expect("a head");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")) && head.contains("Auto-Submitted: auto-generated"), "{head}");
        assert!(!mails[0]["HTML"].as_str().expect("a page").contains("<b>"));
        assert_eq!(ann.language, None);
    }

    async fn an_address_is_changed_by_a_link_that_goes_to_the_new_one(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        change_password(&app.state, &ann, None, String::new(), "correct horse".into()).await.expect("set");
        let (mut here, mut other) = (Browser::of(&app, &ann).await, Browser::of(&app, &ben).await);
        let old_link = link::issue_mailed(&app.state, ann.id).await.expect("made");
        assert!(here.get("/account").await.text.contains("ann@example.org, not confirmed yet"));
        let page = here.submit("/account/email", &[("email", "anna@example.net"), ("current", "wrong wrong wrong")]).await.text;
        assert!(page.contains("This is not your present password.") && page.contains("anna@example.net"), "{page}");
        let typed = [("email", "anna@example.net"), ("current", "correct horse")];
        assert!(here.submit("/account/email", &typed).await.text.contains("A link is on its way"));
        assert_eq!(work(&app).await, 1);
        let mails = post.mails().await;
        assert_eq!((mails.len(), &mails[0]["To"][0]["Address"]), (1, &Value::from("anna@example.net")));
        let path = link_in(&mails[0]);
        assert!(Browser::new(&app).get(&path).await.to().starts_with("/sign-in?next=/account/email/"));
        assert_eq!(other.get(&path).await.status, 404, "somebody else's link");
        assert_eq!(other.post(&path, &[]).await.status, 404);
        assert!(here.get(&path).await.text.contains("Yes, use anna@example.net"));
        assert_eq!(ann_now(&app, &ann).await.email.as_deref(), Some("ann@example.org"), "looking changes nothing");
        assert!(here.submit(&path, &[]).await.text.contains("anna@example.net, confirmed"));
        assert_eq!(here.post(&path, &[]).await.status, 404, "once");
        assert!(link::peek(&app.state, &old_link).await.is_err(), "what went to the old address opens nothing");
        assert!(users::manage::find(&app.state, "ann@example.org").await.is_err());
    }

    async fn an_address_that_is_taken_is_told_only_to_who_reads_its_mail(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let (ann, _) = (app.user("ann").await, app.user("ben").await);
        let mut here = Browser::of(&app, &ann).await;
        assert!(here.submit("/account/email", &[("email", "BEN@example.org")]).await.text.contains("A link is on its way"));
        work(&app).await;
        let path = link_in(&post.mails().await[0]);
        assert!(here.submit(&path, &[]).await.text.contains("There is already an account with this address."));
        assert_eq!(ann_now(&app, &ann).await.email.as_deref(), Some("ann@example.org"));
        // The last one asked for counts, and a session that is not fresh asks for nothing.
        for email in ["one@example.org", "two@example.org"] {
            here.submit("/account/email", &[("email", email)]).await;
        }
        work(&app).await;
        assert_eq!(post.mails().await.len(), 2, "one of the two");
        app.advance(TimeDelta::minutes(11));
        assert!(here.submit("/account/email", &[("email", "three@example.org")]).await.text.contains("Sign in again"));
        assert_eq!(work(&app).await, 0);
        app.advance(TimeDelta::hours(24));
        let late = link_in(&post.mails().await[1]);
        let mut again = Browser::of(&app, &ann).await;
        assert_eq!(again.get(&late).await.status, 404, "a day later");
    }
}
