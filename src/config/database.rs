//! Where the data is.

use std::path::Path;

use super::{Source, setting::settings};

settings! {
    /// Folder of everything that is kept on this machine: the embedded database, secrets, what LiveKit needs.
    DATA_DIR: "data_dir", "a folder", default "data", help;
    /// The database; who outgrows one machine takes PostgreSQL.
    DATABASE_URL: "database_url", "postgres://… or sqlite:PATH", told "`visavis.db` in the data folder", secret_url;
}

/// The database.
#[derive(Clone)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`; may hold a password.
    pub url: String,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.url.split_once(':').map_or("?", |(scheme, _)| scheme))
    }
}

impl Database {
    pub(super) fn read(source: &mut Source, data_dir: &Path) -> Self {
        let url = source.text(&DATABASE_URL);
        if let Some(url) = &url
            && !["sqlite:", "postgres://", "postgresql://"].iter().any(|start| url.starts_with(start))
        {
            source.problem(&DATABASE_URL, format!("expected {}", DATABASE_URL.kind));
        }
        Self { url: url.unwrap_or_else(|| format!("sqlite:{}", data_dir.join("visavis.db").display())) }
    }
}
