//! `visavis doctor` names the fault: each test breaks one thing.

mod certificates;
mod running;
mod support;

use std::{net::TcpListener, os::unix::fs::PermissionsExt};

use visavis::{
    config::{Settings, Source},
    db::Db,
    doctor::{State, examine, of_problems},
};

use support::{Sound, assert_names, check, failures, free_port, load, other_program};

#[tokio::test]
async fn what_is_sound_is_found_sound() {
    let sound = Sound::set().await;
    let checks = examine(sound.settings(&[])).await;
    assert!(failures(&checks).is_empty(), "{checks:#?}");
    for name in ["settings", "data folder", "database", "cache", "LiveKit", "clock", "webhook", "signalling", "TURN"] {
        assert_eq!(check(&checks, name).state, State::Ok, "{checks:#?}");
    }
    assert!(check(&checks, "signalling").sentence.contains("LiveKit 1."), "its version");
    assert_eq!(check(&checks, "server").state, State::Skipped, "it says that the server does not run");
    TcpListener::bind(("127.0.0.1", sound.port)).expect("the port is free again");
    sound.end().await;
}

#[tokio::test]
async fn a_wrong_key_and_a_livekit_that_is_away() {
    let sound = Sound::set().await;
    let wrong = [("livekit.api_secret", "another-one-of-at-least-32-characters")];
    let checks = examine(sound.settings(&wrong)).await;
    assert_names(&checks, "LiveKit", "refuses the API key “APItest”", "VISAVIS_LIVEKIT_API_SECRET");
    assert_eq!(check(&checks, "webhook").state, State::Skipped, "what follows is not blamed");
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    let checks = examine(sound.settings(&[("livekit.internal_url", &nowhere)])).await;
    assert_names(&checks, "LiveKit", &format!("nobody answers at {nowhere}"), "VISAVIS_LIVEKIT_INTERNAL_URL");
    assert_eq!(failures(&checks).len(), 1, "{checks:#?}");
    sound.end().await;
}

#[tokio::test]
async fn a_livekit_that_does_not_report_to_us() {
    let sound = Sound::reporting_to(free_port(), free_port()).await;
    let checks = examine(sound.settings(&[])).await;
    assert_names(&checks, "webhook", "LiveKit did not report", "`webhook`");
    assert_names(
        &checks,
        "webhook",
        &format!("http://localhost:{}/api/v1.0/rooms/webhooks-livekit/", sound.port),
        "urls",
    );
    assert_eq!(failures(&checks).len(), 1, "{checks:#?}");
    sound.end().await;
}

#[tokio::test]
async fn clocks_that_differ_and_a_livekit_that_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = other_program(
        "HTTP/1.1 200 OK\r\ndate: Mon, 01 Jan 2024 00:00:00 GMT\r\ncontent-length: 2\r\nconnection: close\r\n\r\nOK",
    )
    .await;
    let url = format!("http://127.0.0.1:{port}");
    let listen = format!("127.0.0.1:{}", free_port());
    let given = [
        ("listen", listen.as_str()),
        ("livekit.internal_url", &url),
        ("livekit.api_key", "k"),
        ("livekit.api_secret", "dIq83kfPz71LmWx0Yv6TnB2cRs4Gh9Ja"),
    ];
    let checks = examine(load(folder.path(), &given)).await;
    assert_names(&checks, "clock", "seconds apart, so tokens are refused", "NTP");
    assert!(failures(&checks).iter().any(|check| check.name == "LiveKit"), "{checks:#?}");
}

