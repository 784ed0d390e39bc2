//! Settings: where they come from, and what is said when one is wrong.

use std::collections::BTreeMap;

use visavis::config::{Settings, Source};

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
    assert_eq!(settings.server.instance.as_deref(), Some("file"));
    assert_eq!((settings.livekit.supervised.port, settings.livekit.supervised.udp_port), (7009, 7002));
    let problems = load(folder.path(), &[], "[livekit]\nprot = 1\n").expect_err("unknown");
    assert_eq!(problems, ["livekit.prot: there is no such setting"]);
    assert!(load(folder.path(), &[], "= broken").expect_err("broken")[0].starts_with("visavis.toml"));
}

#[test]
fn a_secret_comes_from_a_file_and_a_missing_one_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key");
    std::fs::write(&path, "0123456789abcdefghijklmnopqrstuvwxyz\n").expect("written");
    let path = path.display().to_string();
    let settings = load(folder.path(), &[("VISAVIS_SECRET_KEY_FILE", &path)], "").expect("fine");
    assert_eq!(settings.secrets.key, "0123456789abcdefghijklmnopqrstuvwxyz");
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
