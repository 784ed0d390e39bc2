//! An instance moves: to another folder by backup and restore, to PostgreSQL by copy. Who was signed in still is.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::json;

use super::{
    http, servers,
    stage::{SECRET, Stage, easy_livekit},
};

const ROOMS: &str = "/api/v1.0/rooms/";

#[tokio::test]
async fn a_backup_of_a_running_server_is_another_server_with_the_same_people_and_rooms() {
    let stage = Stage::embedded(&easy_livekit().await);
    let old = stage.serve("old", 0).await;
    stage.try_cli("old", &["user", "add", "ann@example.org"]).expect("added");
    let session = http::form(old.address, &stage.link_of("old", "ann@example.org"), "", "").await.session();
    let stop = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn({
        let (stop, session, address) = (stop.clone(), session.clone(), old.address);
        async move {
            let mut made = 0;
            while !stop.load(Ordering::SeqCst) {
                let answer = http::post(address, ROOMS, &session, &json!({ "name": format!("Room {made}") })).await;
                assert_eq!(answer.status, 201, "a backup holds nobody up: {}", answer.body);
                made += 1;
            }
            made
        }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let before = http::get(old.address, ROOMS, &session).await.json()["count"].as_u64().expect("a number");
    let file = stage.data("backup.tar");
    let file = file.to_str().expect("text");
    let said = stage.try_cli("old", &["backup", file]).expect("packed");
    assert!(said.contains("like a password"), "{said}");
    stop.store(true, Ordering::SeqCst);
    let made: u64 = writing.await.expect("no panic");

    let refused = stage.try_cli("old", &["restore", file, "--force"]).expect_err("it runs");
    assert!(refused.contains("stop it first"), "{refused}");
    let refused = stage.try_cli("old", &["serve"]).expect_err("one is enough");
    assert!(refused.contains("a running visavis uses"), "{refused}");
    stage.try_cli("new", &["restore", file]).expect("restored");
    let new = stage.serve("new", 0).await;
    assert_eq!(http::get(new.address, "/api/v1.0/users/me/", &session).await.json()["email"], "ann@example.org");
    let after = http::get(new.address, ROOMS, &session).await.json()["count"].as_u64().expect("a number");
    assert!(before <= after && after <= made && before > 0, "{before} <= {after} <= {made}");
    assert_eq!(http::post(new.address, ROOMS, &session, &json!({ "name": "Later" })).await.status, 201);
    old.stop().await;
    new.stop().await;
}

#[tokio::test]
async fn a_copy_to_postgresql_is_the_same_instance() {
    let Some((database, redis)) = servers().await else { return };
    let livekit = easy_livekit().await;
    let embedded = Stage::embedded(&livekit).with("SECRET_KEY", SECRET);
    let old = embedded.serve("old", 0).await;
    embedded.try_cli("old", &["user", "add", "ann@example.org"]).expect("added");
    let session = http::form(old.address, &embedded.link_of("old", "ann@example.org"), "", "").await.session();
    let made = http::post(old.address, ROOMS, &session, &json!({ "name": "The Room" })).await.json();
    let refused = embedded.try_cli("old", &["db", "copy", "--to", &database]).expect_err("it runs");
    assert!(refused.contains("stop it first"), "{refused}");
    old.stop().await;
    let said = embedded.try_cli("old", &["db", "copy", "--to", &database]).expect("copied");
    assert!(said.lines().any(|line| line.split_whitespace().eq(["1", "rooms"])), "{said}");
    let refused = embedded.try_cli("old", &["db", "copy", "--to", &database]).expect_err("twice");
    assert!(refused.contains("the target is not empty"), "{refused}");
    let new = Stage::new(&database, &redis, &livekit);
    let process = new.serve("new", 0).await;
    let found = http::get(process.address, "/api/v1.0/rooms/the-room/", &session).await.json();
    assert_eq!(found["id"], made["id"]);
    assert_eq!(
        http::get(process.address, ROOMS, &session).await.json()["count"],
        1,
        "it is still Ann's, who is still signed in"
    );
    process.stop().await;
}

#[tokio::test]
async fn postgresql_without_what_processes_share_is_refused_with_exit_code_78() {
    let stage = Stage::embedded("http://127.0.0.1:1").with("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    let output = stage.command("data").arg("serve").output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(78), "{said}");
    for name in ["VISAVIS_REDIS_URL", "VISAVIS_SECRET_KEY", "VISAVIS_SINGLE_NODE=true"] {
        assert!(said.contains(name), "{said}");
    }
}
