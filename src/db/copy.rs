//! Moving everything from SQLite to PostgreSQL. Reads which tables and columns there are from the databases themselves, so that it
//! knows no feature and forgets none.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::{
    AssertSqlSafe, PgConnection, Postgres, QueryBuilder, Row, Sqlite, SqliteConnection, Transaction,
    query_builder::Separated, sqlite::SqliteRow, types::Json,
};
use uuid::Uuid;

use super::Db;

/// How many rows one statement carries; PostgreSQL takes 65535 values.
const ROWS: usize = 500;

/// How many rows of a table were copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: i64,
}

/// A table with its columns and their types on PostgreSQL.
struct Table {
    name: String,
    columns: Vec<(String, String)>,
    key: Vec<String>,
}

/// Copies every table of one moment, all or nothing. Both must have the same tables; those of the target must be empty.
pub async fn copy(from: &Db, to: &Db) -> anyhow::Result<Vec<Copied>> {
    let (Db::Sqlite(from), Db::Postgres(to)) = (from, to) else {
        bail!("the copy goes from SQLite (sqlite:PATH) to PostgreSQL (postgres://…)")
    };
    // One read transaction: what is written meanwhile does not show.
    let mut source = from.begin().await?;
    let mut target = to.begin().await?;
    let tables = tables(&mut source, &mut target).await?;
    for table in &tables {
        if count_there(&mut target, &table.name).await? > 0 {
            bail!("the target is not empty: its table {} has rows", table.name);
        }
    }
    let mut copied = Vec::new();
    for table in tables {
        let rows = table.copy(&mut source, &mut target).await.with_context(|| format!("table {}", table.name))?;
        let there = count_there(&mut target, &table.name).await?;
        if rows != there {
            bail!("table {}: {rows} rows were read, and {there} arrived", table.name);
        }
        copied.push(Copied { table: table.name, rows });
    }
    target.commit().await?;
    Ok(copied)
}

/// Names come from the databases' own catalogues, whose tables are ours.
fn sql(text: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(text)
}

async fn count_there(target: &mut PgConnection, table: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar(sql(format!("SELECT COUNT(*) FROM \"{table}\""))).fetch_one(target).await
}

/// Every table, those that others refer to first.
async fn tables(
    source: &mut Transaction<'_, Sqlite>,
    target: &mut Transaction<'_, Postgres>,
) -> anyhow::Result<Vec<Table>> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY name",
    )
    .fetch_all(&mut **source)
    .await?;
    let mut waiting = BTreeMap::new();
    for name in &names {
        let needs: Vec<String> = sqlx::query_scalar("SELECT \"table\" FROM pragma_foreign_key_list($1)")
            .bind(name)
            .fetch_all(&mut **source)
            .await?;
        waiting.insert(name.clone(), needs.into_iter().filter(|other| other != name).collect::<BTreeSet<_>>());
    }
    let mut tables = Vec::new();
    while !waiting.is_empty() {
        let free = waiting.iter().find(|(_, needs)| needs.iter().all(|other| !waiting.contains_key(other)));
        let name = free.map(|(name, _)| name.clone()).context("the tables refer to each other in a circle")?;
        waiting.remove(&name);
        tables.push(Table::read(name, source, target).await?);
    }
    Ok(tables)
}

impl Table {
    async fn read(name: String, source: &mut SqliteConnection, target: &mut PgConnection) -> anyhow::Result<Self> {
        let here: Vec<(String, i64)> = sqlx::query_as("SELECT name, pk FROM pragma_table_info($1) ORDER BY cid")
            .bind(&name)
            .fetch_all(source)
            .await?;
        let there: Vec<(String, String)> = sqlx::query_as(
            "SELECT column_name::text, data_type::text FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1",
        )
        .bind(&name)
        .fetch_all(target)
        .await?;
        let there: BTreeMap<_, _> = there.into_iter().collect();
        if here.len() != there.len() {
            bail!("table {name} is not the same on both sides");
        }
        let mut columns = Vec::new();
        for (column, _) in &here {
            let kind = there.get(column).with_context(|| format!("the target has no {name}.{column}"))?;
            columns.push((column.clone(), kind.clone()));
        }
        let mut key: Vec<_> = here.into_iter().filter(|(_, place)| *place > 0).collect();
        key.sort_by_key(|(_, place)| *place);
        Ok(Self { name, columns, key: key.into_iter().map(|(column, _)| column).collect() })
    }

    fn list(names: impl Iterator<Item = impl AsRef<str>>) -> String {
        names.map(|name| format!("\"{}\"", name.as_ref())).collect::<Vec<_>>().join(", ")
    }

    async fn copy(&self, source: &mut SqliteConnection, target: &mut PgConnection) -> anyhow::Result<i64> {
        let columns = Self::list(self.columns.iter().map(|(name, _)| name));
        let order = if self.key.is_empty() { "rowid".to_owned() } else { Self::list(self.key.iter()) };
        let mut rows =
            sqlx::query(sql(format!("SELECT {columns} FROM \"{}\" ORDER BY {order}", self.name))).fetch(source);
        let (mut batch, mut count) = (Vec::with_capacity(ROWS), 0);
        loop {
            let row = rows.try_next().await?;
            let end = row.is_none();
            batch.extend(row);
            if batch.len() == ROWS || (end && !batch.is_empty()) {
                self.insert(&columns, &batch, target).await?;
                count += i64::try_from(batch.len())?;
                batch.clear();
            }
            if end {
                return Ok(count);
            }
        }
    }

    async fn insert(&self, columns: &str, rows: &[SqliteRow], target: &mut PgConnection) -> anyhow::Result<()> {
        let mut insert = QueryBuilder::<Postgres>::new(format!("INSERT INTO \"{}\" ({columns}) ", self.name));
        let mut wrong = None;
        insert.push_values(rows, |mut values, row| {
            for (place, (name, kind)) in self.columns.iter().enumerate() {
                if let Err(error) = push(&mut values, row, place, kind) {
                    values.push("NULL");
                    wrong = Some(error.context(format!("column {name}")));
                }
            }
        });
        if let Some(error) = wrong {
            return Err(error);
        }
        insert.build().execute(target).await?;
        Ok(())
    }
}

/// Adds one value, read as what PostgreSQL keeps it as.
fn push(
    values: &mut Separated<'_, Postgres, &'static str>,
    row: &SqliteRow,
    place: usize,
    kind: &str,
) -> anyhow::Result<()> {
    match kind {
        "uuid" => values.push_bind(row.try_get::<Option<Uuid>, _>(place)?),
        "bytea" => values.push_bind(row.try_get::<Option<Vec<u8>>, _>(place)?),
        "text" => values.push_bind(row.try_get::<Option<String>, _>(place)?),
        "jsonb" => values.push_bind(row.try_get::<Option<Json<Value>>, _>(place)?),
        "timestamp with time zone" => values.push_bind(row.try_get::<Option<DateTime<Utc>>, _>(place)?),
        "boolean" => values.push_bind(row.try_get::<Option<bool>, _>(place)?),
        "integer" => values.push_bind(row.try_get::<Option<i32>, _>(place)?),
        "bigint" => values.push_bind(row.try_get::<Option<i64>, _>(place)?),
        "double precision" => values.push_bind(row.try_get::<Option<f64>, _>(place)?),
        other => bail!("values of type {other} cannot be copied"),
    };
    Ok(())
}
