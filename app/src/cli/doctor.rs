//! `visavis doctor`.

use std::process::ExitCode;

use clap::Args;
use visavis::{
    config::Settings,
    doctor::{self, Check, State},
};

use super::{flags::Flags, in_runtime, say};

/// How to print what is found.
#[derive(Debug, Args)]
pub struct Options {
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
}

/// Tries everything and prints what was found; fails when something does not work.
pub fn run(flags: &Flags, options: &Options) -> ExitCode {
    let settings = Settings::load(&mut flags.source());
    in_runtime(async {
        let checks = match settings {
            Ok(settings) => doctor::examine(settings).await,
            Err(problems) => doctor::of_problems(&problems),
        };
        if options.json {
            say(&serde_json::to_string_pretty(&checks).unwrap_or_default());
        } else {
            checks.iter().for_each(|check| say(&for_people(check)));
        }
        if checks.iter().any(|check| check.state == State::Failed) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    })
}

fn for_people(check: &Check) -> String {
    let mark = match check.state {
        State::Ok => "✓",
        State::Failed => "✗",
        State::Skipped => "–",
    };
    let change = check.setting.as_ref().map_or(String::new(), |setting| format!("\n    Change: {setting}"));
    format!("{mark} {}: {}{change}", check.name, check.sentence)
}
