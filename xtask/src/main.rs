//! The project's own build helper. `cargo run -p xtask -- help` lists what it can do.
#![expect(clippy::print_stderr, reason = "a command line tool speaks to its terminal")]

mod locales;
mod place;
mod web;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
xtask web [--dev]   build the browser half into $VISAVIS_CACHE/site (--dev: fast to build, large)
xtask locales       fail when a translation is used nowhere";

fn main() -> ExitCode {
    match act() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["web"] => {
            // A translation that nobody uses fails the build, as one that is missing does.
            locales::check()?;
            web::build(web::Mode::Release)
        }
        ["web", "--dev"] => web::build(web::Mode::Dev),
        ["locales"] => locales::check(),
        ["help" | "--help"] | [] => {
            eprintln!("{HELP}");
            Ok(())
        }
        _ => bail!("unknown: {}\n{HELP}", arguments.join(" ")),
    }
}
