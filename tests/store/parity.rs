//! Both migration sets make the same tables: names, columns, nullability, keys.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row;
use visavis::db::Db;

use crate::support::TestApp;

/// Column → "type null?" in words both databases are translated to.
type Tables = BTreeMap<String, BTreeMap<String, String>>;
/// Table, columns, unique?
type Keys = BTreeSet<(String, Vec<String>, &'static str)>;

fn word(kind: &str) -> &str {
    match kind.to_lowercase().as_str() {
        "blob" | "uuid" | "bytea" => "bytes",
        "text" | "jsonb" | "timestamp with time zone" => "text",
        "boolean" => "boolean",
        "integer" => "integer",
        _ => "?",
    }
}

async fn sqlite(db: &Db) -> (Tables, Keys) {
    let Db::Sqlite(pool) = db else { unreachable!("asked for SQLite") };
    let (mut tables, mut keys) = (Tables::new(), Keys::new());
    let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'";
    for row in sqlx::query(names).fetch_all(pool).await.expect("tables") {
        let table: String = row.get(0);
        let columns = sqlx::query("SELECT name, type, \"notnull\" FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(pool)
            .await
            .expect("columns");
        let columns = columns.iter().map(|c| {
            (c.get(0), format!("{} {}", word(c.get(1)), if c.get::<i64, _>(2) == 1 { "set" } else { "null" }))
        });
        tables.insert(table.clone(), columns.collect());
        for index in sqlx::query("SELECT name, \"unique\" FROM pragma_index_list($1)")
            .bind(&table)
            .fetch_all(pool)
            .await
            .expect("indexes")
        {
            let name: String = index.get(0);
            let parts = sqlx::query("SELECT name FROM pragma_index_info($1) ORDER BY seqno")
                .bind(name)
                .fetch_all(pool)
                .await
                .expect("index");
            let kind = if index.get::<i64, _>(1) == 1 { "unique" } else { "index" };
            keys.insert((table.clone(), parts.iter().map(|p| p.get(0)).collect(), kind));
        }
        for key in sqlx::query("SELECT \"from\", \"table\", on_delete FROM pragma_foreign_key_list($1)")
            .bind(&table)
            .fetch_all(pool)
            .await
            .expect("keys")
        {
            let delete: String = key.get(2);
            keys.insert((table.clone(), vec![key.get(0), key.get(1), delete.to_lowercase()], "foreign"));
        }
    }
    (tables, keys)
}

async fn postgres(db: &Db) -> (Tables, Keys) {
    let Db::Postgres(pool) = db else { unreachable!("asked for PostgreSQL") };
    let (mut tables, mut keys) = (Tables::new(), Keys::new());
    let columns = "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text FROM information_schema.columns \
        WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'";
    for row in sqlx::query(columns).fetch_all(pool).await.expect("columns") {
        let null = if row.get::<String, _>(3) == "NO" { "set" } else { "null" };
        let kind: String = row.get(2);
        tables.entry(row.get(0)).or_default().insert(row.get(1), format!("{} {null}", word(&kind)));
    }
    let indexes = "SELECT t.relname::text, array_agg(a.attname::text ORDER BY k.n), i.indisunique FROM pg_index i \
        JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace s ON s.oid = t.relnamespace AND s.nspname = 'public' \
        CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, n) \
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum WHERE t.relname NOT LIKE '\\_sqlx%' GROUP BY t.relname, i.indexrelid, i.indisunique";
    for row in sqlx::query(indexes).fetch_all(pool).await.expect("indexes") {
        keys.insert((row.get(0), row.get(1), if row.get(2) { "unique" } else { "index" }));
    }
    let foreign = "SELECT t.relname::text, a.attname::text, f.relname::text, c.confdeltype::text FROM pg_constraint c \
        JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid \
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'";
    for row in sqlx::query(foreign).fetch_all(pool).await.expect("keys") {
        let delete = match row.get::<String, _>(3).as_str() {
            "c" => "cascade",
            "n" => "set null",
            _ => "?",
        };
        keys.insert((row.get(0), vec![row.get(1), row.get(2), delete.to_owned()], "foreign"));
    }
    (tables, keys)
}

#[tokio::test]
async fn the_same_tables_on_both() {
    let one = TestApp::sqlite().await;
    let Some(two) = TestApp::postgres().await else { return };
    let (sqlite, postgres) = (sqlite(&one.state.db).await, postgres(&two.state.db).await);
    assert!(sqlite.0.contains_key("rooms") && !sqlite.1.is_empty());
    assert_eq!(sqlite.0, postgres.0);
    assert_eq!(sqlite.1, postgres.1);
}

#[test]
fn both_folders_hold_the_same_files() {
    let names = |folder: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        std::fs::read_dir(path).expect("there").flatten().map(|e| e.file_name()).collect::<BTreeSet<_>>()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
