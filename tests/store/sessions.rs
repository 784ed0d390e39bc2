//! Sessions outlive a restart, end in time, and cannot be read off a stolen table.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use visavis::sessions;

use crate::{on_both, support::TestApp};

on_both! {
    async fn a_session_ends_in_time_and_is_swept(app: TestApp) {
        let ann = app.user("ann").await;
        let client = app.signed_in(&ann).await;
        assert_eq!(client.get("/api/v1.0/users/me/").await.status, 200);
        app.advance(TimeDelta::minutes(61));
        assert_eq!(client.get("/api/v1.0/users/me/").await.status, 401);
        sessions::service::sweep(&app.state).await.expect("swept");
        let mut lent = app.state.db.lend().await.expect("lent");
        let left: i64 = visavis::on_db!(&mut lent.conn(), c => sqlx::query_scalar("SELECT COUNT(*) FROM sessions").fetch_one(c).await).expect("counted");
        assert_eq!(left, 0);
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
