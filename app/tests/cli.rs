//! The program at a terminal: exit codes, what goes where, what scripts read.

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;
use visavis::{
    config::{Settings, Source},
    http::serve::offline,
    rooms::service::{NewRoom, create},
    users::service::NewUser,
};

fn visavis(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_visavis"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("VISAVIS_")) {
        command.env_remove(name);
    }
    command.args(args).env("VISAVIS_DATA_DIR", data).output().expect("it runs")
}

fn out(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn config_tells_every_setting_and_makes_nothing() {
    let folder = folder();
    let data = folder.path().join("data");
    let all = json(&visavis(&data, &["config", "--json", "--livekit-udp-port", "9000"]));
    let of = |key: &str| {
        all.as_array().expect("a list").iter().find(|setting| setting["key"] == key).expect("a setting").clone()
    };
    assert_eq!((&of("data_dir")["origin"], &of("livekit.udp_port")["origin"]), (&"environment".into(), &"flag".into()));
    assert_eq!(of("livekit.udp_port")["value"], "9000");
    assert!(out(&visavis(&data, &["config"])).contains("VISAVIS_LISTEN = 127.0.0.1:8080\n"));
    assert!(!data.exists());
    assert!(out(&visavis(&data, &["config", "--reference"])).starts_with("# Configuration"));
}

#[test]
fn exit_codes_and_where_errors_go() {
    let folder = folder();
    let wrong = visavis(folder.path(), &["migrate", "--listen", "nowhere"]);
    assert_eq!(wrong.status.code(), Some(78));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("VISAVIS_LISTEN: expected an address"), "{wrong:?}");
    assert_eq!(visavis(folder.path(), &["nonsense"]).status.code(), Some(2));
    let none = visavis(folder.path(), &["room", "show", "nowhere"]);
    assert_eq!(
        (none.status.code(), String::from_utf8_lossy(&none.stderr).trim()),
        (Some(1), "visavis: there is no such room")
    );
    assert!(out(&visavis(folder.path(), &["migrate"])).contains("up to date"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&visavis(folder.path(), &["completions", shell])).contains("doctor"), "{shell}");
    }
}

#[test]
fn doctor_fails_with_what_it_finds_and_says_so_in_json() {
    let folder = folder();
    let at = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = at.local_addr().expect("an address").to_string();
    let nowhere = ["--livekit-bin", "/nowhere/livekit-server", "--listen", &at];
    let found = visavis(folder.path(), &[&["doctor", "--json"][..], &nowhere].concat());
    assert_eq!(found.status.code(), Some(1));
    let checks = json(&found);
    let of = |name: &str| {
        checks.as_array().expect("a list").iter().find(|check| check["name"] == name).expect("a check").clone()
    };
    assert_eq!((&of("LiveKit")["state"], &of("LiveKit")["setting"]), (&"failed".into(), &"VISAVIS_LIVEKIT_BIN".into()));
    let told = visavis(folder.path(), &[&["doctor"][..], &nowhere].concat());
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(text.contains("✗ LiveKit: ") && text.contains("Change: VISAVIS_LIVEKIT_BIN"), "{text}");
    let wrong = visavis(folder.path(), &["doctor", "--listen", "nowhere"]);
    assert!(String::from_utf8_lossy(&wrong.stdout).contains("Change: VISAVIS_LISTEN"), "{wrong:?}");
    assert_eq!(wrong.status.code(), Some(1));
}

#[tokio::test]
async fn rooms_are_listed_shown_and_deleted() {
    let folder = folder();
    let flags = [("data_dir".to_owned(), folder.path().display().to_string())].into();
    let settings = Settings::load(&mut Source::new(flags, std::iter::empty())).expect("settings");
    let state = offline(settings).await.expect("a state");
    let mut tx = state.db.begin().await.expect("begins");
    let new = NewUser::parse("ann@example.org", "Ann", false).expect("fine");
    let ann = visavis::users::service::create(&state, &mut tx.conn(), new).await.expect("made");
    tx.commit().await.expect("commits");
    for name in ["Monday", "Tuesday"] {
        create(&state, Some(&ann), NewRoom { name: Some(name.to_owned()), access_level: None, configuration: None })
            .await
            .expect("made");
    }
    state.db.close().await;
    let run = |args: &[&str]| visavis(folder.path(), args);
    let names = json(&run(&["room", "list", "--json"]));
    assert_eq!((&names[0]["name"], &names[1]["slug"]), (&"Monday".into(), &"tuesday".into()));
    let shown = json(&run(&["room", "show", "monday", "--json"]));
    assert_eq!(
        (&shown["people"][0]["email"], &shown["people"][0]["role"]),
        (&"ann@example.org".into(), &"owner".into())
    );
    assert!(out(&run(&["room", "show", "monday"])).contains("owner  ann@example.org"));
    assert!(out(&run(&["room", "delete", "monday"])).contains("add --yes"));
    assert_eq!(json(&run(&["room", "list", "--json"])).as_array().map(Vec::len), Some(2), "nothing was deleted");
    assert!(out(&run(&["room", "delete", "monday", "--yes"])).contains("Monday is deleted"));
    assert!(!out(&run(&["room", "list"])).contains("monday"));
}
