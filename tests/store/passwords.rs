//! Signing in by password, and its throttle.

use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;
use visavis::{
    error::Error,
    sessions::service::with_password,
    users::{self, service::change_password},
};

use crate::{on_both, support::TestApp};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

async fn wrong(app: &TestApp, from: IpAddr) -> Error {
    with_password(&app.state, "ann@example.org", "not it at all", from).await.expect_err("wrong")
}

on_both! {
    async fn the_right_password_signs_in_whatever_the_case_of_the_address(app: TestApp) {
        let ann = app.user("ann").await;
        change_password(&app.state, &ann, None, String::new(), "correct horse".into()).await.expect("set");
        assert_eq!(with_password(&app.state, " ANN@example.org", "correct horse", HERE).await.expect("right").id, ann.id);
        assert!(matches!(wrong(&app, HERE).await, Error::Conflict("password_or_email_wrong")));
        let nobody = with_password(&app.state, "nobody@example.org", "correct horse", HERE).await;
        assert!(matches!(nobody, Err(Error::Conflict("password_or_email_wrong"))), "the same answer");
        let ann = users::service::active(&app.state, ann.id).await.expect("fine").expect("there");
        let stolen = change_password(&app.state, &ann, None, "guess".into(), "another password".into()).await;
        assert!(matches!(stolen, Err(Error::Invalid(_))), "changing takes the present one");
        for _ in 0..5 {
            let _ = change_password(&app.state, &ann, None, "guess".into(), "another password".into()).await;
        }
        let guessed = change_password(&app.state, &ann, None, "correct horse".into(), "another password".into()).await;
        assert!(matches!(guessed, Err(Error::RateLimited { .. })), "and cannot be guessed");
    }

    async fn an_account_without_password_cannot_be_entered_by_one(app: TestApp) {
        app.user("ann").await;
        assert!(matches!(with_password(&app.state, "ann@example.org", "", HERE).await, Err(Error::Conflict(_))));
    }

    async fn guessing_from_one_address_does_not_lock_the_owner_out(app: TestApp) {
        let ann = app.user("ann").await;
        change_password(&app.state, &ann, None, String::new(), "correct horse".into()).await.expect("set");
        for _ in 0..5 {
            assert!(matches!(wrong(&app, HERE).await, Error::Conflict(_)));
        }
        let Error::RateLimited { retry_after } = wrong(&app, HERE).await else { panic!("throttled") };
        assert!(retry_after.as_secs() <= 900 && retry_after.as_secs() > 800);
        let held = with_password(&app.state, "ann@example.org", "correct horse", HERE).await;
        assert!(matches!(held, Err(Error::RateLimited { .. })), "a throttled guess tells nothing");
        assert!(with_password(&app.state, "ann@example.org", "correct horse", THERE).await.is_ok());
        app.advance(TimeDelta::minutes(16));
        assert!(with_password(&app.state, "ann@example.org", "correct horse", HERE).await.is_ok());
    }

    async fn half_of_ipv6_is_one_address(app: TestApp) {
        let ann = app.user("ann").await;
        change_password(&app.state, &ann, None, String::new(), "correct horse".into()).await.expect("set");
        let address = |text: &str| text.parse().expect("an address");
        for n in 1..=5 {
            assert!(matches!(wrong(&app, address(&format!("2001:db8::{n}"))).await, Error::Conflict(_)));
        }
        assert!(matches!(wrong(&app, address("2001:db8::ffff:6")).await, Error::RateLimited { .. }));
        assert!(matches!(wrong(&app, address("2001:db8:0:1::1")).await, Error::Conflict(_)));
    }
}
