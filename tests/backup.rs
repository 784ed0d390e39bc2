//! Backup and restore, below the command line.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use chrono::{DateTime, Utc};
use visavis::{
    backup::{Place, pack, unpack},
    clock::Clock,
    db::{Db, Lock},
    rooms::service::{self, NewRoom},
};

use crate::support::TestApp;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a time")
}

fn place(folder: &Path) -> Place {
    Place { data_dir: folder.to_owned(), database: folder.join("visavis.db") }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

/// An instance with a room, and its backup.
async fn packed(folder: &Path) -> (TestApp, Place) {
    let app = TestApp::sqlite().await;
    let ann = app.user("ann").await;
    service::create(&app.state, Some(&ann), NewRoom { name: Some("Kept".into()), ..NewRoom::default() })
        .await
        .expect("made");
    let place = place(&app.state.settings.data_dir);
    pack(&app.state.db, &place, &folder.join("b.tar"), now()).await.expect("packed");
    (app, place)
}

async fn slugs(database: &Path) -> Vec<String> {
    let Db::Sqlite(pool) = Db::connect(&format!("sqlite:{}", database.display())).await.expect("opens") else {
        unreachable!("SQLite")
    };
    sqlx::query_scalar("SELECT slug FROM rooms ORDER BY slug").fetch_all(&pool).await.expect("read")
}

#[tokio::test]
async fn what_was_packed_is_restored_for_its_owner_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (app, from) = packed(folder.path()).await;
    let file = folder.path().join("b.tar");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1, "no work in progress is left");
    let again = pack(&app.state.db, &from, &file, now()).await.expect_err("there is one");
    assert!(again.to_string().contains("there already"), "{again}");
    let to = place(&folder.path().join("new"));
    let (manifest, aside) = unpack(&file, &to, false, now()).await.expect("restored");
    assert_eq!((manifest.version.as_str(), aside), (env!("CARGO_PKG_VERSION"), None));
    assert_eq!(slugs(&to.database).await, ["kept"]);
    assert_eq!((mode(&to.data_dir), mode(&to.data_dir.join("secrets")), mode(&to.database)), (0o700, 0o700, 0o600));
    for name in ["secret_key", "livekit_api_secret"] {
        let (old, new) = (from.data_dir.join("secrets").join(name), to.data_dir.join("secrets").join(name));
        assert_eq!(fs::read(old).expect("read"), fs::read(&new).expect("read"));
        assert_eq!(mode(&new), 0o600);
    }
}

#[tokio::test]
async fn an_instance_is_only_replaced_when_asked_for_and_kept_aside_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_app, _) = packed(folder.path()).await;
    let file = folder.path().join("b.tar");
    let to = place(&folder.path().join("new"));
    unpack(&file, &to, false, now()).await.expect("restored");
    let refused = unpack(&file, &to, false, now()).await.expect_err("not empty");
    assert!(refused.to_string().contains("--force"), "{refused}");
    fs::write(to.data_dir.join("secrets/secret_key"), "other").expect("written");
    let (_, aside) = unpack(&file, &to, true, now()).await.expect("restored");
    let aside = aside.expect("there was something");
    assert_eq!(fs::read_to_string(aside.join("secrets/secret_key")).expect("kept"), "other");
    assert_eq!(slugs(&aside.join("visavis.db")).await, ["kept"]);
    assert_ne!(fs::read_to_string(to.data_dir.join("secrets/secret_key")).expect("restored"), "other");
    let running = Lock::take(&to.database).expect("free");
    let refused = unpack(&file, &to, true, now()).await.expect_err("somebody serves");
    assert!(refused.to_string().contains("running visavis"), "{refused}");
    drop(running);
}

#[tokio::test]
async fn what_is_damaged_or_no_backup_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_app, _) = packed(folder.path()).await;
    let good = fs::read(folder.path().join("b.tar")).expect("read");
    let to = place(&folder.path().join("new"));
    let mut flipped = good.clone();
    let middle = good.len() / 2;
    flipped[middle] ^= 1;
    let newer = String::from_utf8_lossy(&good).find("\"format\": 1").expect("the manifest");
    let mut future = good.clone();
    future[newer + "\"format\": ".len()] = b'9';
    let cut = good[..good.len() / 3].to_vec();
    for (name, bytes, why) in [
        ("flipped", flipped, "no whole backup"),
        ("cut", cut, "no whole backup"),
        ("newer", future, "newer than this one"),
        ("nothing", Vec::new(), "no whole backup"),
        ("other", b"a text that is no archive".to_vec(), "no whole backup"),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("written");
        let error = format!("{:#}", unpack(&file, &to, false, now()).await.expect_err(name));
        assert!(error.contains(why), "{name}: {error}");
        let left: Vec<_> = fs::read_dir(&to.data_dir).expect("read").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["visavis.db.lock"], "{name}");
    }
}

#[tokio::test]
async fn an_archive_cannot_write_outside_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["../evil", "secrets/../../evil", "/tmp/evil", "secrets/a/b", "visavis.toml"] {
        let file = folder.path().join("evil.tar");
        let manifest =
            serde_json::json!({ "format": 1, "version": "0", "created_at": Clock::System.now(), "files": [] })
                .to_string();
        let mut archive = tar::Builder::new(fs::File::create(&file).expect("made"));
        for (name, content) in [("manifest.json", manifest.as_bytes()), (name, b"x".as_slice())] {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            // The crate's own way to set a name refuses such ones.
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            archive.append(&header, content).expect("appended");
        }
        archive.finish().expect("finished");
        drop(archive);
        let to = place(&folder.path().join("deep/new"));
        let error = format!("{:#}", unpack(&file, &to, false, now()).await.expect_err(name));
        assert!(error.contains("no part of an instance"), "{name}: {error}");
        assert!(!folder.path().join("evil").exists() && !folder.path().join("deep/evil").exists());
    }
}

#[tokio::test]
async fn a_backup_while_others_write_is_of_one_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = TestApp::sqlite().await;
    let ann = app.user("ann").await;
    let state = app.state.clone();
    let writer = tokio::spawn(async move {
        for n in 0.. {
            let new = NewRoom { name: Some(format!("Room {n:04}")), ..NewRoom::default() };
            service::create(&state, Some(&ann), new).await.expect("writes go on");
        }
    });
    let from = place(&app.state.settings.data_dir);
    for n in 0..5 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let file = folder.path().join(format!("{n}.tar"));
        let before = slugs(&from.data_dir.join("test.db")).await.len();
        pack(&app.state.db, &from, &file, now()).await.expect("packed");
        let to = place(&folder.path().join(n.to_string()));
        unpack(&file, &to, false, now()).await.expect("restored");
        let found = slugs(&to.database).await;
        assert!(found.len() >= before, "what was answered before is in it");
        let expected: Vec<_> = (0..found.len()).map(|n| format!("room-{n:04}")).collect();
        assert_eq!(found, expected, "and no later one without an earlier one");
        let Db::Sqlite(pool) = Db::connect(&format!("sqlite:{}", to.database.display())).await.expect("opens") else {
            unreachable!("SQLite")
        };
        let owners: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM room_accesses").fetch_one(&pool).await.expect("read");
        assert_eq!(usize::try_from(owners).expect("small"), found.len(), "every room has its owner");
    }
    writer.abort();
}
