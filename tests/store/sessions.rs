//! Sessions outlive a restart, end in time, and cannot be read off a stolen table.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::sync::Arc;

use chrono::TimeDelta;
use time::OffsetDateTime;
use tower_sessions::{
    Session, SessionStore,
    session::{Id, Record},
};
use visavis::sessions;

use crate::{on_both, support::TestApp};

on_both! {
    async fn a_session_ends_in_time_and_is_swept(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        assert_eq!(client.get("/api/v1.0/users/me/").await.status, 200);
        app.advance(TimeDelta::hours(12));
        assert_eq!(client.get("/api/v1.0/users/me/").await.status, 401);
        sessions::service::sweep(&app.state).await.expect("swept");
        let mut lent = app.state.db.lend().await.expect("lent");
        let left: i64 = visavis::on_db!(&mut lent.conn(), c => sqlx::query_scalar("SELECT COUNT(*) FROM sessions").fetch_one(c).await).expect("counted");
        assert_eq!(left, 0);
    }

    async fn a_session_that_is_used_lives_on(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        for _ in 0..3 {
            app.advance(TimeDelta::hours(8));
            assert_eq!(client.get("/api/v1.0/users/me/").await.status, 200);
        }
        assert!(client.get("/api/v1.0/users/me/").await.headers.get("set-cookie").is_none(), "not every request writes");
    }

    async fn however_much_it_is_used_a_session_ends_after_thirty_days(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        for _ in 0..30 * 24 / 8 - 1 {
            app.advance(TimeDelta::hours(8));
            assert_eq!(client.get("/api/v1.0/users/me/").await.status, 200);
        }
        app.advance(TimeDelta::hours(8));
        assert_eq!(client.get("/api/v1.0/users/me/").await.status, 401);
        sessions::service::sweep(&app.state).await.expect("swept");
        let mut lent = app.state.db.lend().await.expect("lent");
        let left: i64 = visavis::on_db!(&mut lent.conn(), c => sqlx::query_scalar("SELECT COUNT(*) FROM sessions").fetch_one(c).await).expect("counted");
        assert_eq!(left, 0);
    }

    async fn a_slow_request_does_not_undo_a_signing_out(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let store = sessions::Store::new(app.state.db.clone(), app.state.clock.clone());
        let id = client.session_id().parse().expect("an id");
        let loaded = store.load(&id).await.expect("fine").expect("there");
        store.delete(&id).await.expect("signed out");
        store.save(&loaded).await.expect("too late, and no fault");
        assert_eq!(client.get("/api/v1.0/users/me/").await.status, 401);
    }

    async fn a_strangers_session_is_short(app: TestApp) {
        let store = sessions::Store::new(app.state.db.clone(), app.state.clock.clone());
        let mut record = Record { id: Id::default(), data: [("flash".to_owned(), "x".into())].into(), expiry_date: OffsetDateTime::now_utc() };
        store.create(&mut record).await.expect("made");
        assert!(store.load(&record.id).await.expect("fine").is_some());
        app.advance(TimeDelta::minutes(15));
        assert!(store.load(&record.id).await.expect("fine").is_none());
    }

    async fn changing_the_password_puts_the_others_out(app: TestApp) {
        let ann = app.user("ann").await;
        let (here, there) = (app.signed_in(&ann).await, app.signed_in(&ann).await);
        let ben = app.signed_in(&app.user("ben").await).await;
        let store = Arc::new(sessions::Store::new(app.state.db.clone(), app.state.clock.clone()));
        let session = Session::new(here.session_id().parse().ok(), store, None);
        let mailed = sessions::link::issue(&app.state, Some(ann.id)).await.expect("made");
        sessions::service::end_others(&app.state, &session, &ann).await.expect("ended");
        assert!(sessions::link::peek(&app.state, &mailed).await.is_err(), "links that wait in a mailbox die too");
        for (client, status) in [(here, 200), (there, 401), (ben, 200)] {
            assert_eq!(client.get("/api/v1.0/users/me/").await.status, status);
        }
    }

    async fn a_stolen_table_opens_no_session(app: TestApp) {
        let client = app.signed_in(&app.user("ann").await).await;
        let id = URL_SAFE_NO_PAD.decode(client.session_id()).expect("an id");
        let mut lent = app.state.db.lend().await.expect("lent");
        let kept: Vec<u8> = visavis::on_db!(&mut lent.conn(), c =>
            sqlx::query_scalar("SELECT id_hash FROM sessions").fetch_one(c).await).expect("one");
        assert!(kept.len() == 32 && !kept.windows(id.len()).any(|part| part == id));
    }

    async fn an_account_made_inactive_is_a_stranger_at_once(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        let mut lent = app.state.db.lend().await.expect("lent");
        visavis::on_db!(&mut lent.conn(), c =>
            sqlx::query("UPDATE users SET is_active = $2 WHERE id = $1").bind(ann.id).bind(false).execute(c).await.map(drop)).expect("changed");
        drop(lent);
        assert_eq!(client.get("/api/v1.0/users/me/").await.status, 401);
    }
}
