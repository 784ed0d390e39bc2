//! Where the data is.

use std::path::Path;

use super::Source;

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
        let url = source.secret("database_url");
        if let Some(url) = &url
            && !["sqlite:", "postgres://", "postgresql://"].iter().any(|start| url.starts_with(start))
        {
            source.problem("database_url", "expected postgres://… or sqlite:PATH");
        }
        Self { url: url.unwrap_or_else(|| format!("sqlite:{}", data_dir.join("visavis.db").display())) }
    }
}
