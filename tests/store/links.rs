//! One-time links.

use chrono::TimeDelta;
use visavis::{
    error::Error,
    sessions::link::{self, Purpose},
};

use crate::{on_both, support::TestApp};

on_both! {
    async fn a_link_shows_whom_it_is_for_and_signs_in_once(app: TestApp) {
        let ann = app.user("ann").await;
        let token = link::issue(&app.state, Some(ann.id)).await.expect("made");
        for _ in 0..2 {
            let Purpose::SignIn(user) = link::peek(&app.state, &token).await.expect("usable") else { panic!("a sign-in link") };
            assert_eq!(user.id, ann.id);
        }
        assert_eq!(link::consume(&app.state, &token).await.expect("works").id, ann.id);
        assert!(matches!(link::consume(&app.state, &token).await, Err(Error::NotFound)));
        assert!(matches!(link::peek(&app.state, &token).await, Err(Error::NotFound)));
    }

    async fn of_many_at_once_one_gets_in(app: TestApp) {
        let ann = app.user("ann").await;
        let token = link::issue(&app.state, Some(ann.id)).await.expect("made");
        let all: Vec<_> = (0..8).map(|_| {
            let (state, token) = (app.state.clone(), token.clone());
            tokio::spawn(async move { link::consume(&state, &token).await.is_ok() })
        }).collect();
        let mut worked = 0;
        for task in all {
            worked += usize::from(task.await.expect("no panic"));
        }
        assert_eq!(worked, 1);
    }

    async fn a_link_grows_old(app: TestApp) {
        let ann = app.user("ann").await;
        let token = link::issue(&app.state, Some(ann.id)).await.expect("made");
        app.advance(TimeDelta::minutes(15));
        assert!(matches!(link::consume(&app.state, &token).await, Err(Error::NotFound)));
        assert!(matches!(link::consume(&app.state, "made up").await, Err(Error::NotFound)));
    }

    async fn the_first_administrator_is_made_once_and_a_wrong_field_spends_nothing(app: TestApp) {
        let old = link::first_admin(&app.state).await.expect("fine").expect("nobody yet");
        let token = link::first_admin(&app.state).await.expect("fine").expect("nobody yet");
        assert!(matches!(link::peek(&app.state, &old).await, Err(Error::NotFound)), "a new start kills the older link");
        assert!(matches!(link::consume(&app.state, &token).await, Err(Error::NotFound)), "it signs nobody in");
        let stranger = link::consume_first_admin(&app.state, "made up", "nonsense", "", "short").await;
        assert!(matches!(stranger, Err(Error::NotFound)), "nothing is looked at, or hashed, for who has no link");
        let wrong = link::consume_first_admin(&app.state, &token, "nonsense", "", "short").await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        let admin = link::consume_first_admin(&app.state, &token, "root@example.org", "Root", "long enough it is").await.expect("works");
        assert!(admin.is_admin);
        assert!(link::first_admin(&app.state).await.expect("fine").is_none());
        let again = link::consume_first_admin(&app.state, &token, "two@example.org", "", "").await;
        assert!(matches!(again, Err(Error::NotFound)));
    }

    async fn what_is_kept_is_a_hash(app: TestApp) {
        let ann = app.user("ann").await;
        let token = link::issue(&app.state, Some(ann.id)).await.expect("made");
        let mut lent = app.state.db.lend().await.expect("lent");
        let kept: Vec<u8> = visavis::on_db!(&mut lent.conn(), c =>
            sqlx::query_scalar("SELECT token_hash FROM sign_in_links").fetch_one(c).await).expect("one");
        assert_eq!(kept.len(), 32);
        assert!(!kept.windows(8).any(|w| token.as_bytes().windows(8).any(|t| t == w)));
    }
}
