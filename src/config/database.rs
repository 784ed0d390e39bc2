//! Where the data is.

use std::path::Path;

use super::{
    Setting, Source,
    setting::{ON_OFF, settings},
};

settings! {
    /// Folder of everything that is kept on this machine: the embedded database, secrets, what LiveKit needs.
    DATA_DIR: "data_dir", "a folder", default "data", help;
    /// The database; who outgrows one machine takes PostgreSQL.
    DATABASE_URL: "database_url", "postgres://… or sqlite:PATH", told "`visavis.db` in the data folder", secret_url;
    /// With PostgreSQL: only this process uses the database, so it may count in its own memory and run its own LiveKit.
    SINGLE_NODE: "single_node", ON_OFF, default "false";
    /// How many days it is kept who was in a room whose hosts may see that afterwards. Of other rooms it is kept for one day.
    ATTENDANCE_DAYS: "attendance_days", "a whole number from 1 to 3650", default "90";
    /// How many days it is kept who decided what in a room: hosts read it as the room's log.
    AUDIT_DAYS: "audit_days", "a whole number from 1 to 3650", default "180";
}

/// The database.
#[derive(Clone)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`; may hold a password.
    pub url: String,
    /// No other process uses this database.
    pub single_node: bool,
    /// How many days it is kept who was in a room whose hosts may see that.
    pub attendance_days: u32,
    /// How many days it is kept who decided what in a room.
    pub audit_days: u32,
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
        let mut days = |setting: &Setting| {
            let days = source.value(setting);
            if !(1..=3650).contains(&days) {
                source.problem(setting, format!("expected {}", setting.kind));
            }
            days
        };
        let (attendance_days, audit_days) = (days(&ATTENDANCE_DAYS), days(&AUDIT_DAYS));
        Self {
            url: url.unwrap_or_else(|| format!("sqlite:{}", data_dir.join("visavis.db").display())),
            single_node: source.value(&SINGLE_NODE),
            attendance_days,
            audit_days,
        }
    }

    /// The file, when it is SQLite.
    pub fn file(&self) -> Option<&Path> {
        self.url.strip_prefix("sqlite:").map(Path::new)
    }

    /// Several processes may use a PostgreSQL at once. Then they must also share what does not stand in it.
    pub(super) fn refuse_alone(&self, source: &mut Source, shared: &[(&Setting, bool, &str)]) {
        if self.file().is_some() || self.single_node {
            return;
        }
        for (key, given, what) in shared {
            if !given {
                source.problem(
                    key,
                    format!(
                        "several processes can serve from one PostgreSQL, and must then {what}: set this, or \
                         VISAVIS_SINGLE_NODE=true if there is only one process"
                    ),
                );
            }
        }
    }
}
