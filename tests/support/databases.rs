//! A fresh database for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use visavis::db::Db;

/// Names the PostgreSQL server that tests may make databases on; `make test` starts one.
const SERVER: &str = "VISAVIS_TEST_POSTGRES";
/// Set to leave PostgreSQL out while working; `make test` never does.
const SQLITE_ONLY: &str = "VISAVIS_TEST_SQLITE_ONLY";

static NEXT: AtomicU32 = AtomicU32::new(0);

pub async fn sqlite(folder: &std::path::Path) -> Db {
    open(&format!("sqlite:{}", folder.join("test.db").display())).await
}

/// `None` only when the developer asked for SQLite alone.
pub async fn postgres() -> Option<Db> {
    Some(open(&postgres_url().await?).await)
}

/// The URL of a new, empty database; `None` as above.
pub async fn postgres_url() -> Option<String> {
    let Ok(server) = std::env::var(SERVER) else {
        assert!(
            std::env::var_os(SQLITE_ONLY).is_some(),
            "{SERVER} is not set: run `make test`, point it at a PostgreSQL server, or set {SQLITE_ONLY}=1 to leave it out"
        );
        return None;
    };
    let name = format!("visavis_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(&server).await.expect("the test server answers");
    sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).execute(&mut admin).await.expect("drop");
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.expect("create");
    let mut url = url::Url::parse(&server).expect("a URL");
    url.set_path(&name);
    Some(url.into())
}

pub async fn open(url: &str) -> Db {
    let db = Db::connect(url).await.expect("the database opens");
    db.migrate().await.expect("the tables are made");
    db
}
