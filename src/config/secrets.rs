//! Secrets: given by the operator, or made once and kept in the data directory, readable by its owner alone.

use std::{
    collections::BTreeSet,
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{Setting, Source, database::DATA_DIR, setting::settings};
use crate::random::Random;

settings! {
    /// From which the keys of cookies are derived; with another one, everybody is signed out.
    SECRET_KEY: "secret_key", "at least 32 random characters", told "made at the first start, kept in the data folder", secret;
}

/// Shortest secret, in characters, that is accepted outside development.
const SHORTEST: usize = 32;
/// How many different characters it needs: 32 random hexadecimal digits have fewer than this once in ten million.
const VARIETY: usize = 8;
/// Values that stand in examples everywhere.
const EXAMPLES: [&str; 6] = ["secret", "changeme", "change-me", "change_me", "example", "password"];

/// Our own key material.
#[derive(Clone)]
pub struct Secrets {
    /// From which the keys of cookies are derived.
    pub key: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    pub(super) fn read(source: &mut Source, data_dir: &Path, dev: bool) -> Self {
        Self { key: given_or_made(source, &SECRET_KEY, &Kept { data_dir, file: "secret_key" }, dev) }
    }
}

/// Where a secret is kept that we make ourselves: `<data_dir>/secrets/<file>`.
pub(super) struct Kept<'a> {
    pub data_dir: &'a Path,
    pub file: &'a str,
}

/// The secret that was given, or the one we keep, which is made when it is not there.
pub(super) fn given_or_made(source: &mut Source, setting: &Setting, place: &Kept, dev: bool) -> String {
    if let Some(secret) = source.text(setting) {
        refuse_weak(source, setting, &secret, dev);
        return secret;
    }
    let path = place.data_dir.join("secrets").join(place.file);
    if source.only_looking && !path.exists() {
        return String::new();
    }
    match kept(&path) {
        Ok(secret) => {
            source.made(setting, &secret, &path);
            secret
        }
        Err(error) => {
            let (file, folder) = (place.file, place.data_dir.display());
            source.problem(&DATA_DIR, format!("the secret {file} cannot be kept in {folder}: {error}"));
            String::new()
        }
    }
}

/// Refuses a secret that could be guessed, unless `dev` is on.
pub(super) fn refuse_weak(source: &mut Source, setting: &Setting, secret: &str, dev: bool) {
    let folded = secret.to_lowercase();
    let different: BTreeSet<char> = secret.chars().collect();
    let example = EXAMPLES.iter().any(|example| folded.contains(example));
    let weak = secret.len() < SHORTEST || different.len() < VARIETY || example;
    if weak && !dev {
        source.problem(
            setting,
            format!("too weak: at least {SHORTEST} random characters, and no example value (or start with --dev)"),
        );
    }
}

fn kept(path: &Path) -> std::io::Result<String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let made = URL_SAFE_NO_PAD.encode(Random::from_os().bytes::<32>());
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            file.write_all(made.as_bytes())?;
            file.sync_all()?;
            Ok(made)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let secret = std::fs::read_to_string(path)?.trim().to_owned();
            // A full disk can leave an empty file behind: signing with it would let anyone sign.
            if secret.len() < SHORTEST {
                return Err(std::io::Error::new(
                    ErrorKind::InvalidData,
                    format!("{} is cut short; delete it", path.display()),
                ));
            }
            Ok(secret)
        }
        Err(error) => Err(error),
    }
}
