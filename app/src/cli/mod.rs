//! The command line.

mod flags;
mod serve;
mod user;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};
use visavis::config::{LogFormat, Settings};

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
    /// Add people and let them in.
    #[command(subcommand)]
    User(user::Command),
}

/// Exit code of a wrong setting (BSD `sysexits.h`: EX_CONFIG).
const WRONG_SETTING: u8 = 78;

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // Two TLS back ends are linked in; rustls wants to be told which one before anything opens a connection.
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        complain("TLS was set up twice");
    }
    let settings = match Settings::load(&mut cli.flags.source()) {
        Ok(settings) => settings,
        Err(problems) => {
            complain("These settings are wrong:");
            problems.iter().for_each(|problem| complain(&format!("  {problem}")));
            return ExitCode::from(WRONG_SETTING);
        }
    };
    if let Err(error) = log(&settings) {
        complain(&format!("VISAVIS_LOG: {error}"));
        return ExitCode::from(WRONG_SETTING);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&format!("the program cannot start its threads: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::run(settings).await,
            Command::User(command) => user::run(settings, command).await,
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("visavis: {error:#}"));
            ExitCode::FAILURE
        }
    }
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
    match settings.server.log_format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}
