use super::*;

fn options(dir: &Path) -> Options {
    Options {
        bin: Some("/bin/sh".into()),
        data_dir: dir.to_owned(),
        api_key: "key".into(),
        api_secret: "hush".into(),
        webhook_url: "http://127.0.0.1:1/".into(),
        node_ip: None,
        ports: Ports::ANY,
    }
}

/// The error of a set-up that must not work.
async fn refused(options: Options) -> String {
    prepare(options).await.err().map(|error| format!("{error:#}")).expect("an error")
}

#[tokio::test]
async fn a_missing_program_is_told_with_what_to_do() {
    let dir = tempfile::tempdir().expect("a folder");
    let bin = Some(dir.path().join("nothing-here"));
    let told = refused(Options { bin, ..options(dir.path()) }).await;
    assert!(told.contains("VISAVIS_LIVEKIT_BIN") && told.contains("nothing-here"), "{told}");
}

#[tokio::test]
async fn a_taken_port_is_replaced() {
    let dir = tempfile::tempdir().expect("a folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let api = taken.local_addr().expect("an address").port();
    let prepared = prepare(Options { ports: Ports { api, ..Ports::ANY }, ..options(dir.path()) }).await.expect("ready");
    assert_ne!(prepared.ports().api, api);
    assert_eq!(prepared.internal_url().port(), Some(prepared.ports().api));
}

#[tokio::test]
async fn one_data_directory_has_one_server() {
    let dir = tempfile::tempdir().expect("a folder");
    let first = prepare(options(dir.path())).await.expect("ready");
    assert!(refused(options(dir.path())).await.contains("another visavis"));
    drop(first);
    prepare(options(dir.path())).await.expect("free again");
}

#[tokio::test]
async fn a_data_directory_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("file");
    fs::write(&file, "").expect("written");
    assert!(refused(options(&file)).await.contains("file/livekit"));
}
