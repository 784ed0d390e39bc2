//! Settings: where they come from, and what is said when one is wrong.

use std::collections::BTreeMap;

use visavis::config::{Settings, Shown, Source, reference};

fn load(folder: &std::path::Path, env: &[(&str, &str)], toml: &str) -> Result<Settings, Vec<String>> {
    let mut all = vec![("VISAVIS_DATA_DIR".to_owned(), folder.display().to_string())];
    all.extend(env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    let mut source = Source::new(BTreeMap::new(), all.into_iter()).with_toml("visavis.toml", toml);
    Settings::load(&mut source).map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn nothing_given_works_and_secrets_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let first = load(folder.path(), &[], "").expect("fine");
    let second = load(folder.path(), &[], "").expect("fine");
    assert_eq!(first.secrets.key, second.secrets.key, "made once");
    assert_eq!(first.secrets.key.len(), 43, "32 bytes");
    for name in ["secret_key", "livekit_api_secret"] {
        let mode = std::fs::metadata(folder.path().join("secrets").join(name)).expect("kept").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_data_directory_we_make_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    load(&data, &[], "").expect("fine");
    assert_eq!(std::fs::metadata(&data).expect("made").permissions().mode() & 0o777, 0o700);
}

#[test]
fn everything_wrong_is_told_at_once_by_the_name_of_its_variable() {
    let folder = tempfile::tempdir().expect("a folder");
    let env = [
        ("VISAVIS_LISTEN", "eight"),
        ("VISAVIS_PUBLIC_URL", "https://x.org/path"),
        ("VISAVIS_TLS_CERT", "/nowhere/cert.pem"),
        ("VISAVIS_SECRET_KEY", "changeme"),
        ("VISAVIS_LOG_FORMAT", "xml"),
        ("VISAVIS_LIVEKIT_INTERNAL_URL", "ftp://x"),
        ("VISAVIS_DATABASE_URL", "mysql://x"),
        ("VISAVIS_DEFAULT_ACCESS_LEVEL", "open"),
        ("VISAVIS_FRONTEND_SUPPORT", "[]"),
        ("VISAVIS_FRONTEND_CUSTOM_CSS_URL", "a.css"),
        ("VISAVIS_REDIS_URL", "http://x"),
        ("VISAVIS_SINGLE_NODE", "perhaps"),
        ("VISAVIS_ATTENDANCE_DAYS", "0"),
        ("VISAVIS_INSTANCE_NAME", "a name of more than forty letters is no name"),
        ("VISAVIS_INSTANCE_LOGO", "/nowhere/logo.svg"),
        ("VISAVIS_INSTANCE_ACCENT", "#ffcc00"),
        ("VISAVIS_INSTANCE_LINKS", "Imprint|javascript:alert(1)"),
        ("VISAVIS_LIVEKIT_WEBHOOK_FILTER", "^(team"),
    ];
    let problems = load(folder.path(), &env, "").expect_err("wrong");
    for (name, _) in env {
        assert!(problems.iter().any(|problem| problem.starts_with(name)), "{name} in {problems:#?}");
    }
    assert!(problems.iter().any(|problem| problem.starts_with("VISAVIS_LIVEKIT_API_KEY")), "{problems:#?}");
    assert!(problems.iter().all(|problem| !problem.contains("changeme")), "a secret is not repeated");
}

#[test]
fn the_environment_wins_over_the_file_and_unknown_settings_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = "instance = \"file\"\n[livekit]\nport = 7001\nudp_port = 7002\n";
    let settings = load(folder.path(), &[("VISAVIS_LIVEKIT_PORT", "7009")], toml).expect("fine");
    assert_eq!(settings.instance.sentence.as_deref(), Some("file"));
    assert_eq!((settings.livekit.supervised.port, settings.livekit.supervised.udp_port), (7009, 7002));
    let problems = load(folder.path(), &[], "[livekit]\nprot = 1\n").expect_err("unknown");
    assert_eq!(problems, ["livekit.prot: there is no such setting; the nearest is livekit.port"]);
    assert!(load(folder.path(), &[], "= broken").expect_err("broken")[0].starts_with("visavis.toml"));
}

#[test]
fn a_secret_comes_from_a_file_and_a_missing_one_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key");
    std::fs::write(&path, "Xq3vTz8LmN0pRw5yKd7sBf2hJc9gUe4a\n").expect("written");
    let path = path.display().to_string();
    let settings = load(folder.path(), &[("VISAVIS_SECRET_KEY_FILE", &path)], "").expect("fine");
    assert_eq!(settings.secrets.key, "Xq3vTz8LmN0pRw5yKd7sBf2hJc9gUe4a");
    let problems = load(folder.path(), &[("VISAVIS_SECRET_KEY_FILE", "/nowhere")], "").expect_err("missing");
    assert!(problems[0].starts_with("VISAVIS_SECRET_KEY_FILE: /nowhere cannot be read"), "{problems:?}");
}

