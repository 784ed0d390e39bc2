//! The command line. A new subcommand is a file here, a variant of [`Command`], and a line in [`run`].
//!
//! Exit codes: 0 done, 1 failed (for `doctor`: something is wrong), 2 the command line is wrong, 78 a setting is wrong.

mod backup;
mod completions;
mod config;
mod db;
mod doctor;
mod flags;
mod room;
mod serve;
mod user;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};
use visavis::config::{LogFormat, Problem, Settings};

use flags::Flags;

/// Video meetings that you run yourself.
#[derive(Debug, Parser)]
#[command(name = "visavis", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server.
    Serve,
    /// Bring the tables of the database up to date, and do nothing else.
    Migrate,
    /// Add people and let them in.
    #[command(subcommand)]
    User(user::Command),
    /// List, show and delete rooms.
    #[command(subcommand)]
    Room(room::Command),
    /// Look after the database.
    #[command(subcommand)]
    Db(db::Command),
    /// Write everything the embedded instance keeps to one file; the server may run.
    Backup {
        /// A file that does not exist yet.
        file: std::path::PathBuf,
    },
    /// Put what such a file holds into an empty data folder.
    Restore(backup::Restore),
    /// Try what is configured, and say what is wrong and which setting to change.
    Doctor(doctor::Options),
    /// Print every setting, its value, and where that comes from.
    Config(config::Options),
    /// Print what a shell reads to complete these commands.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Exit code of a wrong setting (BSD `sysexits.h`: EX_CONFIG).
const WRONG_SETTING: u8 = 78;

/// Runs the program.
pub fn main() -> ExitCode {
    let Cli { flags, command } = Cli::parse();
    match command {
        // These look at the settings in their own way, or not at all.
        Command::Completions { shell } => {
            completions::print(shell);
            ExitCode::SUCCESS
        }
        Command::Config(options) => config::run(&flags, &options),
        Command::Doctor(options) => doctor::run(&flags, &options),
        command => with_settings(&flags, command),
    }
}

async fn run(settings: Settings, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve => serve::run(settings).await,
        Command::Migrate => migrate(settings).await,
        Command::User(command) => user::run(settings, command).await,
        Command::Room(command) => room::run(settings, command).await,
        Command::Db(command) => db::run(&settings, command).await,
        Command::Backup { file } => backup::backup(&settings, &file).await,
        Command::Restore(options) => backup::restore(&settings, &options).await,
        Command::Config(_) | Command::Doctor(_) | Command::Completions { .. } => Ok(()),
    }
}

async fn migrate(settings: Settings) -> anyhow::Result<()> {
    visavis::http::serve::offline(settings).await?.db.close().await;
    say("The tables are up to date.");
    Ok(())
}

fn with_settings(flags: &Flags, command: Command) -> ExitCode {
    let mut source = flags.source();
    // These bring an instance to a place or away from it, and must not begin a new one there.
    if matches!(command, Command::Db(_) | Command::Backup { .. } | Command::Restore(_)) {
        source = source.only_looking();
    }
    let settings = match Settings::load(&mut source) {
        Ok(settings) => settings,
        Err(problems) => return wrong_settings(&problems),
    };
    if let Err(error) = log(&settings) {
        complain(&format!("VISAVIS_LOG: {error}"));
        return ExitCode::from(WRONG_SETTING);
    }
    in_runtime(async {
        match run(settings, command).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(&format!("visavis: {error:#}"));
                ExitCode::FAILURE
            }
        }
    })
}

fn in_runtime(work: impl Future<Output = ExitCode>) -> ExitCode {
    // Two TLS back ends are linked in; rustls wants to be told which one before anything opens a connection.
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        complain("TLS was set up twice");
    }
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => {
            complain(&format!("the program cannot start its threads: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn wrong_settings(problems: &[Problem]) -> ExitCode {
    complain("These settings are wrong:");
    problems.iter().for_each(|problem| complain(&format!("  {problem}")));
    ExitCode::from(WRONG_SETTING)
}

/// Says something on the terminal.
fn say(text: &str) {
    // Nobody listens any more: there is nobody to tell that.
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Logs go to standard error.
fn log(settings: &Settings) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&settings.server.log)?;
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(terminal);
    // Where nobody reads the log any more, a line is lost; by default the complaint about that would end the task that wrote it.
    let builder = builder.log_internal_errors(false);
    match settings.server.log_format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}
