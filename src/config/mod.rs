//! Settings: from the command line, else the environment (`VISAVIS_*`, secrets also `*_FILE`), else an optional TOML file,
//! else a default that works. Everything that is wrong is told at once.

mod database;
mod livekit;
mod secrets;
mod server;
mod source;

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::PathBuf};

pub use database::Database;
pub use livekit::{External, LiveKit, Supervised};
pub use secrets::Secrets;
pub use server::{LogFormat, Server, Tls};
pub use source::{Problem, Source};

/// Every setting, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where and how we listen.
    pub server: Server,
    /// Where the data is.
    pub database: Database,
    /// The media server.
    pub livekit: LiveKit,
    /// Keys of our own.
    pub secrets: Secrets,
    /// The folder of everything we keep on this machine.
    pub data_dir: PathBuf,
}

impl Settings {
    /// Reads and checks every setting; creates the data directory and, where none is given, the secrets in it.
    pub fn load(source: &mut Source) -> Result<Self, Vec<Problem>> {
        let data_dir = source.path("data_dir").unwrap_or_else(|| PathBuf::from("data"));
        // The database in it holds addresses and password hashes. A folder that is there already stays as its owner made it.
        if let Err(error) = DirBuilder::new().recursive(true).mode(0o700).create(&data_dir) {
            source.problem("data_dir", format!("the folder {} cannot be created: {error}", data_dir.display()));
        }
        let server = Server::read(source);
        let settings = Self {
            database: Database::read(source, &data_dir),
            livekit: LiveKit::read(source, &data_dir),
            secrets: Secrets::read(source, &data_dir),
            server,
            data_dir,
        };
        source.unknown();
        if source.problems.is_empty() { Ok(settings) } else { Err(std::mem::take(&mut source.problems)) }
    }
}
