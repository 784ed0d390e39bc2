//! A LiveKit server of our own, for whoever has none: configured, started, watched, restarted when it dies, stopped with us.
//!
//! Everything it needs lies in `<data_dir>/livekit/`: `livekit.yaml` (holds the keys, mode 0600), `livekit.log`,
//! `livekit.pid`, and `lock`, which the operating system releases however we end. A child that outlived us (we were killed)
//! is found through the pid file at the next start and stopped.

mod binary;
mod child;
mod config;
mod ports;
mod stale;
mod watch;

use std::{
    fs::{self, File},
    net::IpAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use tokio::{sync::watch as channel, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::LiveKit;
pub use binary::find as program;
pub use ports::Ports;

/// What the supervised server is made of.
#[derive(Clone)]
pub struct Options {
    /// The program; `None` looks for `livekit-server` in `PATH`.
    pub bin: Option<PathBuf>,
    /// Our data directory; LiveKit's files go to a folder of it.
    pub data_dir: PathBuf,
    /// The key's name.
    pub api_key: String,
    /// The key. LiveKit wants at least 32 characters.
    pub api_secret: String,
    /// Where LiveKit reports what happens, on this machine.
    pub webhook_url: String,
    /// The address that browsers are told, where it is none of this machine's own (behind NAT, in a container).
    pub node_ip: Option<IpAddr>,
    /// The wanted ports. One that is taken is replaced by a free one.
    pub ports: Ports,
}

/// Ready to start: everything that can be wrong with the set-up has been checked.
pub struct Prepared {
    bin: PathBuf,
    dir: PathBuf,
    ports: Ports,
    lock: File,
}

/// Finds the program, stops a server that outlived us, chooses the ports and writes the configuration.
pub async fn prepare(options: Options) -> anyhow::Result<Prepared> {
    let bin = binary::find(options.bin.as_deref())?;
    let dir = options.data_dir.join("livekit");
    fs::create_dir_all(&dir).with_context(|| format!("the folder {} cannot be made", dir.display()))?;
    // LiveKit gets the path as an argument, by which a stale process is recognised: it must not depend on where we stand.
    let dir = dir.canonicalize().with_context(|| format!("the folder {} cannot be read", dir.display()))?;
    let lock = lock(&dir)?;
    stale::stop(&dir).await;
    let ports = ports::choose(options.ports)?;
    let text = config::text(&options, ports, config::own_address(options.node_ip));
    config::write(&dir.join(CONFIG), &text)?;
    Ok(Prepared { bin, dir, ports, lock })
}

/// The ports of the server that runs, or ran last, from this data directory.
pub fn written_ports(data_dir: &Path) -> Option<Ports> {
    let text = fs::read_to_string(data_dir.join("livekit").join(CONFIG)).ok()?;
    config::ports(&text)
}

const CONFIG: &str = "livekit.yaml";
const LOG: &str = "livekit.log";
const PID: &str = "livekit.pid";

/// Two of us over one data directory would stop each other's server.
fn lock(dir: &Path) -> anyhow::Result<File> {
    let path = dir.join("lock");
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    if file.try_lock().is_err() {
        bail!("another visavis already runs LiveKit from {}: stop it, or use another data directory", dir.display());
    }
    Ok(file)
}

impl Prepared {
    /// Where the server's API and signalling will answer.
    pub fn internal_url(&self) -> Url {
        let mut url = Url::parse("http://127.0.0.1").unwrap_or_else(|_| unreachable!("a constant"));
        let _ = url.set_port(Some(self.ports.api));
        url
    }

    /// The ports it will listen on.
    pub fn ports(&self) -> Ports {
        self.ports
    }

    /// Starts the server, and again whenever it dies, until `stop` is cancelled. `livekit` is told to forget its rooms then.
    pub fn start(self, livekit: LiveKit, stop: CancellationToken) -> Supervised {
        let url = self.internal_url();
        let log = self.dir.join(LOG);
        let (state, seen) = channel::channel(None);
        let task = tokio::spawn(watch::keep_running(self, livekit, stop, state));
        Supervised { url, log, pid: seen, task }
    }
}

/// A server that is being watched.
#[derive(Debug)]
pub struct Supervised {
    url: Url,
    log: PathBuf,
    pid: channel::Receiver<Option<u32>>,
    task: JoinHandle<()>,
}

impl Supervised {
    /// Waits until the server answers; an error quotes the end of its log.
    pub async fn ready(&self, within: Duration) -> anyhow::Result<()> {
        let poll = async {
            while !watch::answers(&self.url).await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(within, poll).await.is_err() {
            let tail = child::tail(&self.log);
            bail!("the LiveKit server did not answer within {within:?}. The end of {}:\n{tail}", self.log.display());
        }
        Ok(())
    }

    /// The process of the moment; `None` between two.
    pub fn pid(&self) -> Option<u32> {
        *self.pid.borrow()
    }

    /// Waits until the server is gone, which it is soon after `stop` was cancelled.
    pub async fn stopped(self) {
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the supervisor of LiveKit ended badly");
        }
    }
}

#[cfg(test)]
mod tests;
