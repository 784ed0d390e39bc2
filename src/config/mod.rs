//! Settings: from the command line, else the environment (`VISAVIS_*`, secrets also `*_FILE`), else an optional TOML file,
//! else a default that works. Everything that is wrong is told at once.
//!
//! A section is a file: `settings!` describes its settings, and `read` is the only place that reads them. A new section
//! needs a line in [`SECTIONS`] and a field of [`Settings`].

mod api;
mod cache;
mod database;
mod frontend;
mod instance;
mod livekit;
mod lobby;
mod mail;
mod metrics;
mod proxies;
mod reference;
mod secrets;
mod server;
mod setting;
mod shown;
mod source;
mod unknown;

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::PathBuf};

pub use api::Api;
pub use cache::Cache;
pub use database::Database;
pub use frontend::Frontend;
pub use instance::{Accent, Instance, Link, Logo, Name};
pub use livekit::{External, LiveKit, Supervised};
pub use lobby::Lobby;
pub use mail::Mail;
pub use metrics::Metrics;
pub use proxies::{Proxies, ProxyHeader};
pub use reference::reference;
pub use secrets::Secrets;
pub use server::{LogFormat, Server, Tls};
pub use setting::{Fallback, Secrecy, Setting};
pub use shown::Shown;
pub use source::{Origin, Problem, Source};

/// Every section with its settings, in the order of the reference.
pub const SECTIONS: &[(&str, &[Setting])] = &[
    ("Server", server::SETTINGS),
    ("Instance", instance::SETTINGS),
    ("Proxies", proxies::SETTINGS),
    ("Data", database::SETTINGS),
    ("Cache", cache::SETTINGS),
    ("REST API", api::SETTINGS),
    ("Web clients", frontend::SETTINGS),
    ("LiveKit", livekit::SETTINGS),
    ("Lobby", lobby::SETTINGS),
    ("Mail", mail::SETTINGS),
    ("Secrets", secrets::SETTINGS),
    ("Metrics", metrics::SETTINGS),
];

/// Every setting there is.
pub fn every() -> impl Iterator<Item = &'static Setting> {
    SECTIONS.iter().flat_map(|(_, settings)| settings.iter())
}

/// Every setting, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where and how we listen.
    pub server: Server,
    /// Whose it is, and how that shows.
    pub instance: Instance,
    /// Proxies before us.
    pub proxies: Proxies,
    /// Where the data is.
    pub database: Database,
    /// Where what may be lost is.
    pub cache: Cache,
    /// What the REST API allows.
    pub api: Api,
    /// What web clients are told.
    pub frontend: Frontend,
    /// The media server.
    pub livekit: LiveKit,
    /// How long the door waits, and what was decided there holds.
    pub lobby: Lobby,
    /// How mails get out.
    pub mail: Mail,
    /// Keys of our own.
    pub secrets: Secrets,
    /// Who may read the numbers.
    pub metrics: Metrics,
    /// The folder of everything we keep on this machine.
    pub data_dir: PathBuf,
}

impl Settings {
    /// Reads and checks every setting; creates the data directory and, where none is given, the secrets in it.
    pub fn load(source: &mut Source) -> Result<Self, Vec<Problem>> {
        let data_dir: PathBuf = source.value(&database::DATA_DIR);
        // The database in it holds addresses and password hashes. A folder that is there already stays as its owner made it.
        if !source.only_looking
            && let Err(error) = DirBuilder::new().recursive(true).mode(0o700).create(&data_dir)
        {
            let what = format!("the folder {} cannot be created: {error}", data_dir.display());
            source.problem(&database::DATA_DIR, what);
        }
        let server = Server::read(source);
        let settings = Self {
            database: Database::read(source, &data_dir),
            cache: Cache::read(source),
            api: Api::read(source),
            frontend: Frontend::read(source),
            livekit: LiveKit::read(source, &data_dir, server.dev),
            lobby: Lobby::read(source),
            mail: Mail::read(source),
            secrets: Secrets::read(source, &data_dir, server.dev),
            metrics: Metrics::read(source, server.dev),
            proxies: Proxies::read(source),
            instance: Instance::read(source),
            server,
            data_dir,
        };
        let given = |setting: &Setting| {
            source.found.get(setting.key).is_some_and(|(_, origin)| !matches!(origin, Origin::Generated(_)))
        };
        let shared = [
            (&cache::REDIS_URL, given(&cache::REDIS_URL), "count attempts and hear of changes through one Redis"),
            (&secrets::SECRET_KEY, given(&secrets::SECRET_KEY), "sign cookies with one key"),
            (&livekit::URL, settings.livekit.external.is_some(), "use one LiveKit server"),
        ];
        settings.database.refuse_alone(source, &shared);
        source.unknown();
        if source.problems.is_empty() { Ok(settings) } else { Err(std::mem::take(&mut source.problems)) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_setting_is_described_once_and_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let flags = [("data_dir".to_owned(), folder.path().display().to_string())].into();
        let mut source = Source::new(flags, std::iter::empty());
        Settings::load(&mut source).expect("fine");
        let described: Vec<_> = every().map(|setting| setting.key).collect();
        let once: BTreeSet<_> = described.iter().copied().collect();
        assert_eq!(described.len(), once.len(), "described twice: {described:?}");
        assert_eq!(source.asked, once, "what is read beside what is described");
        for setting in every() {
            let meaning = setting.meaning();
            assert!(meaning.ends_with('.') && meaning.len() > 15, "{}: a sentence", setting.key);
            assert!(!setting.kind.is_empty(), "{}", setting.key);
        }
    }
}
