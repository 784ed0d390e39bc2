//! One set of queries for two databases: SQLite (embedded, the default) and PostgreSQL.
//!
//! A store function takes a [`Conn`], which is one connection of either, and runs the same text on both with
//! [`on_db!`](crate::on_db). Ids, times and defaults come from Rust, never from SQL; times carry microseconds. Nothing is
//! checked at compile time, so every store function has a test that runs on both.

mod connect;
mod copy;
mod lock;

use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};

pub use copy::{Copied, copy};
pub use lock::{Lock, beside};

/// The database that the configuration chose. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file in the data directory.
    Sqlite(SqlitePool),
    /// A server, for who outgrows one machine.
    Postgres(PgPool),
}

/// One borrowed connection, in or outside a transaction.
#[derive(Debug)]
pub enum Conn<'c> {
    /// To SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// To PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// A connection lent by the pool; goes back when dropped.
#[derive(Debug)]
pub enum Lent {
    /// From the SQLite pool.
    Sqlite(PoolConnection<Sqlite>),
    /// From the PostgreSQL pool.
    Postgres(PoolConnection<Postgres>),
}

/// An open transaction; rolls back when dropped without [`Tx::commit`].
#[derive(Debug)]
pub enum Tx {
    /// On SQLite, begun with the write lock already taken.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Connections to the database.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// Open ones.
    pub size: u32,
    /// Those of them that nobody uses.
    pub idle: usize,
    /// How many may be open.
    pub most: u32,
}

/// Runs the same expression on whichever database a [`Conn`] leads to; `$c` is the executor inside it.
#[macro_export]
macro_rules! on_db {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => {
                let $c = &mut **$c;
                $body
            }
            $crate::db::Conn::Postgres($c) => {
                let $c = &mut **$c;
                $body
            }
        }
    };
}

/// `$1, $2, …` for a list of this length, after `before` other parameters.
pub fn places(before: usize, count: usize) -> String {
    (1..=count).map(|n| format!("${}", n + before)).collect::<Vec<_>>().join(", ")
}

impl Db {
    /// A connection for reading, or for one statement that needs no transaction.
    pub async fn lend(&self) -> sqlx::Result<Lent> {
        Ok(match self {
            Self::Sqlite(pool) => Lent::Sqlite(pool.acquire().await?),
            Self::Postgres(pool) => Lent::Postgres(pool.acquire().await?),
        })
    }

    /// Begins a transaction. On SQLite with `BEGIN IMMEDIATE`: a transaction that reads first and writes later could
    /// otherwise fail with "database is locked" although a busy timeout is set.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        Ok(match self {
            Self::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Asks the database for nothing, to see whether it answers.
    pub async fn ping(&self) -> sqlx::Result<()> {
        let mut lent = self.lend().await?;
        on_db!(&mut lent.conn(), c => sqlx::query("SELECT 1").execute(c).await.map(drop))
    }

    /// Writes a copy of this SQLite as of now to a file that does not exist yet. Others read and write meanwhile.
    pub async fn snapshot(&self, file: &std::path::Path) -> anyhow::Result<()> {
        let Self::Sqlite(pool) = self else {
            anyhow::bail!("this is for the embedded database; PostgreSQL brings its own tools (pg_dump)")
        };
        sqlx::query("VACUUM INTO $1").bind(file.to_str()).execute(pool).await?;
        Ok(())
    }

    /// Looks through every page of this SQLite.
    pub async fn check(&self) -> anyhow::Result<()> {
        if let Self::Sqlite(pool) = self {
            let found: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(pool).await?;
            anyhow::ensure!(found == "ok", "the database is damaged: {found}");
        }
        Ok(())
    }

    /// How many connections there are.
    pub fn pool(&self) -> Pool {
        let (size, idle, most) = match self {
            Self::Sqlite(pool) => (pool.size(), pool.num_idle(), pool.options().get_max_connections()),
            Self::Postgres(pool) => (pool.size(), pool.num_idle(), pool.options().get_max_connections()),
        };
        Pool { size, idle, most }
    }

    /// Waits for what runs and closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Lent {
    /// The connection itself.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }
}

impl Tx {
    /// The connection itself.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(tx) => Conn::Sqlite(tx),
            Self::Postgres(tx) => Conn::Postgres(tx),
        }
    }

    /// Makes everything done in it last.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }
}

/// Whether a statement failed because a value that must be unique stands there already. Constraint *names* are not
/// available on SQLite, so callers must know which one it can only have been.
pub fn is_unique_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| e.is_unique_violation())
}

/// Whether a statement failed because a row that it refers to is not there.
pub fn is_foreign_key_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| e.is_foreign_key_violation())
}
