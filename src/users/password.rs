//! Passwords: Argon2id, with at most as many at once as the machine has cores.

use std::sync::Arc;

use anyhow::anyhow;
use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use tokio::sync::Semaphore;

use crate::{
    error::{Error, Result},
    random::Random,
};

/// Shortest password, in characters.
pub const SHORTEST: usize = 10;
/// Longest password, in bytes: hashing must not become a way to keep us busy.
const LONGEST: usize = 1024;

/// Hashes and checks passwords. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    places: Arc<Semaphore>,
    random: Random,
    /// Checked when there is no account, so that an answer takes the same time whether there is one or not.
    decoy: Arc<str>,
}

impl Passwords {
    /// As many places as cores.
    pub fn new(random: Random) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let decoy = hash(&random, "nobody's password")?.into();
        Ok(Self { places: Arc::new(Semaphore::new(cores)), random, decoy })
    }

    /// The PHC string of a new password. Errors: `password_too_short`, `password_too_long`.
    pub async fn hash(&self, password: String) -> Result<String> {
        if password.chars().count() < SHORTEST {
            return Err(Error::field("password", "password_too_short"));
        }
        if password.len() > LONGEST {
            return Err(Error::field("password", "password_too_long"));
        }
        let random = self.random.clone();
        self.work(move || hash(&random, &password)).await
    }

    /// Whether this is the password; without a hash it never is, after the same work.
    pub async fn verify(&self, password: String, phc: Option<String>) -> Result<bool> {
        if password.len() > LONGEST {
            return Ok(false);
        }
        let real = phc.is_some();
        let phc = phc.unwrap_or_else(|| self.decoy.to_string());
        let matches = self
            .work(move || {
                let hash =
                    PasswordHash::new(&phc).map_err(|error| anyhow!("a stored password hash is broken: {error}"))?;
                Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(matches && real)
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _place = self.places.acquire().await.map_err(anyhow::Error::from)?;
        tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?
    }
}

fn hash(random: &Random, password: &str) -> Result<String> {
    let salt = SaltString::encode_b64(&random.bytes::<16>()).map_err(|error| anyhow!("salt: {error}"))?;
    let hash =
        Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|error| anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_and_no_other() -> Result<()> {
        let passwords = Passwords::new(Random::seeded(1))?;
        let phc = passwords.hash("correct horse".into()).await?;
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "OWASP's parameters: {phc}");
        assert!(passwords.verify("correct horse".into(), Some(phc.clone())).await?);
        assert!(!passwords.verify("correct horsf".into(), Some(phc)).await?);
        assert!(!passwords.verify("nobody's password".into(), None).await?, "the decoy lets nobody in");
        assert!(matches!(passwords.hash("short".into()).await, Err(Error::Invalid(_))));
        Ok(())
    }
}
