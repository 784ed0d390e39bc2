//! `visavis db copy`: everything arrives, or nothing.

use chrono::TimeDelta;
use visavis::{
    db::{Copied, Db, copy},
    jobs, on_db,
    rooms::{
        service::{self, NewRoom},
        store as rooms,
    },
    sessions::link,
    users::store as users,
};

use crate::support::TestApp;

/// Every table's rows as text, in key order, as this database tells them.
async fn count(db: &Db, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
    let mut lent = db.lend().await.expect("lent");
    on_db!(&mut lent.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("counted")
}

async fn filled() -> (TestApp, uuid::Uuid, String) {
    let app = TestApp::sqlite().await;
    let ann = app.user("ann").await;
    let mut slug = String::new();
    // More than one statement carries.
    for n in 0..1001 {
        let new = NewRoom { name: Some(format!("Salle « é » {n}")), ..NewRoom::default() };
        slug = service::create(&app.state, Some(&ann), new).await.expect("made").slug;
    }
    app.signed_in(&ann).await;
    link::issue(&app.state, Some(ann.id)).await.expect("issued");
    let mut lent = app.state.db.lend().await.expect("lent");
    let (clock, now) = (&app.state.clock, app.state.clock.now());
    let payload = serde_json::json!({ "a": ["é", 1.5, null] });
    jobs::enqueue(&mut lent.conn(), &app.state.random, clock, "test", &payload, now + TimeDelta::hours(1))
        .await
        .expect("enqueued");
    (app, ann.id, slug)
}

#[tokio::test]
async fn everything_arrives_as_it_was() {
    let (app, ann, slug) = filled().await;
    let Some(target) = TestApp::postgres().await else { return };
    let (from, to) = (&app.state.db, &target.state.db);
    let copied = copy(from, to).await.expect("copied");
    for Copied { table, rows } in &copied {
        assert_eq!((count(from, table).await, count(to, table).await), (*rows, *rows), "{table}");
    }
    let rows = |name: &str| copied.iter().find(|copied| copied.table == name).map(|copied| copied.rows);
    assert_eq!(
        (rows("users"), rows("rooms"), rows("room_accesses"), rows("sessions")),
        (Some(1), Some(1001), Some(1001), Some(1))
    );
    assert_eq!((rows("jobs"), rows("sign_in_links")), (Some(1), Some(1)));
    let (mut here, mut there) = (from.lend().await.expect("lent"), to.lend().await.expect("lent"));
    let here_user = users::by_id(&mut here.conn(), ann).await.expect("read").expect("there");
    let there_user = users::by_id(&mut there.conn(), ann).await.expect("read").expect("there");
    assert_eq!(format!("{here_user:?}"), format!("{there_user:?}"));
    let here_room = rooms::by_slug(&mut here.conn(), &slug).await.expect("read").expect("there");
    let there_room = rooms::by_slug(&mut there.conn(), &slug).await.expect("read").expect("there");
    assert_eq!(format!("{here_room:?}"), format!("{there_room:?}"));
    let sql = "SELECT payload FROM jobs";
    let job: sqlx::types::Json<serde_json::Value> =
        on_db!(&mut there.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("read");
    assert_eq!(job.0, serde_json::json!({ "a": ["é", 1.5, null] }));
}

#[tokio::test]
async fn a_target_that_holds_something_is_left_alone() {
    let (app, ..) = filled().await;
    let Some(target) = TestApp::postgres().await else { return };
    target.user("ben").await;
    let error = copy(&app.state.db, &target.state.db).await.expect_err("not empty");
    assert!(error.to_string().contains("not empty") && error.to_string().contains("users"), "{error:#}");
    assert_eq!((count(&target.state.db, "users").await, count(&target.state.db, "rooms").await), (1, 0));
}

#[tokio::test]
async fn what_cannot_be_copied_leaves_nothing_behind() {
    let (app, ..) = filled().await;
    let Some(target) = TestApp::postgres().await else { return };
    // PostgreSQL's text knows no NUL; tables before this one have been copied by then.
    let Db::Sqlite(pool) = &app.state.db else { unreachable!("SQLite") };
    sqlx::query("UPDATE rooms SET name = 'a' || char(0) || 'b' WHERE slug = (SELECT MAX(slug) FROM rooms)")
        .execute(pool)
        .await
        .expect("spoilt");
    let error = format!("{:#}", copy(&app.state.db, &target.state.db).await.expect_err("refused"));
    assert!(error.starts_with("table rooms"), "{error}");
    assert_eq!((count(&target.state.db, "users").await, count(&target.state.db, "rooms").await), (0, 0));
    let error = copy(&target.state.db, &app.state.db).await.expect_err("the wrong way round");
    assert!(error.to_string().contains("from SQLite"), "{error}");
}
