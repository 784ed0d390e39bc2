//! The settings that can be given on the command line. All others come from the environment or the file.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;
use visavis::config::Source;

/// Each flag stands for the environment variable named with it.
#[derive(Debug, Args)]
pub struct Flags {
    /// A TOML file of settings [env: VISAVIS_CONFIG]
    #[arg(long, global = true, env = "VISAVIS_CONFIG", hide_env = true)]
    config: Option<PathBuf>,
    /// Address and port [env: VISAVIS_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Folder of everything that is kept [env: VISAVIS_DATA_DIR] [default: ./data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<String>,
    /// The address people type, when it is not the one we listen on [env: VISAVIS_PUBLIC_URL]
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// A LiveKit server of your own, as browsers reach it [env: VISAVIS_LIVEKIT_URL]
    #[arg(long, global = true, value_name = "URL")]
    livekit_url: Option<String>,
    /// The same server as this machine reaches it; browsers then go through us [env: VISAVIS_LIVEKIT_INTERNAL_URL]
    #[arg(long, global = true, value_name = "URL")]
    livekit_internal_url: Option<String>,
    /// Its API key; the secret comes from VISAVIS_LIVEKIT_API_SECRET or …_FILE [env: VISAVIS_LIVEKIT_API_KEY]
    #[arg(long, global = true, value_name = "KEY")]
    livekit_api_key: Option<String>,
    /// Certificate chain in PEM, to serve HTTPS ourselves [env: VISAVIS_TLS_CERT]
    #[arg(long, global = true, value_name = "FILE")]
    tls_cert: Option<String>,
    /// Its private key in PEM [env: VISAVIS_TLS_KEY]
    #[arg(long, global = true, value_name = "FILE")]
    tls_key: Option<String>,
    /// Accept example secrets: for development alone [env: VISAVIS_DEV]
    #[arg(long, global = true)]
    dev: bool,
}

impl Flags {
    /// Flags, environment and file, in that order.
    pub fn source(&self) -> Source {
        let given = [
            ("listen", &self.listen),
            ("data_dir", &self.data_dir),
            ("public_url", &self.public_url),
            ("livekit.url", &self.livekit_url),
            ("livekit.internal_url", &self.livekit_internal_url),
            ("livekit.api_key", &self.livekit_api_key),
            ("tls_cert", &self.tls_cert),
            ("tls_key", &self.tls_key),
        ];
        let mut flags: BTreeMap<String, String> =
            given.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?))).collect();
        if self.dev {
            flags.insert("dev".to_owned(), "true".to_owned());
        }
        let mut source = Source::new(
            flags,
            std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))),
        );
        if let Some(path) = &self.config {
            match std::fs::read_to_string(path) {
                Ok(text) => source = source.with_toml(&path.display().to_string(), &text),
                Err(error) => source.problem("config", format!("{} cannot be read: {error}", path.display())),
            }
        }
        source
    }
}
