//! Secrets: given by the operator, or made once and kept in the data directory, readable by its owner alone.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::Source;
use crate::random::Random;

/// Shortest secret, in characters, that is accepted outside development.
const SHORTEST: usize = 32;
/// Values that stand in examples everywhere.
const EXAMPLES: [&str; 4] = ["secret", "changeme", "example", "password"];

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
    pub(super) fn read(source: &mut Source, data_dir: &Path) -> Self {
        Self { key: given_or_made(source, "secret_key", data_dir, "secret_key") }
    }
}

/// The secret of a setting, or the one kept in `<data_dir>/secrets/<file>`, which is made when it is not there.
pub(super) fn given_or_made(source: &mut Source, key: &str, data_dir: &Path, file: &str) -> String {
    match source.secret(key) {
        Some(secret) => {
            refuse_weak(source, key, &secret);
            secret
        }
        None => kept(&data_dir.join("secrets").join(file)).unwrap_or_else(|error| {
            source.problem("data_dir", format!("the secret {file} cannot be kept in {}: {error}", data_dir.display()));
            String::new()
        }),
    }
}

/// Refuses a secret that could be guessed, unless `dev` is on.
pub(super) fn refuse_weak(source: &mut Source, key: &str, secret: &str) {
    let dev = source.text("dev").as_deref() == Some("true");
    let folded = secret.to_lowercase();
    let weak = secret.len() < SHORTEST || EXAMPLES.iter().any(|example| folded.contains(example));
    if weak && !dev {
        source.problem(
            key,
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