#[test]
fn a_secret_that_was_cut_short_is_not_signed_with() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("secrets")).expect("made");
    std::fs::write(folder.path().join("secrets/secret_key"), "").expect("written");
    let problems = load(folder.path(), &[], "").expect_err("cut short");
    assert!(problems[0].contains("secret_key") && problems[0].contains("delete it"), "{problems:?}");
}

#[test]
fn an_unknown_variable_is_told_with_the_nearest_name_and_those_of_scripts_are_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let problems = load(folder.path(), &[("VISAVIS_LISEN", "127.0.0.1:1"), ("VISAVIS_SECRET_KEYFILE", "x")], "");
    let problems = problems.expect_err("unknown");
    assert!(problems.contains(&"VISAVIS_LISEN: there is no such setting; the nearest is VISAVIS_LISTEN".to_owned()));
    assert!(problems[1].ends_with("the nearest is VISAVIS_SECRET_KEY_FILE"), "{problems:?}");
    let scripts = [("VISAVIS_CACHE", "/x"), ("VISAVIS_TEST_POSTGRES", "x"), ("VISAVIS_BIN", "x")];
    load(folder.path(), &scripts, "").expect("not ours");
}

#[test]
fn secrets_that_can_be_guessed_are_refused_outside_development() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "a".repeat(40);
    for weak in [
        "short",
        &long,
        "abababababababababababababababababab",
        "this-is-the-example-of-somebody-else",
        "CHANGE_ME-0f3a9c1e7b5d2846-and-more",
    ] {
        let problems = load(folder.path(), &[("VISAVIS_SECRET_KEY", weak)], "").expect_err("refused");
        assert!(problems[0].starts_with("VISAVIS_SECRET_KEY: too weak"), "{weak}: {problems:?}");
        load(folder.path(), &[("VISAVIS_SECRET_KEY", weak), ("VISAVIS_DEV", "true")], "").expect("development");
    }
    let of_livekit = [
        ("VISAVIS_LIVEKIT_URL", "ws://x"),
        ("VISAVIS_LIVEKIT_API_KEY", "devkey"),
        ("VISAVIS_LIVEKIT_API_SECRET", "secret"),
    ];
    let problems = load(folder.path(), &of_livekit, "").expect_err("refused").join("\n");
    assert!(
        problems.contains("VISAVIS_LIVEKIT_API_KEY: ") && problems.contains("VISAVIS_LIVEKIT_API_SECRET: "),
        "{problems}"
    );
}

fn shown(source: &Source, key: &str) -> Shown {
    source.shown().into_iter().find(|shown| shown.key == key).expect("a setting")
}

#[test]
fn what_holds_is_shown_with_its_origin_and_no_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("key");
    std::fs::write(&file, "Xq3vTz8LmN0pRw5yKd7sBf2hJc9gUe4a").expect("written");
    let env = [
        ("VISAVIS_DATA_DIR", folder.path().display().to_string()),
        ("VISAVIS_SECRET_KEY_FILE", file.display().to_string()),
        ("VISAVIS_DATABASE_URL", "postgres://me:word@host/db".to_owned()),
        ("VISAVIS_SINGLE_NODE", "true".to_owned()),
        ("VISAVIS_LOG", "debug".to_owned()),
    ];
    let env = env.into_iter().map(|(name, value)| (name.to_owned(), value));
    let flags = BTreeMap::from([("log".to_owned(), "warn".to_owned())]);
    let mut source = Source::new(flags, env).with_toml("my.toml", "instance = \"We\"\nlivekit.port = 7001\n");
    Settings::load(&mut source).expect("fine");
    let value = |key| {
        let shown = shown(&source, key);
        (shown.value.unwrap_or_default(), shown.origin)
    };
    assert_eq!(value("log"), ("warn".into(), "flag"));
    assert_eq!(value("database_url"), ("postgres://me:••••@host/db".into(), "environment"));
    assert_eq!(value("livekit.port"), ("7001".into(), "toml"));
    assert_eq!(shown(&source, "instance").file.as_deref(), Some("my.toml"));
    assert_eq!(value("secret_key"), ("••••••••".into(), "file"));
    assert_eq!(value("livekit.api_secret"), ("••••••••".into(), "generated"));
    assert_eq!(value("livekit.udp_port"), ("7882".into(), "default"));
}

