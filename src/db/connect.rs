//! Opening the database and bringing its tables up to date.

use std::{path::Path, str::FromStr, time::Duration};

use anyhow::Context;
use sqlx::{
    Connection,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::Db;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a writer waits for another one on SQLite.
const BUSY: Duration = Duration::from_secs(10);
/// How long a request waits for a free connection before it fails. On SQLite others may be writing.
const ACQUIRE: Duration = Duration::from_secs(10);
/// The same on PostgreSQL, where it also means that the server does not answer: every connection is tried before it is lent.
const REACH: Duration = Duration::from_secs(3);

impl Db {
    /// Opens (and for SQLite creates) the database of a URL: `sqlite:PATH` or `postgres://…`.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        match url.strip_prefix("sqlite:") {
            Some(path) => Self::sqlite(Path::new(path)).await,
            None => Self::postgres(url).await,
        }
    }

    async fn sqlite(path: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let pool = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(ACQUIRE)
            // On a full disk SQLite ends the transaction by itself; sqlx does not notice, and would refuse to begin another one
            // on this connection for ever. The ping waits for a rollback that is still under way.
            .after_release(|conn, _| {
                Box::pin(async move {
                    conn.ping().await?;
                    Ok(!conn.is_in_transaction())
                })
            })
            .connect_with(options)
            .await;
        Ok(Self::Sqlite(pool.with_context(|| format!("cannot open the database file {}", path.display()))?))
    }

    async fn postgres(url: &str) -> anyhow::Result<Self> {
        let options = PgConnectOptions::from_str(url).context("the database URL is not a PostgreSQL URL")?;
        let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(REACH).connect_with(options).await;
        Ok(Self::Postgres(pool.context("cannot connect to PostgreSQL")?))
    }

    /// How many migrations were not applied yet. Looks only: a database without any table lacks all of them.
    pub async fn missing_migrations(&self) -> sqlx::Result<usize> {
        const SQL: &str = "SELECT version FROM _sqlx_migrations WHERE success";
        let (all, applied) = match self {
            Self::Sqlite(pool) => (&SQLITE, sqlx::query_scalar::<_, i64>(SQL).fetch_all(pool).await),
            Self::Postgres(pool) => (&POSTGRES, sqlx::query_scalar::<_, i64>(SQL).fetch_all(pool).await),
        };
        let applied = match applied {
            Err(sqlx::Error::Database(_)) => Vec::new(),
            applied => applied?,
        };
        Ok(all.iter().filter(|migration| !applied.contains(&migration.version)).count())
    }

    /// Applies every migration that is missing.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        match self {
            Self::Sqlite(pool) => SQLITE.run(pool).await,
            Self::Postgres(pool) => POSTGRES.run(pool).await,
        }
        .context("cannot bring the database's tables up to date")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_db;

    #[tokio::test]
    async fn a_transaction_that_sqlite_ended_by_itself_spoils_no_connection() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::connect(&format!("sqlite:{}", folder.path().join("x.db").display())).await.expect("a database");
        for _ in 0..10 {
            let mut tx = db.begin().await.expect("a usable connection");
            // What SQLite does when the disk is full.
            on_db!(&mut tx.conn(), c => sqlx::query("ROLLBACK").execute(c).await.map(drop)).expect("ended");
            assert!(tx.commit().await.is_err());
        }
    }
}
