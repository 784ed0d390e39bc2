//! What signing in does to a session, and what it tells the browser to keep.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::header;
use visavis::{error::Error, sessions::service::with_password, users::service::change_password};

use super::browser::Browser;
use crate::{on_both, support::TestApp};

const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));

on_both! {
    async fn a_session_planted_before_signing_in_is_no_way_in(app: TestApp) {
        let ann = app.user("ann").await;
        let mut attacker = Browser::new(&app);
        attacker.submit("/join", &[("code", "!")]).await;
        let planted = attacker.cookies.get("sessionid").expect("a stranger's session carries the error").clone();
        let mut victim = Browser::new(&app);
        victim.cookies.insert("sessionid".into(), planted.clone());
        victim.enter(&app, &ann).await;
        assert_ne!(victim.cookies["sessionid"], planted, "the id changes");
        assert_eq!(victim.get("/account").await.status, 200);
        assert_eq!(attacker.get("/account").await.status, 303, "and the old one opens nothing");
    }

    async fn signing_in_again_ends_the_session_before(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let mut browser = Browser::of(&app, &ann).await;
        let before = browser.cookies["sessionid"].clone();
        browser.enter(&app, &ben).await;
        let mut stale = Browser::new(&app);
        stale.cookies.insert("sessionid".into(), before);
        assert_eq!(stale.get("/account").await.status, 303);
        assert!(browser.get("/account").await.text.contains("ben"));
    }

    async fn the_cookies_say_what_a_browser_must_keep_to_itself(app: TestApp) {
        let ann = app.user("ann").await;
        let token = visavis::sessions::link::issue(&app.state, Some(ann.id)).await.expect("made");
        let answer = Browser::new(&app).post(&format!("/link/{token}"), &[]).await;
        let all: Vec<_> = answer.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().expect("text")).collect();
        let line = |name: &str| *all.iter().find(|line| line.starts_with(name)).expect("set");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
            assert!(line("sessionid=").contains(part), "{}", line("sessionid="));
        }
        assert!(line("known=").contains("HttpOnly") && line("known=").contains("Path=/sign-in"));
        assert!(!line("known=").contains("ann"), "it names nobody");
        assert!(!line("csrftoken=").contains("HttpOnly"), "scripts of ours repeat it");
    }

    async fn guesses_from_elsewhere_do_not_shut_the_owner_out_of_their_device(app: TestApp) {
        let ann = app.user("ann").await;
        change_password(&app.state, &ann, None, String::new(), "correct horse".into()).await.expect("set");
        let mut own = Browser::of(&app, &ann).await;
        own.post("/sign-out", &[]).await;
        // A storm from many addresses uses up what the account may meet from anywhere.
        for n in 0..25 {
            let address = IpAddr::V4(Ipv4Addr::new(203, 0, 113, n));
            let _ = with_password(&app.state, "ann@example.org", "wrong wrong wrong", address).await;
        }
        let stranger = with_password(&app.state, "ann@example.org", "correct horse", ELSEWHERE).await;
        assert!(matches!(stranger, Err(Error::RateLimited { .. })), "an unknown device has to wait");
        let right = [("email", "Ann@example.org"), ("password", "correct horse")];
        assert_eq!(own.post("/sign-in", &right).await.to(), "/", "the known one does not");

        // A stolen cookie is no licence to guess, and one for another account none at all.
        own.post("/sign-out", &[]).await;
        let known = own.cookies["known"].clone();
        let mut thief = Browser::new(&app);
        thief.cookies.insert("known".into(), known);
        let guess = [("email", "ann@example.org"), ("password", "wrong wrong wrong")];
        for _ in 0..10 {
            assert!(thief.submit("/sign-in", &guess).await.text.contains("do not match"));
        }
        assert!(thief.submit("/sign-in", &guess).await.text.contains("Too many attempts"));
        let ben = app.user("ben").await;
        let mut other = Browser::of(&app, &ben).await;
        other.post("/sign-out", &[]).await;
        assert!(other.submit("/sign-in", &guess).await.text.contains("Too many attempts"));
    }
}