#[test]
fn looking_makes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let flags = BTreeMap::from([("data_dir".to_owned(), data.display().to_string())]);
    Settings::load(&mut Source::new(flags, std::iter::empty()).only_looking()).expect("fine");
    assert!(!data.exists());
}

#[test]
fn the_reference_is_what_the_source_says() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == reference(),
        "docs/configuration.md is stale: visavis config --reference >docs/configuration.md"
    );
}

#[test]
fn processes_that_share_a_postgresql_must_share_the_rest_or_be_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let postgres = ("VISAVIS_DATABASE_URL", "postgres://u:hush@h/d");
    let problems = load(folder.path(), &[postgres], "").expect_err("each on its own");
    let names: Vec<_> = problems.iter().filter_map(|problem| problem.split(':').next()).collect();
    assert_eq!(names, ["VISAVIS_REDIS_URL", "VISAVIS_SECRET_KEY", "VISAVIS_LIVEKIT_URL"], "{problems:#?}");
    assert!(problems.iter().all(|problem| problem.contains("VISAVIS_SINGLE_NODE=true") && !problem.contains("hush")));
    load(folder.path(), &[postgres, ("VISAVIS_SINGLE_NODE", "true")], "").expect("one alone");
    let key = "Xq3vTz8LmN0pRw5yKd7sBf2hJc9gUe4a";
    let shared = [
        postgres,
        ("VISAVIS_REDIS_URL", "redis://:hush@h/0"),
        ("VISAVIS_SECRET_KEY", key),
        ("VISAVIS_LIVEKIT_URL", "wss://livekit.example.org"),
        ("VISAVIS_LIVEKIT_API_KEY", "key"),
        ("VISAVIS_LIVEKIT_API_SECRET", key),
    ];
    let settings = load(folder.path(), &shared, "").expect("several together");
    assert!(!format!("{settings:?}").contains("hush"), "{settings:?}");
}

#[test]
fn browsers_get_the_address_of_a_livekit_elsewhere_as_it_is_written_or_by_wss() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = "Xq3vTz8LmN0pRw5yKd7sBf2hJc9gUe4a";
    let seen = |url, force| {
        let env = [
            ("VISAVIS_LIVEKIT_URL", url),
            ("VISAVIS_LIVEKIT_API_KEY", "key"),
            ("VISAVIS_LIVEKIT_API_SECRET", key),
            ("VISAVIS_LIVEKIT_FORCE_WSS_PROTOCOL", force),
        ];
        load(folder.path(), &env, "").expect("fine").livekit.browsers_url().expect("elsewhere")
    };
    assert_eq!(seen("https://livekit.example.org/", "false"), "https://livekit.example.org");
    for url in ["https://livekit.example.org/", "http://livekit.example.org", "ws://livekit.example.org"] {
        assert_eq!(seen(url, "true"), "wss://livekit.example.org", "{url}");
    }
    assert_eq!(seen("ws://livekit.example.org:7880", "true"), "wss://livekit.example.org:7880");
    let own = load(folder.path(), &[("VISAVIS_LIVEKIT_FORCE_WSS_PROTOCOL", "true")], "").expect("fine");
    assert_eq!(own.livekit.browsers_url(), None, "through us, by the scheme of the page");
    for name in ["VISAVIS_LIVEKIT_FORCE_WSS_PROTOCOL", "VISAVIS_LIVEKIT_ENABLE_FIREFOX_PROXY_WORKAROUND"] {
        let problems = load(folder.path(), &[(name, "perhaps")], "").expect_err("wrong");
        assert!(problems[0].starts_with(name), "{problems:?}");
    }
}