#[tokio::test]
async fn databases_and_caches_that_are_away_or_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let gone = format!("postgres://nobody@127.0.0.1:{}/none", free_port());
    let mut settings = load(folder.path(), &[("listen", &format!("127.0.0.1:{}", free_port()))]);
    settings.database.url = gone;
    settings.cache.redis_url = Some(format!("redis://127.0.0.1:{}/0", free_port()));
    let checks = examine(settings.clone()).await;
    assert_names(&checks, "database", "cannot connect to PostgreSQL", "VISAVIS_DATABASE_URL");
    assert_names(&checks, "cache", "Redis does not answer", "VISAVIS_REDIS_URL");

    let path = folder.path().join("behind.db");
    settings.database.url = format!("sqlite:{}", path.display());
    let checks = examine(settings.clone()).await;
    assert_names(&checks, "database", "steps behind: run `visavis migrate`", "VISAVIS_DATABASE_URL");

    let db = Db::connect(&settings.database.url).await.expect("a database");
    db.migrate().await.expect("tables");
    db.close().await;
    settings.cache.redis_url = None;
    settings.mail.out = Some((
        format!("smtp://127.0.0.1:{}?tls=none", free_port()).parse().expect("a server"),
        "visavis@example.org".parse().expect("a sender"),
    ));
    assert_names(&examine(settings.clone()).await, "mail", "the mail server could not be reached", "VISAVIS_SMTP_URL");
    assert_eq!(check(&examine(settings).await, "database").state, State::Ok);
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_written_or_is_open_to_all() {
    // Nobody, root included, makes files there.
    let flags = [("data_dir".to_owned(), "/proc/visavis".to_owned())].into();
    let problems = Settings::load(&mut Source::new(flags, std::iter::empty())).expect_err("read-only");
    assert_names(&of_problems(&problems), "settings", "/proc/visavis cannot be created", "VISAVIS_DATA_DIR");

    let folder = tempfile::tempdir().expect("a folder");
    let listen = format!("127.0.0.1:{}", free_port());
    let mut settings = load(folder.path(), &[("listen", &listen)]);
    let secret = folder.path().join("data/secrets/secret_key");
    std::fs::set_permissions(&secret, PermissionsExt::from_mode(0o644)).expect("set");
    let checks = examine(settings.clone()).await;
    assert_names(&checks, "data folder", "others on this machine can read", "VISAVIS_DATA_DIR");
    settings.data_dir = "/proc/self".into();
    assert_names(&examine(settings).await, "data folder", "nothing can be written to /proc/self", "VISAVIS_DATA_DIR");
}

#[tokio::test]
async fn a_port_that_somebody_else_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = silent.local_addr().expect("an address").to_string();
    let settings = load(folder.path(), &[("listen", &at)]);
    let checks = examine(settings).await;
    assert_names(&checks, "server", &format!("another program listens on {at}"), "VISAVIS_LISTEN");
    let port = other_program("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    let checks = examine(load(folder.path(), &[("listen", &format!("127.0.0.1:{port}"))])).await;
    assert_names(&checks, "server", "something else answers at", "VISAVIS_LISTEN");
}

#[tokio::test]
async fn a_public_address_that_leads_nowhere_or_elsewhere() {
    let sound = Sound::set().await;
    let checks = examine(sound.settings(&[("public_url", "http://visavis.invalid")])).await;
    assert_names(&checks, "public URL", "visavis.invalid does not resolve", "VISAVIS_PUBLIC_URL");
    assert_names(&checks, "certificate", "over plain http browsers give a page no camera", "VISAVIS_PUBLIC_URL");
    let port = other_program("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nHi").await;
    let elsewhere = format!("http://localhost:{port}");
    let checks = examine(sound.settings(&[("public_url", &elsewhere)])).await;
    assert_names(
        &checks,
        "public URL",
        &format!("{elsewhere} leads to something else than this Visavis (it answers 200)"),
        "VISAVIS_PUBLIC_URL",
    );
    assert_names(&checks, "signalling", "does not reach LiveKit through", "VISAVIS_PUBLIC_URL");
    let gone = format!("http://localhost:{}", free_port());
    let checks = examine(sound.settings(&[("public_url", &gone)])).await;
    assert_names(&checks, "public URL", &format!("{gone} does not lead here: nobody answers"), "VISAVIS_PUBLIC_URL");
    let here = format!("http://localhost:{}", sound.port);
    assert_eq!(check(&examine(sound.settings(&[("public_url", &here)])).await, "public URL").state, State::Ok);
    sound.end().await;
}
